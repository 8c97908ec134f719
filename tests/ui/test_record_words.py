"""What stands under “More” in the record of who did what is said in words, never as the program keeps it."""

import pytest

from receptionapp.domain.audit import VIEW_ACTIONS, AuditAction
from receptionapp.domain.national_number import NumberDoubt
from receptionapp.domain.problem import Reason
from ui.audit.table import action_text, detail_text


@pytest.mark.parametrize("kept", [*Reason, *NumberDoubt, "registered_though_alike", "other_name"])
def test_no_word_of_the_program_itself_is_shown(kept: str) -> None:
    assert detail_text(kept)
    assert "_" not in detail_text(kept)
    assert detail_text(kept) != kept


def test_why_it_was_refused_is_told_without_what_was_to_be_done_then() -> None:
    assert detail_text(Reason.SLOT_TAKEN) == "This time is no longer free"


def test_several_doubts_are_all_told() -> None:
    assert (
        detail_text(f"{NumberDoubt.WRONG_CHECK_DIGITS} {NumberDoubt.IN_THE_FUTURE}")
        == "wrong check digits, born in the future"
    )


def test_the_days_that_were_asked_for_are_the_clinics() -> None:
    assert detail_text("days 2026-11-14T23:00Z–2026-11-22T23:00Z") == "15.11.2026–22.11.2026"
    assert detail_text("days 2026-06-14T22:00Z–2026-06-15T22:00Z") == "15.06.2026–15.06.2026"


def test_who_and_what_was_asked_for_is_told() -> None:
    days = "days 2026-11-14T23:00Z–2026-11-22T23:00Z"
    assert detail_text(f"user Nina Berg; deeds {AuditAction.BOOK}; {days}").endswith(
        f"Nina Berg  ·  {action_text(AuditAction.BOOK)}"
    )
    assert detail_text(f"deeds {','.join(VIEW_ACTIONS)}; {days}").endswith("  ·  Looks at a patient")


def test_a_printed_day_is_told_without_anybody_on_it() -> None:
    kept = "day 2026-11-24; people 12; names {}; as {}"
    assert detail_text(kept.format("initials", "pdf")) == "24.11.2026  ·  12 people  ·  initials only  ·  as PDF"
    assert detail_text(kept.format("whole", "paper")) == "24.11.2026  ·  12 people"


def test_where_the_ledger_was_kept_that_a_copy_replaced_and_what_a_desk_brought_is_told() -> None:
    assert detail_text("ledger.replaced-20261122T101500Z.sqlite3") == "ledger.replaced-20261122T101500Z.sqlite3"
    assert detail_text(f"lines 152; end {bytes(32).hex()}") == "its own record of who did what: 152 lines"


@pytest.mark.parametrize("unheard_of", ["Nina Berg", "brand_new"])
def test_what_a_newer_version_wrote_stays_as_it_is(unheard_of: str) -> None:
    assert detail_text(unheard_of) == unheard_of
