"""Random answers to random writes of a desk without a screen; what it was told, its ledger and the server are held
against each other after each. The desk, its client, its sockets and its ledger are the real ones."""

import asyncio
import secrets
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import Action, ConnectionProfile, Support
from receptionapp.domain.intent import BookRequest, CreateRequest, MoveRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.patient import NewPatient, Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import RETRY_DELAYS, Ledger
from receptionapp.ledger.schema import intents
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.capabilities import for_emr
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.services.desk import Desk
from receptionapp.services.reconciliation import Reconciliation
from receptionapp.services.tasks import TaskBag
from receptionapp.services.writing import Writing
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, UserNotified
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import MONDAY_MORNING, StoppedClock
from tests.half_open import Line
from tests.people import made_up
from tests.postgres import TestServer, own_server
from tests.services.alarm import Alarm
from tests.services.counter import ENDING, OSLO, UNHURRIED, no_wait
from tests.services.in_process import Patience
from tests.soak.ledger_faults import FailingLedger
from tests.soak.odd_answers import KINDS, Kind
from tests.soak.odd_leyr import CODE, LENGTH, SERVICES, UNITS, WAITS, OddLeyr, Plan, Record

A_DESK = 2 * len(KINDS)  # answers, then another desk with a ledger of its own
AT_ONCE = 3  # desks: while one waits, another works
IN_MEMORY = next((str(place) for place in [Path("/dev/shm")] if place.is_dir()), None)  # noqa: S108
LOOSE = ("wrong_done", "wrong_refused", "wrong_ledger", "wrong_text", "wrong_repeated", "wrong_failed")
COUNTS = (*LOOSE, "untold_notice", "untold_open", "untold_task", "lost_ids", "lost_if_killed")
LISTS = ("none", "honest", "all")

# How what is said begins, by what it says.
SAYS = {
    Outcome.DONE: (
        "Booked: |Cancelled: |Confirmed: |Moved: |Undone, |Patient registered |Sent, but not surely booked|Not in "
    ),
    Outcome.WAITING: "Not booked yet|Not cancelled yet|Still waiting for a code|Not moved yet|Not undone yet",
    Outcome.REFUSED: (
        "Not booked: |Not cancelled|It was cancelled before|The code was not accepted|Not moved|Not undone, "
        "|Not undone: |Not confirmed|The patient was not registered|Not registered"
    ),
    Outcome.UNKNOWN: "Not known ",
    Outcome.HALF_DONE: "Two appointments now|Half undone",
}


async def _soon(seconds: float) -> None:
    """Between tries to write something down."""
    await asyncio.sleep(seconds / 20)


