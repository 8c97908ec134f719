"""What is taken for granted of Leyr is one list: the code refers to its rows, and the page is made from it."""

from receptionapp.leyr.assumptions import Assumption
from tests.assumptions import PAGE, marks, questions, sections_not_stated, with_table
from tests.references import Repository

NOT_RELIED_ON = {
    "3": "it is the heading of the calls",
    "3.3": "the client never reads or makes schedules",
    "3.12": "the client changes one appointment at a time",
    "3.13": "a reception touches no medical notes",
    "3.14": "a reception attaches no documents",
    "12.15": "MESSAGES_SENT has it by its section of the EHR",
}
"""What the page does not know either, and nothing in the client leans on."""


def test_every_row_is_referred_to_by_the_code_that_relies_on_it() -> None:
    assert [row.name for row in Assumption if row.name not in marks()] == []


def test_every_reference_names_a_row() -> None:
    rows = {row.name for row in Assumption}
    assert {name: files for name, files in marks().items() if name not in rows} == {}


def test_what_the_page_does_not_state_and_the_client_leans_on_has_a_row() -> None:
    covered = {section for row in Assumption for section in row.sections}
    open_ones = sections_not_stated() | questions()
    assert sorted(open_ones - covered - set(NOT_RELIED_ON)) == []


def test_every_row_is_of_a_section_that_is_there() -> None:
    there = Repository(PAGE.parents[1]).leyr_sections
    assert {row.name: row.sections for row in Assumption if not there.issuperset(row.sections)} == {}


def test_no_two_rows_say_the_same() -> None:
    claims = [row.value.claim for row in Assumption]
    assert len(Assumption.__members__) == len(list(Assumption)) == len(set(claims))


def test_the_page_has_the_rows_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_table(page) == page, "run: python -m tests.assumptions"
    assert all(f"| `{row.name}` |" in page for row in Assumption)
