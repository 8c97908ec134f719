"""What the program has about a person: gathered, given out, and wiped so that no byte of it is left."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.disclosure import Disclosure, as_json
from receptionapp.domain.intent import Outcome
from receptionapp.domain.patient import Person
from receptionapp.ledger import audit, users
from receptionapp.ledger.backup import back_up_daily
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.services.disclosures import Disclosures
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, PersonWiped
from receptionapp.store.presence import Presence, PresenceStore
from receptionapp.store.results import (
    DisclosureFailed,
    DisclosureFailure,
    DisclosureGathered,
    DisclosureSaved,
    PersonDetailsWiped,
)
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.postgres import own_server, postgres  # noqa: F401, fixtures
from tests.services.shared_counter import SharedCounter
from tests.waiting import until

OSLO = ZoneInfo("Europe/Oslo")
HER = Person("emr_id:71", "Gunnvordis", "Plantedatter", date(1985, 3, 14), "+4791234567")
OTHER = Person("emr_id:72", "Ola", "Dahl", date(1990, 1, 2), "+4799990030")
PLANTED = ("Gunnvordis", "Plantedatter", "gunnvordis", "plantedatter", "91234567", "14031985", "1985-03-14", "sår hals")


class Desk:
    """At which an administrator answers somebody who asks what is known about her."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.store = BookStore(
            Snapshot(View(date(2026, 11, 23)), OSLO, ConnectionProfile.TEST), StoppedClock(TUESDAY_MORNING)
        )
        self.presence = PresenceStore()
        self.told: list[object] = []
        self.faults: list[Exception] = []
        self.tasks = TaskBag(lambda _, error: self.faults.append(error))
        self.disclosing = Disclosures(ledger, self.store, self.presence, self.tasks, 14)
        self.disclosing.results.result.connect(self.told.append)

    async def hears(self) -> object:
        await self.tasks.wait_for("", 10)
        assert self.faults == []
        return self.told[-1]

    async def finds(self, person: Person = HER) -> Disclosure:
        self.disclosing.gather(person)
        told = await self.hears()
        assert isinstance(told, DisclosureGathered)
        return told.disclosure

    async def saves(self, path: Path) -> object:
        def make(found: Disclosure) -> Callable[[], bytes]:
            return lambda: as_json(found, None, OSLO, TUESDAY_MORNING, "Nina").encode()

        self.disclosing.save(HER, path, make)
        return await self.hears()

    async def wipes(self, person: Person = HER) -> object:
        self.disclosing.wipe(person)
        return await self.hears()

    async def deeds(self) -> list[tuple[str, str | None]]:
        return [(line.action, line.detail) for line in (await self.finds()).lines]


@pytest.fixture
async def desk(tmp_path: Path, made, clock: StoppedClock):
    """Where she has been twice, last week and a month ago; the second time was cancelled."""
    clock.now = datetime(2026, 6, 2, tzinfo=UTC)
    folder = tmp_path / "data"
    folder.mkdir()
    ledger = await Ledger.open(SqliteFile(folder / "ledger.sqlite3"), Writer("konfidens", "front desk", "Nina"), clock)
    opened = Desk(ledger)
    await book(ledger, made, HER, 9)
    key = await book(ledger, made, HER, 11)
    intent, _ = await ledger.prepare_cancel(key, "sår hals er over")
    await ledger.mark_sent(intent.id)
    await ledger.settle_cancelled(intent.id, made.answer("cancelled", "a11", made.timeslot(hour=11)))
    await ledger.write(lambda e: audit.add_line(e, AuditAction.PICKED, patient=HER.reference))
    await ledger.write(lambda e: audit.add_line(e, AuditAction.PICKED, patient=OTHER.reference))
    yield opened
    await opened.tasks.aclose()
    await ledger.close()


@pytest.fixture
def made():
    from tests.ledger.conftest import _answer, _timeslot

    class Made:
        timeslot = staticmethod(_timeslot)
        answer = staticmethod(_answer)

    return Made


async def book(ledger: Ledger, made, person: Person, hour: int):
    slot = made.timeslot(hour=hour)
    intent, own = await ledger.prepare_booking("cu", slot, person, "sår hals")
    await ledger.mark_sent(intent.id)
    await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))
    return own.key


async def test_everything_about_her_and_nothing_about_others_is_in_the_file(desk: Desk, tmp_path: Path) -> None:
    await desk.ledger.remember_person(OTHER)
    file = tmp_path / "x.json"
    assert await desk.saves(file) == DisclosureSaved()
    assert sorted(os.listdir(tmp_path)) == ["data", "x.json"]
    text = file.read_text("utf-8")
    found = json.loads(text)
    assert found["person"]["last_name"] == "Plantedatter"
    assert found["person"]["birth_date"] == "1985-03-14"
    assert found["person"]["written"]["desk"] == "front desk"
    assert [own["standing"] for own in found["appointments"]] == ["booked", "cancelled"]
    assert found["appointments"][0]["start"] == "2026-06-01T09:00:00+02:00"
    assert found["appointments"][1]["cancel_reason"] == "sår hals er over"
    assert [(wish["verb"], wish["stage"]) for wish in found["wishes"]] == [
        ("book", "done"),
        ("book", "done"),
        ("cancel", "done"),
    ]
    deeds = [line["deed"] for line in found["record"]]
    assert "picked" in deeds
    assert deeds[-1] == "exported"  # also that this very file was made
    assert found["record"][-1]["detail"] == "everything_json"
    assert found["not_here"]
    assert "emr_id:72" not in text