@dataclass
class OddDesk:
    """One desk with a server and a ledger of its own, and what was found wrong at it."""

    leyr: OddLeyr
    ledger: Ledger
    found: list[tuple[str, str]] = field(default_factory=list)
    clock: StoppedClock = field(default_factory=StoppedClock)
    told: list[WriteNotice] = field(default_factory=list)
    failing: FailingLedger | None = None
    _noted: set[tuple[str, object]] = field(default_factory=set)

    async def open(self) -> None:
        leyr = self.leyr
        self.store = BookStore(
            Snapshot(View(self.clock().date(), service_id=SERVICES[0]), OSLO, ConnectionProfile.TEST), self.clock
        )
        self.store.changed.connect(self._hear)
        self.tasks = TaskBag(lambda name, error: self.note("wrong_failed", f"{name.partition(':')[0]}: {error!r}"))
        self.patience, self.alarm = Patience(), Alarm()
        known = for_emr("konfidens")
        if leyr.lists != "none":
            both = {Action.MOVE: Support.YES, Action.LIST_APPOINTMENTS: Support.YES}
            known = replace(known, support=known.support | both)
        client = LeyrClient(
            Connection(f"http://127.0.0.1:{leyr.port}/api", "konfidens", "id", "secret"),
            known=known,
            limits=UNHURRIED,
            timeouts=self.patience,  # type: ignore[arg-type]
            sleep=no_wait,
        )
        soon = patch.object(Writing.__init__, "__defaults__", (_soon,))
        with soon, patch.object(Reconciliation.__init__, "__defaults__", (self.alarm,)):
            self.desk = Desk.create(client, self.ledger, self.store, self.tasks, self.clock)
        people = [p for p in leyr.patients.values() if not p.external_id]
        self.people = [Person(f"emr_id:{p.emr_id}", p.first_name, p.last_name) for p in people]
        for person in self.people:
            await self.ledger.remember_person(person)
        self.desk.navigation.open_care_unit(UNITS[0])
        await self.rest()
        leyr.on_write = self.failing.fail if self.failing else self._look_as_if_killed

    async def close(self) -> None:
        self.leyr.on_write = None
        await self.desk.aclose()

    def note(self, count: str, what: str, about: object = None) -> None:
        """Each thing once: what stays wrong was found before."""
        if about is None or (count, about) not in self._noted:
            self._noted.add((count, about))
            self.found.append((count, what))

    def _hear(self, change: Change) -> None:
        if isinstance(change, UserNotified) and isinstance(change.what, WriteNotice):
            self.told.append(change.what)
            self.leyr.told.set()

    async def rest(self) -> None:
        """Until all that comes to an end has, and every look into an unknown outcome has gone to sleep."""
        while self._busy():
            for prefix in ENDING:
                await self.tasks.wait_for(prefix, 15)
            await asyncio.sleep(0.001)

    def _busy(self) -> bool:
        looks = sum(key.startswith("reconcile:") for key in self.tasks._running)
        return looks > len(self.alarm.asleep) or any(self.tasks.is_running(prefix) for prefix in ENDING)

    async def _stages(self) -> list[str]:
        open_ = select(intents.c.stage).where(intents.c.stage.in_(("prepared", "sent")))
        rows = await self.ledger._database.run(lambda connection: connection.execute(open_).all())
        return [str(row[0]) for row in rows]

    async def _look_as_if_killed(self) -> None:
        """A write has left the desk: were it killed now, the ledger must know that."""
        if "sent" not in await self._stages():
            self.note("lost_if_killed", "sent, and not marked so")

    # Deeds

    async def rows(self) -> list[OwnAppointment]:
        start = MONDAY_MORNING
        return list(await self.ledger.appointments(UNITS[0], start, start + timedelta(days=30)))

    async def ours(self, standing: Standing) -> list[OwnAppointment]:
        """Those of which server and ledger say the same."""
        return [own for own in await self.rows() if own.standing is standing and self.standing(own)]

    def slot(self) -> Timeslot:
        start, resource = self.leyr.new_time()
        return Timeslot(start, start + LENGTH, resource, SERVICES[0])

    async def book(self, rng: Random) -> UUID:
        person = self.people[0 if self.leyr.plan and self.leyr.plan.behind_timeslots else rng.randrange(3)]
        request = BookRequest(UNITS[0], self.slot(), person)
        self.desk.booking.book(request)
        return request.id

    async def cancel(self, rng: Random) -> None:
        self.desk.booking.cancel(rng.choice(await self.ours(Standing.BOOKED)), "ill")

    async def move(self, rng: Random) -> None:
        self.desk.moving.move(MoveRequest(rng.choice(await self.ours(Standing.BOOKED)), self.slot(), "later"))

    async def confirm(self, rng: Random) -> None:
        waiting = await self.ours(Standing.AWAITING_CODE) + await self.ours(Standing.CANCEL_AWAITING_CODE)
        self.desk.booking.confirm(rng.choice(waiting), CODE)

    async def undo(self, rng: Random) -> None:
        self.desk.undo.undo("wrong")

    async def register(self, rng: Random) -> None:
        who = made_up(f"Åse{rng.randrange(10**6)}", "Testvik")
        self.asked = NewPatient(who.first_name, who.last_name, who.number)
        self.desk.patients.create(CreateRequest(UNITS[0], self.asked, is_new=True))

    async def prepare(self, verb: str, rng: Random) -> bool:
        """Have something that `verb` can be done to, and no fault on the way. Whether there is."""
        if verb == "undo":
            return self.store.snapshot.undoable is not None
        wanted = {"cancel": Standing.BOOKED, "move": Standing.BOOKED, "confirm": Standing.AWAITING_CODE}.get(verb)
        if wanted is None or await self.ours(wanted):
            return True
        self.leyr.expect(None)
        self.leyr.code_next = wanted is Standing.AWAITING_CODE
        await self.book(rng)
        await self.rest()
        self.leyr.code_next = False
        self.judge()
        return bool(await self.ours(wanted))

    async def try_one(self, name: str, kind: Kind, rng: Random) -> bool:
        """Whether that answer was given."""
        verb = rng.choice(kind.verbs)
        if not await self.prepare(verb, rng):
            verb = kind.verbs[0]
            if not await self.prepare(verb, rng):
                return False
        plan = Plan(name, kind.answer, int(verb == "move" and rng.random() < 0.5), False, kind.behind_timeslots)
        self.leyr.expect(plan)
        self.leyr.code_next = kind.code
        self.patience.total = kind.patience
        before = len(self.found)
        if self.failing:
            await self.failing.prepare()
        await getattr(self, verb)(rng)
        await self._heal()
        await self.rest()
        self.leyr.code_next = False
        self.patience.total = 30.0
        if not self.told:
            self.note("untold_notice", verb)
        self.judge()
        await self.judge_ledger()
        repeated = [what for what, times in Counter(self.leyr.seen).items() if times > 1]
        if repeated:
            self.note("wrong_repeated", f"{len(repeated)} writes sent again")
        self.found[before:] = [(count, f"{name}, {verb}, {what}") for count, what in self.found[before:]]
        return plan.used

    async def _heal(self) -> None:
        """The ledger is well again when the desk has said something, and then all is written down."""
        if self.failing is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self.leyr.told.wait(), 40)
        if not self.told:
            self.note("untold_notice", f"nothing within 40 s, {self.failing.fault}")
        await self.rest()
        await self.failing.heal()
        await self.tasks.wait_for("keep:", 20)

    # What is true

    def standing(self, own: OwnAppointment) -> Record | None:
        """The one on the server that is just that."""
        slot = own.timeslot
        wished = (slot.start, slot.end, slot.resource_id, slot.healthcare_service_id, own.person.reference)
        for r in self.leyr.records.values():
            if r.stands and wished == (r.start, r.end, r.resource_id, r.healthcare_service_id, r.patient_id):
                return r if r.care_unit_id == own.care_unit_id else None
        return None

    def judge(self) -> None:
        """What was told since the last time."""
        from ui.words.sentences import notice_sentence

        for notice in self.told:
            text = notice_sentence(notice, OSLO, "Konfidens").text
            claims = [outcome for outcome, words in SAYS.items() if text.startswith(tuple(words.split("|")))]
            if notice.outcome not in claims:
                self.note("wrong_text", text)
            elif notice.verb is Verb.CREATE_PATIENT:
                self._judge_patient(notice, text)
            elif notice.appointment is not None:
                self._judge_appointment(notice, notice.appointment, text)
        self.told.clear()

    def _judge_appointment(self, notice: WriteNotice, own: OwnAppointment, text: str) -> None:
        record = self.standing(own)
        stands = record is not None
        booked = record is not None and record.status != WAITS
        gone = notice.verb is Verb.CANCEL or own.standing in (Standing.CANCELLED, Standing.CANCEL_AWAITING_CODE)
        old_stands = notice.old is not None and self.standing(notice.old) is not None
        match notice.outcome:
            case Outcome.DONE if gone and stands:
                self.note("wrong_done", text)
            case Outcome.DONE if not gone and not booked:
                self.note("wrong_done", text)
            case Outcome.DONE if notice.verb is Verb.MOVE and old_stands:
                self.note("wrong_done", text)
            case Outcome.WAITING | Outcome.HALF_DONE if not stands:
                self.note("wrong_done", text)
            case Outcome.REFUSED if self._happened(notice, own, record):
                self.note("wrong_refused", text)

    def _happened(self, notice: WriteNotice, own: OwnAppointment, record: Record | None) -> bool:
        """What was refused."""
        if notice.verb is Verb.BOOK:
            return record is not None
        if notice.verb is Verb.CONFIRM and own.standing is Standing.AWAITING_CODE:
            return record is not None and record.status != WAITS
        return record is None  # of a move it is the old one

    def _judge_patient(self, notice: WriteNotice, text: str) -> None:
        there = [p for p in self.leyr.patients.values() if p.external_id == self.asked.national_number]
        if notice.outcome is Outcome.DONE:
            reference = notice.person.reference if notice.person else ""
            if reference not in [f"emr_id:{p.emr_id}" for p in there]:
                self.note("wrong_done", text)
        elif notice.outcome is Outcome.REFUSED and there:
            self.note("wrong_refused", text)

    async def judge_ledger(self) -> None:
        """Every row against the server, every appointment of the server against the rows. What the server made of
        another wish by a fault is no sign of one that is gone."""
        rows = await self.rows()
        asked = {task.appointment.key for task in await self.ledger.open_tasks()}
        asked |= {task.new.key for task in await self.ledger.open_tasks() if task.new}
        known = {own.appointment_id for own in rows if own.appointment_id}
        self.leyr.known_ids = sorted(
            own.appointment_id for own in rows if own.appointment_id and own.standing.takes_time
        )
        unknown = {(own.start, own.timeslot.resource_id) for own in rows if own.standing.unknown}
        alive = {(own.start, own.timeslot.resource_id) for own in rows if own.standing.takes_time}
        for own in rows:
            record, place = self.standing(own), (own.start, own.timeslot.resource_id)
            stands = record is not None and (record.asked or own.standing.takes_time)
            if own.standing.under_way:
                self.note("untold_open", f"still {own.standing}", own.key)
            elif own.standing.unknown:
                if own.key not in asked:
                    self.note("untold_task", "unknown, and no task", own.key)
            elif own.standing.takes_time is not stands and (own.standing.takes_time or place not in alive):
                how = "stands" if stands else "does not stand"
                self.note("wrong_ledger", f"{own.standing}, and it {how}", own.key)
        for record in self.leyr.records.values():
            found = record.id in known or (record.start, record.resource_id) in unknown
            if record.stands and record.asked and not found and record.id not in self._code_rows(known):
                self.note("lost_ids", "an appointment of ours that the ledger does not know", record.id)
        if stages := await self._stages():
            self.note("untold_open", f"intents: {stages}", len(stages))

    def _code_rows(self, known: set[str]) -> set[str]:
        """Those that the ledger knows by the code that cancels them."""
        return {r.code_for for r in self.leyr.records.values() if r.code_for and r.id in known}

    async def later(self) -> None:
        """Nothing is on its way any more: what the EHR's lists can settle is settled."""
        for _ in range(2):
            self.clock.now += timedelta(minutes=4)
            self.alarm.ring()
            await asyncio.sleep(0)
            await self.rest()
        self.judge()
        await self.judge_ledger()


