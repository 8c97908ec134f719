"""Who has the key and changes a ledger, but not its record, is found; `dev.py soak --verify 200` tries it longer."""

from collections.abc import Callable
from typing import Any

import pytest

from receptionapp.ledger import verification
from receptionapp.ledger.postgres import PostgresServer
from tests.postgres import TestServer, postgres  # noqa: F401, a fixture
from tests.soak.verify import KINDS, edit_file, edit_server

SEED = 13
STEPS = 300


def test_every_kind_of_edit_of_a_file_is_found_and_nothing_before_any() -> None:
    found = edit_file(2 * len(KINDS), SEED, STEPS)
    assert (found["found"], found["missed"]) == (2 * len(KINDS), {})


def test_every_kind_of_edit_on_a_server_is_found_and_nothing_before_any(postgres: TestServer) -> None:  # noqa: F811
    found = edit_server(PostgresServer(postgres.new_database()), len(KINDS), SEED, STEPS)
    assert (found["found"], found["missed"]) == (len(KINDS), {})


@pytest.mark.parametrize(
    ("check", "instead", "missed"),
    [
        ("_against_record", lambda _: iter(()), {"time", "service", "Leyr's id", "appointment and wishes deleted"}),
        ("count_differences", lambda _: 0, {"trigger dropped", "trigger weakened", "unique index dropped"}),
        ("_counted", lambda *_: iter(()), {"trigger dropped", "trigger weakened", "appointment and wishes deleted"}),
    ],
)
def test_with_one_check_switched_off_edits_are_missed(
    check: str, instead: Callable[..., Any], missed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, check, instead)
    assert missed <= edit_file(len(KINDS), SEED, 100)["missed"].keys()
