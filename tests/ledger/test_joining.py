"""A desk opens the shared ledger that its settings name."""

import pytest

from receptionapp.desktop.ledger_opening import join_shared_ledger
from receptionapp.ledger.errors import LedgerFault
from receptionapp.system.logs import Redaction
from receptionapp.system.paths import data_folder
from receptionapp.system.settings import Settings
from tests.clocks import SuiteClock


@pytest.fixture
def folder(data_dir):
    made = data_folder(practice=False)
    made.root.mkdir(parents=True)
    return made


async def leave(*joined):
    for each in joined:
        await each.listening.aclose()
        await each.ledger.close()


async def test_a_desk_is_the_same_after_a_restart(folder, postgres):
    settings = Settings(ledger_url=postgres.emptied().url, desk="front")
    first = await join_shared_ledger(settings, folder, "konfidens", Redaction(), SuiteClock())
    await leave(first)
    again = await join_shared_ledger(settings, folder, "konfidens", Redaction(), SuiteClock())
    assert again.ledger.writer == first.ledger.writer
    assert again.ledger.writer.desk == "front"
    await leave(again)


async def test_a_copied_folder_is_another_desk(folder, postgres):
    settings = Settings(ledger_url=postgres.emptied().url, desk="front")
    first = await join_shared_ledger(settings, folder, "konfidens", Redaction(), SuiteClock())
    second = await join_shared_ledger(settings, folder, "konfidens", Redaction(), SuiteClock())
    assert first.ledger.writer.desk_id != second.ledger.writer.desk_id
    await leave(first, second)


async def test_an_address_without_encryption_is_told_and_nothing_is_sent_there(folder, made):
    settings = Settings(ledger_url="postgresql://reception@server.clinic.example/ledger?sslmode=disable")
    with made.raises_fault(LedgerFault.BAD_ADDRESS):
        await join_shared_ledger(settings, folder, "konfidens", Redaction(), SuiteClock())