async def run_desk(
    answers: int, seed: str, slots: asyncio.Semaphore, server: TestServer | None = None
) -> tuple[Counter[str], list[tuple[str, str]]]:
    """How often each kind of answer was given, and what was found. Then it ends: more may only follow from that."""
    rng, given, found = Random(seed), Counter[str](), list[tuple[str, str]]()
    async with slots, AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY, ignore_cleanup_errors=True))
        leyr = await stack.enter_async_context(OddLeyr(MONDAY_MORNING, rng, rng.choice(LISTS)).serving())
        clock = StoppedClock()
        failing, place = None, SqliteFile(Path(folder) / "ledger")
        if server:
            address = await asyncio.to_thread(server.new_database)
            line = Line(address)
            failing = FailingLedger(server, await stack.enter_async_context(line.carrying()), line, rng)
        ledger = await Ledger.open(failing.place if failing else place, Writer("konfidens", "desk"), clock)
        desk = OddDesk(leyr, ledger, found, clock, failing=failing)
        await desk.open()
        deck: list[str] = []
        while given.total() < answers and not found:
            deck = deck or rng.sample(sorted(KINDS), len(KINDS))
            name = deck.pop()
            if await desk.try_one(name, KINDS[name], rng):
                given[name] += 1
            else:
                deck.insert(0, name)
        await desk.later()
        await desk.close()
    sys.stderr.write(f"desk {seed}: {given.total()} answers, {len(found)} wrong\n")
    return given, [(count, f"desk {seed}: {what}") for count, what in found]


