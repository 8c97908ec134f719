"""Whose ledger it is: only its own connections open it, and the record tells who was let in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger import audit
from receptionapp.ledger.backup import back_up, restore
from receptionapp.ledger.connections import Admission, read_connections
from receptionapp.ledger.errors import LedgerFault, OtherConnection
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import DataFolder
from tests.clocks import SuiteClock

LIVE = ConnectionIdentity("https://api.leyr.io/api", "konfidens", "client-1", test=False)
RENEWED = replace(LIVE, client_id="client-2")
TEST = replace(LIVE, test=True)
ELSEWHERE = replace(LIVE, url="https://leyr.example/api")


async def lines(ledger: Ledger) -> list[str | None]:
    asked = AuditFilter(actions=(AuditAction.CONNECTION_ADDED,))
    return [line.detail for line in await ledger.read(lambda c: audit.read_page(c, "konfidens", asked))]


@pytest.mark.parametrize("url", ["https://API.leyr.io/api/", " https://api.leyr.io:443/api "])
def test_the_same_address_in_another_spelling_is_the_same_connection(url: str) -> None:
    assert replace(LIVE, url=url).key == LIVE.key


def test_each_of_the_four_makes_another_connection_and_no_key_shows_a_client_id() -> None:
    others = (RENEWED, TEST, ELSEWHERE, replace(LIVE, emr="cliniko"))
    assert len({LIVE.key, *(other.key for other in others)}) == 5
    assert [other.clinic == LIVE.clinic for other in others] == [True, False, False, False]
    assert LIVE.client_id not in LIVE.key


async def test_the_first_connection_takes_a_ledger_with_all_that_is_in_it(
    ledger: Ledger, made: SimpleNamespace
) -> None:
    await ledger.prepare_booking("cu", made.timeslot(), made.person)
    await ledger.claim(LIVE)
    await ledger.claim(LIVE)
    assert await ledger.read(read_connections) == (LIVE,)
    assert await lines(ledger) == [f"first; {LIVE.key}"]
    assert len(await ledger.history(made.person)) == 1


@pytest.mark.parametrize("other", [RENEWED, TEST, ELSEWHERE])
async def test_another_connection_is_refused_and_leaves_nothing(ledger: Ledger, other: ConnectionIdentity) -> None:
    await ledger.claim(LIVE)
    with pytest.raises(OtherConnection) as refused:
        await ledger.claim(other)
    assert refused.value.keys == {LIVE.key}
    assert await ledger.read(read_connections) == (LIVE,)
    assert len(await lines(ledger)) == 1


async def test_new_credentials_are_let_in_by_a_persons_word_and_written_down(ledger: Ledger) -> None:
    await ledger.claim(LIVE)
    await ledger.claim(RENEWED, Admission.NEW_CREDENTIALS)
    await ledger.claim(LIVE)  # an earlier connection finds it again
    assert await lines(ledger) == [f"new_credentials; {RENEWED.key}", f"first; {LIVE.key}"]
    with pytest.raises(OtherConnection):
        await ledger.claim(ELSEWHERE, Admission.NEW_CREDENTIALS)


async def test_an_administrator_lets_another_in_but_never_a_test(ledger: Ledger) -> None:
    await ledger.claim(LIVE)
    await ledger.claim(ELSEWHERE, Admission.ADMINISTRATOR)
    assert (await lines(ledger))[0] == f"administrator; {ELSEWHERE.key}"
    with pytest.raises(OtherConnection):
        await ledger.claim(TEST, Admission.ADMINISTRATOR)


async def test_a_copy_of_another_connections_ledger_is_not_put_back(
    open_ledger: Callable[[], object], path: Path, tmp_path: Path, made: SimpleNamespace
) -> None:
    ledger = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    await ledger.claim(TEST)
    await ledger.close()
    copy = tmp_path / "copy.sqlite3"
    back_up(path, None, copy)
    place, at = tmp_path / "live.sqlite3", SuiteClock()()
    with made.raises_fault(LedgerFault.OTHER_CONNECTION):
        restore(copy, place, None, made.writer, at, LIVE)
    assert not place.exists()
    renewed = replace(TEST, client_id="client-2")
    with made.raises_fault(LedgerFault.OTHER_CONNECTION):
        restore(copy, place, None, made.writer, at, renewed)
    restore(copy, place, None, made.writer, at, renewed, frozenset({TEST.key, renewed.key}))
    again = await Ledger.open(SqliteFile(place), made.writer, SuiteClock())
    assert await again.read(read_connections) == (TEST, renewed)
    await again.close()


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(DataFolder(tmp_path))


def test_each_connection_has_its_file_and_finds_it_again(files: LedgerFiles, tmp_path: Path) -> None:
    chosen = {}
    for identity in (LIVE, TEST, ELSEWHERE):
        chosen[identity] = files.choose(identity)
        files.give(identity, chosen[identity])
    assert chosen[LIVE].name == "ledger.sqlite3"
    assert len(set(chosen.values())) == 3
    assert {identity: files.choose(identity) for identity in chosen} == chosen
    assert not any("client" in file.read_text() for file in tmp_path.glob("*.json"))


def test_the_ledger_of_earlier_credentials_is_found_until_there_is_an_own_one(files: LedgerFiles) -> None:
    assert files.of_same_clinic(RENEWED) is None
    file = files.choose(LIVE)
    file.touch()
    files.give(LIVE, file)
    assert [files.of_same_clinic(each) for each in (RENEWED, TEST, ELSEWHERE)] == [file, None, None]
    assert not files.has_new_credentials(RENEWED)
    files.give(RENEWED, file)
    assert files.of_same_clinic(RENEWED) is None
    assert files.has_new_credentials(RENEWED)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": "../other"}'])
def test_what_is_no_list_of_ledgers_names_none(files: LedgerFiles, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledgers.json").write_bytes(content)
    assert files.read() == {}
    assert files.choose(LIVE) == tmp_path / "ledger.sqlite3"