async def test_somebody_who_was_merely_looked_up_is_told_so(desk: Desk) -> None:
    found = await desk.finds(OTHER)
    assert found.provenance is None
    assert [line.action for line in found.lines] == ["picked"]
    assert not found.may_be_wiped
    assert await desk.wipes(OTHER) == DisclosureFailed(DisclosureFailure.NOTHING)


async def test_where_it_cannot_be_written_nothing_is_left_and_the_try_is_on_record(desk: Desk, tmp_path: Path) -> None:
    assert await desk.saves(tmp_path / "nowhere" / "x.json") == DisclosureFailed(DisclosureFailure.NOT_WRITABLE)
    assert os.listdir(tmp_path) == ["data"]
    assert (await desk.deeds())[-1] == ("exported", "everything_json")


async def test_a_full_disk_leaves_the_old_file_whole(desk: Desk, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "x.json"
    file.write_text("the old one")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("receptionapp.system.paths.os.fsync", full)
    assert await desk.saves(file) == DisclosureFailed(DisclosureFailure.DISK_FULL)
    assert file.read_text() == "the old one"
    assert sorted(os.listdir(tmp_path)) == ["data", "x.json"]


async def test_no_byte_of_hers_is_in_file_log_or_later_copy_after_the_wipe(desk: Desk, tmp_path: Path) -> None:
    """In a file that is not encrypted, so that its bytes can be looked through."""
    data, copies = tmp_path / "data", tmp_path / "copies"
    assert found_in(data)

    assert await desk.wipes() == PersonDetailsWiped()

    back_up_daily(data / "ledger.sqlite3", None, copies, date(2026, 11, 23), kept=14)
    assert found_in(data) == found_in(copies) == set()
    assert list(copies.iterdir())
    assert (await desk.deeds())[-1] == ("wiped", None)
    found = await desk.finds()
    assert found.person.is_wiped
    assert found.wiped_at
    assert [held.own.standing for held in found.appointments] == ["booked", "cancelled"]  # that they were stays
    assert [held.own.comment for held in found.appointments] == [None, None]


async def test_while_an_appointment_is_to_come_nothing_is_wiped(desk: Desk, made, clock: StoppedClock) -> None:
    clock.now = made.timeslot(hour=9).start - timedelta(days=1)
    found = await desk.finds()
    assert [own.appointment_id for own in found.still_needed_appointments(clock())] == [
        "a9"
    ]  # the other one is cancelled
    assert await desk.wipes() == DisclosureFailed(DisclosureFailure.STILL_NEEDED)
    assert (await desk.finds()).person == HER
    assert "wiped" not in dict(await desk.deeds())


async def test_the_screens_memory_loses_her_and_the_undo_about_her(desk: Desk) -> None:
    held = (await desk.finds()).appointments
    other = replace(held[0].own, key=held[1].own.key, person=OTHER)
    desk.store.apply(AppointmentsChanged((held[0].own, other)))
    desk.store.apply(PersonWiped(HER.reference))
    shown = desk.store.snapshot.appointments
    assert shown[held[0].own.key].person.is_wiped
    assert shown[held[0].own.key].comment is None
    assert shown[other.key].person == OTHER


async def test_once_users_are_named_only_an_administrator_gives_out_and_wipes(desk: Desk, tmp_path: Path) -> None:
    nina = await desk.ledger.write(lambda e: users.add(e, "Nina Berg", "x"))
    desk.ledger.set_user("Nina Berg")
    ola = await desk.ledger.write(lambda e: users.add(e, "Ola", "x"))
    desk.ledger.set_user("Ola")
    desk.presence.apply(Presence((nina, ola), ola, is_read=True))
    assert await desk.wipes() == DisclosureFailed(DisclosureFailure.NOT_ADMINISTRATOR)
    assert await desk.saves(tmp_path / "x.json") == DisclosureFailed(DisclosureFailure.NOT_ADMINISTRATOR)
    assert os.listdir(tmp_path) == ["data"]


async def test_the_other_desks_drop_her_too(leyr, tmp_path, clock, postgres):  # noqa: F811
    server = PostgresServer(postgres.emptied())
    front, back = (SharedCounter(leyr, tmp_path, clock, server=server, name=name) for name in ("front", "back"))
    for each in (front, back):
        await each.open()
        await each.open_clinic()
    own = await front.booked()
    assert (await front.cancel(own)).outcome is Outcome.DONE
    await until(lambda: own.key in back.store.snapshot.appointments, "the other desk knows it")
    forgotten: list[object] = []
    back.store.changed.connect(lambda change: forgotten.append(change) if isinstance(change, PersonWiped) else None)

    Disclosures(front.ledger, front.store, PresenceStore(), front.tasks, 0).wipe(own.person)
    await front.rest()

    await until(lambda: forgotten, "the other desk is told")
    assert forgotten == [PersonWiped(own.person.reference)]
    assert back.own(own).person.is_wiped
    await front.close()
    await back.close()


def found_in(folder: Path) -> set[str]:
    content = b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
    return {word for word in PLANTED if word.encode() in content}