async def run(answers: int, seed: int, server: TestServer | None) -> list[tuple[Counter[str], list[tuple[str, str]]]]:
    slots = asyncio.Semaphore(AT_ONCE)
    parts = [min(A_DESK, answers - first) for first in range(0, answers, A_DESK)]
    return await asyncio.gather(*(run_desk(part, f"{seed}/{nth}", slots, server) for nth, part in enumerate(parts)))


def soak(answers: int, seed: int | None = None, *, ledger_fails: bool = False) -> dict[str, Any]:
    """Every count is 0, or what was found is written before. One seed asks the same, but when a desk gives up an answer
    or hears it is a matter of the machine."""
    seed = secrets.randbits(32) if seed is None else seed
    sys.stdout.write(f"seed {seed}\n")
    began = time.perf_counter()
    with ExitStack() as stack:
        server = stack.enter_context(own_server()) if ledger_fails else None
        soon = tuple(wait / 20 for wait in RETRY_DELAYS)
        stack.enter_context(patch("receptionapp.ledger.ledger.RETRY_DELAYS", soon))
        results = asyncio.run(run(answers, seed, server))
    seconds = time.perf_counter() - began
    given = sum((each for each, _ in results), Counter[str]())
    found = [one for _, each in results for one in each]
    for count, what in found[:40]:
        sys.stdout.write(f"{count}: {what}\n")
    counts = dict.fromkeys(COUNTS, 0) | Counter(count for count, _ in found)
    told = {"answers": given.total(), "kinds": dict(sorted(given.items())), **counts}
    return told | {"seed": seed, "seconds": round(seconds, 1), "per_second": round(given.total() / seconds, 1)}
