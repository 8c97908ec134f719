"""What docstrings, comments and pages refer to is there: files, modules, names, links, sections of the Leyr page."""

from pathlib import Path

import pytest

from tests.references import dead_references

LEYR_PAGE = """# The Leyr API

## 3. Endpoints

### 3.9 Booking

## 12. Open questions

| # | question |
| --- | --- |
| 1 | Does it list appointments? |
| 10 | Does it overwrite? |
"""

BOOKING = '''
class Booking:
    """Books."""

    limit = 4

    def __init__(self):
        self.desk = None

    def book(self):
        """Sends `desk` to `other.py`."""
'''


def found_in(root: Path, path: str, content: str) -> list[str]:
    """What is dead in a small repository with a page of Leyr's, two modules, and one more file."""
    for name, text in {
        "docs/leyr-api.md": LEYR_PAGE,
        "docs/terms.md": "# Terms\n\n## How it is written\n",
        "receptionapp/services/booking.py": BOOKING,
        "receptionapp/services/other.py": '"""Another module."""\n',
        path: content,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [f"{dead.path}:{dead.line} {dead.reference}" for dead in dead_references(root)]


def test_no_reference_leads_nowhere() -> None:
    dead = dead_references()
    assert not dead, "mend these sentences:\n" + "\n".join(map(str, dead))


@pytest.mark.parametrize(
    ("path", "content", "dead"),
    [
        ("ui/a.py", '"""See `design.md` 5."""', "ui/a.py:1 design.md"),
        ("ui/a.py", "x = 1\n# why: docs/decisions/0099-gone.md", "ui/a.py:2 docs/decisions/0099-gone.md"),
        ("ui/a.py", '"""One.\n\nTwo of `gone.py`.\n"""', "ui/a.py:3 gone.py"),
        ("ui/a.py", '"""As services/gone.py does."""', "ui/a.py:1 services/gone.py"),
        ("ui/a.py", '"""Drawn in ui/gone/ only."""', "ui/a.py:1 ui/gone/"),
        ("ui/a.py", '"""All of `docs/*.txt`."""', "ui/a.py:1 docs/*.txt"),
        (
            "ui/a.py",
            "class A:\n    limit = 3\n    '''Of `receptionapp.services.gone`.'''",
            "ui/a.py:3 receptionapp.services.gone",
        ),
        ("ui/a.py", '"""See receptionapp.gone.py_free."""', "ui/a.py:1 receptionapp.gone.py_free"),
        ("ui/a.py", '"""As `booking.gone` does."""', "ui/a.py:1 booking.gone"),
        ("ui/a.py", '"""As `Booking.booked` does."""', "ui/a.py:1 Booking.booked"),
        ("ui/a.py", '"""Makes a `Wish`."""', "ui/a.py:1 Wish"),
        ("ui/a.py", '"""Raises WrongStanding."""', "ui/a.py:1 WrongStanding"),
        ("ui/a.py", "x = 1  # as settle_by_hand does", "ui/a.py:1 settle_by_hand"),
        ("ui/a.py", '"""See `leyr-api.md` 3.99."""', "ui/a.py:1 leyr-api.md 3.99"),
        ("ui/a.py", '"""See `leyr-api.md` 3.9 and 12.11."""', "ui/a.py:1 leyr-api.md 12.11"),
        ("ui/a.py", "# a code (`leyr-api.md`\n# 4.3) is asked for", "ui/a.py:1 leyr-api.md 4.3"),
        ("tests/leyr/a.py", '"""`leyr-api.md` 3.9: four values; 1.3: any."""', "tests/leyr/a.py:1 leyr-api.md 1.3"),
        ("receptionapp/sandbox/a.py", '"""An array (DOC 3.8)."""', "receptionapp/sandbox/a.py:1 leyr-api.md 3.8"),
        ("receptionapp/leyr/a.py", '"""Move to other times (5)."""', "receptionapp/leyr/a.py:1 leyr-api.md 5"),
        ("receptionapp/sandbox/a.py", "x = 1  # question 2", "receptionapp/sandbox/a.py:1 leyr-api.md 12.2"),
        ("README.md", "See [the house](docs/house.md).", "README.md:1 docs/house.md"),
        ("README.md", "One\n\n[written](docs/terms.md#not-there)", "README.md:3 docs/terms.md#not-there"),
        ("README.md", "[below](#not-there)", "README.md:1 #not-there"),
        ("docs/house.md", "    receptionapp/   code\n      gone/          nothing", "docs/house.md:2 gone/"),
        ("pyproject.toml", "x = 1  # tests/test_gone.py guards it", "pyproject.toml:1 tests/test_gone.py"),
    ],
)
def test_a_planted_one_is_found_with_its_file_and_line(tmp_path: Path, path: str, content: str, dead: str) -> None:
    assert dead in found_in(tmp_path, path, content)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("ui/a.py", '"""See `leyr-api.md` 3.9, `docs/terms.md` and `receptionapp/services/`."""'),
        ("ui/a.py", '"""See `leyr-api.md` 12.1 and 12.10; `Booking.limit`, `Booking.book()`, `booking.Booking`."""'),
        ("ui/a.py", '"""`receptionapp.services.booking.Booking.desk` is set in services/booking.py."""'),
        ("ui/a.py", 'x = "design.md and `Wish` are no prose here"'),
        ("ui/a.py", "import httpx\n\ny = httpx.AsyncClient\n# `AsyncClient` and https://example.com/a/design.md"),
        ("receptionapp/sandbox/a.py", '"""The answer (DOC 3.9) takes 45.5 ms in version 0.28.1, question 10."""'),
        ("README.md", "[terms](docs/terms.md#how-it-is-written), [here](#top), `docs/{terms,leyr-api}.md`\n# Top"),
        ("docs/house.md", "[the terms](terms.md) and `ledger.sqlite3`"),
        ("pyproject.toml", 'layers = ["receptionapp.desktop", "receptionapp.services"]'),
    ],
)
def test_what_is_there_is_left_alone(tmp_path: Path, path: str, content: str) -> None:
    assert found_in(tmp_path, path, content) == []
