"""A long working life of a ledger, drawn from a seed: everything that desks do to it, in any order that it allows."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, Appointment, OwnAppointment, Standing, Timeslot
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.intent import Intent
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import audit
from receptionapp.ledger.backup import back_up, restore
from receptionapp.ledger.database import LedgerLocation
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerRefusal
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import StoppedClock

DESKS = (Writer("konfidens", "front", "Nina"), Writer("konfidens", "back", "Ola"))
DAYS, HOURS, MINUTES = 40, 8, (0, 20, 40)
NO_ANSWER, REFUSED = Problem(Reason.NO_ANSWER, reference="leyr-1"), Problem(Reason.SLOT_TAKEN)


class WorkingLife:
    """Two desks on one ledger; of a file, which only one can have open, they take turns. `clock` moves with each step,
    some days at times."""

    def __init__(self, place: LedgerLocation, seed: int) -> None:
        self.place = place
        self.clock = StoppedClock()
        self._random = Random(seed)
        self._intents: list[tuple[Intent, Timeslot | None]] = []
        self._ids = 0
        self.ledger: Ledger

    async def live(self, steps: int) -> None:
        """Take that many steps; the ledger is closed afterwards."""
        await self._open()
        deeds = self._deeds()
        for _ in range(steps):
            self.clock.now += timedelta(seconds=self._random.randint(1, 900))
            [deed] = self._random.choices(list(deeds), list(deeds.values()))
            with suppress(LedgerRefusal):
                await deed()
        await self.ledger.close()

    def _deeds(self) -> dict[Callable[[], Awaitable[None]], int]:
        """With how often each is done."""
        return {
            self._book: 30,
            self._cancel: 12,
            self._move: 10,
            self._book_anew_and_cancel: 6,
            self._settle: 25,
            self._confirm: 8,
            self._say_how_it_stands: 6,
            self._hear_late: 6,
            self._create_patient: 5,
            self._meet: 5,
            self._look: 5,
            self._wipe: 4,
            self._be_another_desk: 3,
            self._wait_for_days: 2,
            self._back_up_and_maybe_go_back: 2,
        }

    async def _open(self) -> None:
        number = self._random.randrange(2)
        is_shared = not isinstance(self.place, SqliteFile)
        writer = replace(DESKS[number], desk_id=UUID(int=number + 1)) if is_shared else DESKS[number]
        self.ledger = await Ledger.open(self.place, writer, self.clock)
        await self.ledger.recover()

    # What a desk does

    def _timeslot(self) -> Timeslot:
        draw = self._random
        day = self.clock.now.replace(hour=7, minute=0, second=0) + timedelta(days=draw.randint(-2, DAYS))
        start = day + timedelta(hours=draw.randrange(HOURS), minutes=draw.choice(MINUTES))
        return Timeslot(start, start + timedelta(minutes=20), f"r/{draw.randrange(3)}", f"s/{draw.randrange(3)}")

    def _person(self) -> Person:
        number = self._random.randrange(40)
        return Person(f"emr_id:{number}", f"Kari{number}", "Nordmann", date(1980, 1, 1 + number % 28))

    async def _ours(self) -> OwnAppointment | None:
        now = self.clock.now
        found = await self.ledger.appointments("cu", now - timedelta(days=5), now + timedelta(days=DAYS + 2))
        ordered = sorted(found, key=lambda own: (own.start, own.timeslot.resource_id, own.changed_at))
        return self._random.choice(ordered) if ordered else None

    def _answer(self, slot: Timeslot, status: str) -> Appointment:
        self._ids += 1
        return Appointment(f"a/{self._ids}", status, slot.start, slot.end, slot.resource_id)

    async def _sent(self, intent: Intent, slot: Timeslot | None) -> Intent:
        self._intents.append((intent, slot))
        self.clock.now += timedelta(seconds=1)
        return await self.ledger.mark_sent(intent.id)

    async def _book(self) -> None:
        slot = self._timeslot()
        intent, _ = await self.ledger.prepare_booking("cu", slot, self._person(), "Kommer med rullestol")
        if self._random.random() < 0.05:
            await self.ledger.settle_refused(intent.id, REFUSED)
            return
        await self._sent(intent, slot)
        await self._become(intent, slot)

    async def _become(self, intent: Intent, slot: Timeslot) -> None:
        """What mostly becomes of a booking at once."""
        status = self._random.choice(["booked"] * 8 + [AWAITING_CONFIRMATION, "under_way", ""])
        if status == "under_way":
            return
        if status:
            await self.ledger.settle_booked(intent.id, self._answer(slot, status))
        else:
            await self.ledger.settle_unknown(intent.id, NO_ANSWER)

    async def _cancel(self) -> None:
        own = await self._ours()
        if own is None:
            return
        intent, _ = await self.ledger.prepare_cancel(own.key, "Syk")
        await self._sent(intent, own.timeslot)
        how = self._random.randrange(6)
        if how < 3:
            status = AWAITING_CONFIRMATION if how == 0 else "cancelled"
            await self.ledger.settle_cancelled(intent.id, self._answer(own.timeslot, status))
        elif how == 3:
            await self.ledger.settle_gone(intent.id, REFUSED)

    async def _move(self) -> None:
        own = await self._ours()
        if own is None:
            return
        slot = self._timeslot()
        intent, _, _ = await self.ledger.prepare_move(own.key, slot)
        await self._sent(intent, slot)
        if self._random.random() < 0.7:
            status = self._random.choice(["booked", "booked", AWAITING_CONFIRMATION])
            await self.ledger.settle_moved(intent.id, self._answer(slot, status))

    async def _book_anew_and_cancel(self) -> None:
        own = await self._ours()
        if own is None:
            return
        slot = self._timeslot()
        intent, _ = await self.ledger.prepare_booking("cu", slot, own.person, instead_of=own.key)
        await self._sent(intent, slot)
        await self._become(intent, slot)
        if self._random.random() < 0.5:
            await self.ledger.settle_removed(own.key)

    async def _confirm(self) -> None:
        own = await self._ours()
        if own is None:
            return
        intent, _ = await self.ledger.prepare_confirm(own.key)
        await self._sent(intent, own.timeslot)
        if self._random.random() < 0.7:
            status = "booked" if own.standing is Standing.AWAITING_CODE else "cancelled"
            await self.ledger.settle_confirmed(intent.id, self._answer(own.timeslot, status))

    # What becomes of it

    async def _settle(self) -> None:
        """Something that was left open ends without an answer, or with one."""
        if not self._intents:
            return
        intent, slot = self._random.choice(self._intents)
        if self._random.random() < 0.5 and slot is not None:
            settle = {"book": self.ledger.settle_booked, "cancel": self.ledger.settle_cancelled}.get(intent.verb)
            if settle is not None:
                await settle(intent.id, self._answer(slot, "booked" if intent.verb == "book" else "cancelled"))
            return
        problem = self._random.choice([REFUSED, NO_ANSWER])
        settle_without = self.ledger.settle_refused if problem is REFUSED else self.ledger.settle_unknown
        await settle_without(intent.id, problem)

    async def _say_how_it_stands(self) -> None:
        own = await self._ours()
        if own is None:
            return
        exists = self._random.random() < 0.5
        await (self.ledger.settle_by_hand if own.standing.unknown else self.ledger.settle_offered)(own.key, exists)

    async def _hear_late(self) -> None:
        if self._intents:
            intent, slot = self._random.choice(self._intents)
            if slot is not None:
                await self.ledger.apply_late_answer(intent.id, self._answer(slot, "booked"))

    # Patients, and the ledger itself

    async def _create_patient(self) -> None:
        intent = await self.ledger.prepare_patient()
        await self._sent(intent, None)
        if self._random.random() < 0.7:
            await self.ledger.settle_patient(intent.id, self._person())

    async def _meet(self) -> None:
        """Somebody is accepted under another name and phone, as `services/patients.py` does it."""
        person = replace(self._person(), last_name="Dahl", phone=f"+4799{self._random.randrange(10**6):06}")
        await self.ledger.remember_person(person)
        await self.ledger.write(lambda e: audit.add_line(e, AuditAction.OVERRIDE, patient=person.reference))

    async def _look(self) -> None:
        number = self._random.randrange(1000)
        await self.ledger.write(lambda e: audit.add_line(e, AuditAction.OPENED, patient=f"emr_id:{number % 40}"))

    async def _wipe(self) -> None:
        await self.ledger.wipe_old(self.clock.now - timedelta(days=3))
        await self.ledger.wipe_person(self._person().reference)

    async def _wait_for_days(self) -> None:
        self.clock.now += timedelta(days=self._random.randint(1, 20))

    async def _be_another_desk(self) -> None:
        await self.ledger.close()
        await self._open()

    async def _back_up_and_maybe_go_back(self) -> None:
        if not isinstance(self.place, SqliteFile) or self.place.path is None:
            return
        path, key = self.place.path, self.place.key
        copy = path.with_name("copy.sqlite3")
        if copy.exists() and self._random.random() < 0.5:
            await self.ledger.close()
            await asyncio.to_thread(restore, copy, path, key, DESKS[0], self.clock.now)
            await self._open()
        copy.unlink(missing_ok=True)
        await asyncio.to_thread(back_up, path, key, copy)
