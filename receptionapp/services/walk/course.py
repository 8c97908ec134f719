"""The walk itself: Leyr's workflows in the order of `leyr-api.md` 3 and 8.1, each step to a verdict.

Reads come first. On a live connection nothing is asked that returns or names a person. The writes are few and go one
after another: a made-up person, one booking, its cancellation.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import SystemRandom
from typing import TypeVar
from uuid import UUID, uuid4

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, BOOKED, CANCELLED, OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import Action, Capabilities, CareUnit, HealthcareService, Resource
from receptionapp.domain.clock import Clock
from receptionapp.domain.patient import NewPatient, Patient, Person
from receptionapp.ledger.errors import LedgerError, LedgerRefusal
from receptionapp.leyr.assumptions import Assumption
from receptionapp.leyr.client import LONGEST_RANGE, LeyrClient
from receptionapp.leyr.errors import ClientNotAccepted, LeyrError
from receptionapp.leyr.exchange import Answer, Exchange
from receptionapp.leyr.shapes import describe_body, operation, query_names
from receptionapp.sandbox.people import synthetic
from receptionapp.services.walk import judging
from receptionapp.services.walk.bookings import NoCode, WalkBookings
from receptionapp.services.walk.report import Judgement, StepReport, Verdict, WalkReport, WalkStep, worst_of

MOST_SERVICES = 6
"""Of how many services the free times are read: a walk is to cost few requests."""

BOOKED_AHEAD = timedelta(days=2)
"""The walk books no earlier than this, so that no message reaches anybody today."""

OnStep = Callable[[StepReport], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WalkPlan:
    """`care_unit_id` "" takes the first. `about_people`: the connection is one for tests. `bookings` is there where
    there is a record of earlier ones, and `writes` where new ones were asked for. `phone` is the made-up patient's, to
    which a code may be sent."""

    care_unit_id: str = ""
    about_people: bool = False
    bookings: WalkBookings | None = None
    writes: bool = False
    phone: str = field(default="", repr=False)


class Exchanges:
    """Every request of a walk, as it ends."""

    def __init__(self) -> None:
        self.all: list[Exchange] = []

    def hear(self, exchange: Exchange) -> None:
        self.all.append(exchange)


class Walk:
    """One walk over an open client, whose exchanges are heard in `exchanges`."""

    def __init__(
        self,
        client: LeyrClient,
        exchanges: Exchanges,
        believed: Capabilities,
        plan: WalkPlan,
        clock: Clock,
        on_step: OnStep,
    ) -> None:
        self._client = client
        self._exchanges = exchanges
        self._believed = believed
        self._plan = plan
        self._clock = clock
        self._on_step = on_step
        self._steps: list[StepReport] = []
        self._began_at = 0
        self._left: tuple[OwnAppointment, ...] = ()

    async def run(self) -> WalkReport:
        """To the end, or until nothing more can be asked. When it is cancelled, what it booked is cancelled too, and
        the report says that it did not come to its end. Raises nothing."""
        is_to_the_end = False
        try:
            is_to_the_end = await self._walk()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
        except ClientNotAccepted:
            pass
        left = self._left
        if self._plan.bookings is not None and self._plan.writes:
            left += await self._plan.bookings.clear(self._plan.bookings.booked)
        done = {report.step for report in self._steps}
        for step in WalkStep:
            if step not in done:
                self._tell(StepReport(step, Verdict.NOT_SEEN, why="the walk did not come so far"))
        return WalkReport(
            self._believed.emr,
            self._believed.name,
            tuple(self._steps),
            left,
            is_to_the_end,
            len(self._exchanges.all),
            self._plan.writes,
        )

    async def _walk(self) -> bool:
        """Whether it came to its end. Raises CancelledError, ClientNotAccepted."""
        units = await self._try(WalkStep.CARE_UNITS, self._client.care_units(), self._judge_care_units)
        if not units:
            return False
        await self._see_to_earlier(units)
        unit = next((unit for unit in units if unit.id == self._plan.care_unit_id), units[0])
        resources = await self._read_resources(unit)
        services = await self._try(
            WalkStep.SERVICES, self._client.services(unit.id), lambda _: judging.judge_list(self._last)
        )
        slots = await self._read_timeslots(unit, resources or (), services or ())
        await self._read_appointments(unit, resources or ())
        await self._write(unit, slots)
        return True

    async def _see_to_earlier(self, units: Sequence[CareUnit]) -> None:
        """Cancel it where writes are asked for; tell of it in any case."""
        if self._plan.bookings is None:
            self._skip("there is no record of any", WalkStep.EARLIER)
            return
        self._begin()
        found: tuple[OwnAppointment, ...] = ()
        try:
            found = await self._plan.bookings.leftovers(units, self._clock())
        except LedgerError as error:
            self._fail(WalkStep.EARLIER, error, ())
            return
        self._left = found
        if found and self._plan.writes:
            self._left = await self._plan.bookings.clear([own.key for own in found])
        verdict = Verdict.DID_NOT_HOLD if self._left else Verdict.HELD
        why = f"{len(found)} found, {len(found) - len(self._left)} cancelled" if found else "nothing"
        self._tell(self._report(WalkStep.EARLIER, verdict, why, ()))

    async def _read_resources(self, unit: CareUnit) -> Sequence[Resource]:
        found = await self._try(
            WalkStep.RESOURCES, self._client.resources(unit.id), lambda _: judging.judge_list(self._last)
        )
        if not found:
            self._skip("there is no resource", WalkStep.ONE_RESOURCE)
        else:
            asked = found[0]
            await self._try(
                WalkStep.ONE_RESOURCE,
                self._client.resource(unit.id, asked.id),
                lambda came: _path_judgements(same=came.id == asked.id),
            )
        await self._ask_for_unknown(unit)
        return found or ()

    async def _ask_for_unknown(self, unit: CareUnit) -> None:
        """A refusal is what is hoped for here."""
        self._begin()
        error: LeyrError | None = None
        try:
            await self._client.resource(unit.id, f"walk-{uuid4()}")
        except ClientNotAccepted:
            raise
        except LeyrError as refusal:
            error = refusal
        self._end(WalkStep.UNKNOWN_RESOURCE, judging.judge_unknown_id(self._last, error) if self._heard else ())

    async def _read_timeslots(
        self, unit: CareUnit, resources: Sequence[Resource], services: Sequence[HealthcareService]
    ) -> list[Timeslot]:
        """Of up to `MOST_SERVICES` services, for the longest range that the client ever asks for."""
        start = self._clock()
        end = start + LONGEST_RANGE
        every: list[Timeslot] = []
        judged: list[Judgement] = []
        why = f"{MOST_SERVICES} of {len(services)} services were asked for" if len(services) > MOST_SERVICES else ""
        self._begin()
        try:
            for service in services[:MOST_SERVICES]:
                slots = await self._client.timeslots(unit.id, start, end, service_id=service.id)
                every += slots
                judged += judging.judge_timeslots(self._last, slots, start, end)
            if services:
                judged += judging.judge_longest_range(LONGEST_RANGE)
        except LeyrError as error:
            self._fail(WalkStep.TIMESLOTS, error, judged)
        else:
            self._end(WalkStep.TIMESLOTS, judged, why if services else "there is no service")
        if not every:
            self._skip("no time is free", WalkStep.TIMESLOTS_OF_RESOURCE)
            return every
        wanted = every[0].resource_id
        await self._try(
            WalkStep.TIMESLOTS_OF_RESOURCE,
            self._client.timeslots(unit.id, start, end, resource_id=wanted),
            judging.judge_overlaps,
        )
        return every

    async def _read_appointments(self, unit: CareUnit, resources: Sequence[Resource]) -> None:
        if not self._plan.about_people or not resources:
            self._skip("it would return people" if resources else "there is no resource", WalkStep.APPOINTMENTS)
            return
        start = self._clock()
        span = (start, start + timedelta(days=1))
        self._begin()
        found, error = None, None
        try:
            found = await self._client.appointments(unit.id, *span, resource_id=resources[0].id)
        except ClientNotAccepted:
            raise
        except LeyrError as refusal:
            error = refusal
        judged = judging.judge_appointments(self._last, found, error, self._believed, span) if self._heard else ()
        self._end(WalkStep.APPOINTMENTS, judged, type(error).__name__ if error else "")

    async def _write(self, unit: CareUnit, slots: Sequence[Timeslot]) -> None:
        writing = [step for step in WalkStep if step.writes]
        bookings = self._plan.bookings
        slot = next((slot for slot in slots if slot.start >= self._clock() + BOOKED_AHEAD), None)
        if bookings is None or not self._plan.writes or slot is None:
            self._skip("no time is free to be booked" if self._plan.writes else "it would write", *writing)
            return
        new = made_up_person(self._plan.phone)
        made = await self._create_patient(bookings, unit, new)
        if made is None:
            self._skip("there is no patient", *writing[writing.index(WalkStep.BOOK) :])
            return
        own = await self._try(
            WalkStep.BOOK,
            bookings.book(unit.id, slot, made[1]),
            lambda _: judging.judge_booking(self._last, slot, self._believed.emr),
        )
        if own is None:
            self._skip("nothing is booked", *writing[writing.index(WalkStep.CONFIRM_BOOKING) :])
            return
        await self._enter_code(WalkStep.CONFIRM_BOOKING, bookings, own.key, Standing.AWAITING_CODE)
        await self._look_at_time(WalkStep.TIME_TAKEN, unit, slot, is_free=False)
        await self._cancel(bookings, own.key, own.appointment_id)
        await self._look_at_time(WalkStep.TIME_FREED, unit, slot, is_free=True)
        await self._cancel_again(own)

    async def _create_patient(
        self, bookings: WalkBookings, unit: CareUnit, new: NewPatient
    ) -> tuple[Patient, Person] | None:
        def judge(_: object) -> Iterator[Judgement]:
            return judging.judge_patient(self._last, new.national_number, with_phone=bool(new.phones))

        create = bookings.create_patient
        made = await self._try(WalkStep.CREATE_PATIENT, create(unit.id, new, self._clock()), judge)
        if made is None:
            self._skip("there is no patient", WalkStep.CREATE_AGAIN, WalkStep.GET_PATIENT)
            return None
        await self._try(
            WalkStep.CREATE_AGAIN,
            create(unit.id, new, self._clock()),
            lambda again: _same_patient(again[0].id == made[0].id),
        )
        if not self._believed.can(Action.GET_PATIENT):
            self._skip(f"{self._believed.name} gives no patient through Leyr", WalkStep.GET_PATIENT)
            return made
        await self._try(
            WalkStep.GET_PATIENT,
            self._client.get_patient(unit.id, made[0].reference),
            lambda came: judging.judge_read_patient(self._last, new.national_number, same=came.id == made[0].id),
        )
        return made

    async def _enter_code(self, step: WalkStep, bookings: WalkBookings, key: UUID, waiting: Standing) -> None:
        if await bookings.standing(key) is not waiting:
            self._skip("no code was asked for", step)
            return
        cancels = waiting is Standing.CANCEL_AWAITING_CODE
        await self._try(
            step,
            bookings.confirm(key, "the cancellation" if cancels else "the booking"),
            lambda _: judging.judge_code(self._last, CANCELLED if cancels else BOOKED, cancels=cancels),
        )

    async def _cancel(self, bookings: WalkBookings, key: UUID, asked_id: str | None) -> None:
        await self._try(
            WalkStep.CANCEL,
            bookings.cancel(key),
            lambda _: judging.judge_cancellation(self._last, asked_id, self._believed.emr),
        )
        await self._enter_code(WalkStep.CONFIRM_CANCEL, bookings, key, Standing.CANCEL_AWAITING_CODE)

    async def _look_at_time(self, step: WalkStep, unit: CareUnit, slot: Timeslot, *, is_free: bool) -> None:
        def judge(offered: Sequence[Timeslot]) -> Iterator[Judgement]:
            held = (slot in offered) is is_free
            yield Judgement(Assumption.FREED_TIME, Verdict.HELD if held else Verdict.DID_NOT_HOLD)

        ask = self._client.timeslots(
            unit.id,
            slot.start,
            slot.end,
            resource_id=slot.resource_id,
            service_id=slot.healthcare_service_id,
        )
        await self._try(step, ask, judge)

    async def _cancel_again(self, own: OwnAppointment) -> None:
        """Not a wish of its own: the record has it as cancelled already. Nothing is asked while it may stand."""
        bookings = self._plan.bookings
        assert bookings is not None  # noqa: S101, only the writes come here
        if own.appointment_id is None or await bookings.standing(own.key) is not Standing.CANCELLED:
            self._skip("it is not surely cancelled", WalkStep.CANCEL_AGAIN)
            return
        self._begin()
        try:
            came = await self._client.cancel(own.care_unit_id, own.appointment_id, known=own.timeslot)
            told = came.status if came.status in (CANCELLED, AWAITING_CONFIRMATION) else "another status"
        except LeyrError as error:
            told = type(error).__name__
        self._end(WalkStep.CANCEL_AGAIN, (Judgement(Assumption.SECOND_CANCEL, Verdict.HELD, told),))

    def _judge_care_units(self, units: Sequence[CareUnit]) -> Iterator[Judgement]:
        yield from judging.judge_list(self._last, Assumption.CARE_UNIT_FIELDS)
        if self._believed.emr == "konfidens":
            yield Judgement(Assumption.EMR_CODE, Verdict.HELD if units else Verdict.NOT_SEEN)

    async def _try(self, step: WalkStep, ask: Awaitable[T], judge: Callable[[T], Iterator[Judgement]]) -> T | None:
        """Ask, judge and tell; None where no answer came that can be used. Raises ClientNotAccepted."""
        self._begin()
        try:
            came = await ask
        except (LeyrError, LedgerError, LedgerRefusal, NoCode) as error:
            self._fail(step, error, ())
            return None
        self._end(step, judge(came))
        return came

    def _fail(self, step: WalkStep, error: Exception, judged: Sequence[Judgement]) -> None:
        """A refusal or a failure says nothing of what an answer would have had. Raises ClientNotAccepted."""
        why = error.problem.reason if isinstance(error, LeyrError) else type(error).__name__
        verdicts = {judgement.verdict for judgement in judged}
        refused = Verdict.DID_NOT_HOLD if Verdict.DID_NOT_HOLD in verdicts else Verdict.NOT_SEEN
        self._tell(self._report(step, refused, why, tuple(judged)))
        if isinstance(error, ClientNotAccepted):
            raise error

    def _end(self, step: WalkStep, judgements: Iterator[Judgement] | Sequence[Judgement], why: str = "") -> None:
        judged = tuple(judgements)
        seen = [judgement.verdict for judgement in judged]
        verdict = next((each for each in (Verdict.DID_NOT_HOLD, Verdict.HELD) if each in seen), Verdict.NOT_SEEN)
        self._tell(self._report(step, verdict, why, judged))

    def _report(self, step: WalkStep, verdict: Verdict, why: str, judged: tuple[Judgement, ...]) -> StepReport:
        heard = self._exchanges.all[self._began_at :]
        judged = worst_of(judged)
        if not heard:
            return StepReport(step, verdict, why=why, judgements=judged)
        last = heard[-1]
        names = query_names(last.request)
        asked = operation(last.request) + (f" ?{' &'.join(names)}" if names else "")
        shape = type(last.outcome).__name__
        if isinstance(last.outcome, Answer):
            shape = f"{last.outcome.status}, {describe_body(last.outcome.body)}"
        seconds = sum(exchange.seconds for exchange in heard)
        return StepReport(step, verdict, asked, len(heard), seconds, shape, why, judged)

    def _skip(self, why: str, *steps: WalkStep) -> None:
        for step in steps:
            self._tell(StepReport(step, Verdict.NOT_SEEN, why=why))

    def _tell(self, report: StepReport) -> None:
        self._steps.append(report)
        self._on_step(report)

    def _begin(self) -> None:
        self._began_at = len(self._exchanges.all)

    @property
    def _heard(self) -> bool:
        return len(self._exchanges.all) > self._began_at

    @property
    def _last(self) -> Exchange:
        return self._exchanges.all[-1]


def made_up_person(phone: str) -> NewPatient:
    """Somebody who does not exist, with a number of the Tenor series (month + 80)."""
    random = SystemRandom()
    while True:
        born = date(1950, 1, 1) + timedelta(days=random.randrange(18_000))
        number = synthetic(born, random.randrange(500))
        if number is not None:
            return NewPatient("Test", "Gjennomgang", number, (phone,) if phone else ())


def _path_judgements(*, same: bool) -> Iterator[Judgement]:
    verdict = Verdict.HELD if same else Verdict.DID_NOT_HOLD
    yield Judgement(Assumption.RESOURCE_PATH, verdict)
    yield Judgement(Assumption.ID_HEADER_UNUSED, verdict)


def _same_patient(same: bool) -> Iterator[Judgement]:
    why = "the same patient came back" if same else "a second patient was made"
    yield Judgement(Assumption.MAY_OVERWRITE, Verdict.HELD if same else Verdict.DID_NOT_HOLD, why)
