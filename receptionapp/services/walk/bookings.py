"""The walk's own patient and booking: written down before each is sent, and taken out of the EHR again whatever
happens.

What a walk leaves is found by its comment, so that the next one can cancel it first. Where an answer was lost, the same
wish is sent once more: that is done here only, on a test connection, to a made-up person's booking.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from receptionapp.domain.appointment import Appointment, OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import Action, CareUnit
from receptionapp.domain.intent import Intent, Stage, Verb
from receptionapp.domain.open_task import OpenTask
from receptionapp.domain.patient import NewPatient, Patient, Person
from receptionapp.ledger.errors import LedgerError, LedgerRefusal
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import AppointmentNotFound, LeyrError, Refused
from receptionapp.services.evidence import evidence_from_list
from receptionapp.services.patients import person_from_patient

WALK_USER = "walk"
WALK_COMMENT = "TEST (reception walk)"
"""What marks a booking as a test, in the EHR and in the record."""

LOOKED_BACK, LOOKED_AHEAD = timedelta(days=90), timedelta(days=45)
"""Where bookings of earlier walks are looked for."""

T = TypeVar("T")
AskForCode = Callable[[str], Awaitable[str | None]]
"""Gets the code that Leyr has sent to the patient, for what the text says; None where nobody can tell."""


class WalkBookings:
    """The writes of one walk. None of them is cut short by a cancellation of the walk."""

    def __init__(self, client: LeyrClient, ledger: Ledger, ask_for_code: AskForCode) -> None:
        self._client = client
        self._ledger = ledger
        self._ask_for_code = ask_for_code
        self.booked: list[UUID] = []

    async def create_patient(self, care_unit_id: str, new: NewPatient, today: datetime) -> tuple[Patient, Person]:
        """Raises LeyrError, LedgerError."""
        intent = await self._ledger.prepare_patient()
        made: list[tuple[Patient, Person]] = []

        async def settle(intent_id: UUID, patient: Patient) -> Intent:
            made.append((patient, person_from_patient(patient, today.date(), new)))
            return await self._ledger.settle_patient(intent_id, made[-1][1])

        await _whole(self._carry(intent, lambda: self._client.create_patient(care_unit_id, new), settle))
        return made[-1]

    async def book(self, care_unit_id: str, slot: Timeslot, person: Person) -> OwnAppointment:
        """Raises LeyrError, LedgerError, LedgerRefusal."""
        return await _whole(self._book(care_unit_id, slot, person))

    async def cancel(self, key: UUID) -> OwnAppointment:
        """Raises LeyrError, LedgerError, LedgerRefusal."""
        return await _whole(self._cancel(await self._ledger.appointment(key)))

    async def confirm(self, key: UUID, what: str) -> OwnAppointment:
        """Enter the code. Raises LeyrError, LedgerError, LedgerRefusal; `NoCode` where nobody can tell it."""
        code = await self._ask_for_code(what)
        if code is None:
            raise NoCode
        return await _whole(self._confirm(await self._ledger.appointment(key), code))

    async def standing(self, key: UUID) -> Standing:
        """How it stands by the record. Raises LedgerError."""
        return (await self._ledger.appointment(key)).standing

    async def leftovers(self, units: Sequence[CareUnit], now: datetime) -> tuple[OwnAppointment, ...]:
        """What earlier walks booked and may still stand. Raises LedgerError."""
        found: dict[UUID, OwnAppointment] = {}
        for unit in units:
            for own in await self._ledger.appointments(unit.id, now - LOOKED_BACK, now + LOOKED_AHEAD):
                if own.comment == WALK_COMMENT and _may_stand(own):
                    found[own.key] = own
        return tuple(found.values())

    async def clear(self, keys: Sequence[UUID]) -> tuple[OwnAppointment, ...]:
        """Cancel what stands of these. Those that may still stand afterwards come back. Raises nothing of Leyr's or the
        ledger's."""
        left = []
        for key in keys:
            try:
                own = await _whole(self._clear(key))
            except (LeyrError, LedgerError, LedgerRefusal, NoCode):
                own = await self._ledger.appointment(key)
            if _may_stand(own):
                left.append(own)
        return tuple(left)

    async def _book(self, care_unit_id: str, slot: Timeslot, person: Person) -> OwnAppointment:
        intent, own = await self._ledger.prepare_booking(care_unit_id, slot, person, WALK_COMMENT)
        self.booked.append(own.key)
        send = self._client.book
        await self._carry(
            intent, lambda: send(care_unit_id, slot, person.reference, WALK_COMMENT), self._ledger.settle_booked
        )
        return await self._ledger.appointment(own.key)

    async def _cancel(self, own: OwnAppointment) -> OwnAppointment:
        intent, _ = await self._ledger.prepare_cancel(own.key, WALK_COMMENT)
        await self._carry(intent, lambda: self._ask_to_cancel(own), self._ledger.settle_cancelled)
        return await self._ledger.appointment(own.key)

    async def _ask_to_cancel(self, own: OwnAppointment) -> Appointment:
        """Raises AppointmentNotFound where the ledger has no id either."""
        if own.appointment_id is None:
            raise AppointmentNotFound
        return await self._client.cancel(own.care_unit_id, own.appointment_id, WALK_COMMENT, known=own.timeslot)

    async def _confirm(self, own: OwnAppointment, code: str) -> OwnAppointment:
        intent, handle = await self._ledger.prepare_confirm(own.key)
        confirm = self._client.confirm
        await self._carry(
            intent,
            lambda: confirm(own.care_unit_id, handle, code, known=own.timeslot),
            self._ledger.settle_confirmed,
        )
        return await self._ledger.appointment(own.key)

    async def _carry(
        self, intent: Intent, send: Callable[[], Awaitable[T]], settle: Callable[[UUID, T], Awaitable[object]]
    ) -> None:
        await self._ledger.mark_sent(intent.id)
        try:
            answer = await send()
        except LeyrError as error:
            settled = self._ledger.settle_unknown if error.may_have_happened else self._ledger.settle_refused
            if isinstance(error, AppointmentNotFound) and intent.verb is Verb.CANCEL and not error.may_have_happened:
                settled = self._ledger.settle_gone
            await settled(intent.id, error.problem)
            raise
        await settle(intent.id, answer)

    async def _clear(self, key: UUID) -> OwnAppointment:
        own = await self._settle_lost(await self._ledger.appointment(key))
        if own.standing in (Standing.BOOKED, Standing.AWAITING_CODE, Standing.OTHER):
            own = await self._cancel(own)
        if own.standing is Standing.CANCEL_AWAITING_CODE:
            code = await self._ask_for_code("the cancellation")
            own = own if code is None else await self._confirm(own, code)
        if own.standing is Standing.CANCEL_AWAITING_CODE:  # the code was another's: a new one is sent
            own = await self._cancel(own)
        return own

    async def _settle_lost(self, own: OwnAppointment) -> OwnAppointment:
        """Find out what became of a wish whose answer was lost, as far as that is possible."""
        task = next((task for task in await self._ledger.open_tasks() if task.appointment.key == own.key), None)
        if task is None or task.intent is None or task.intent.stage is not Stage.UNKNOWN:
            return own
        if own.standing is Standing.CANCELLING_UNKNOWN:
            await self._cancel_once_more(own, task.intent)
        elif task.intent.verb is Verb.CONFIRM:
            await self._confirm_is_open(task.intent)
        elif self._client.capabilities.can(Action.LIST_APPOINTMENTS):
            await self._look_in_list(task, task.intent)
        return await self._ledger.appointment(own.key)

    async def _cancel_once_more(self, own: OwnAppointment, intent: Intent) -> None:
        settle = self._ledger.settle_cancelled if intent.verb is Verb.CANCEL else self._ledger.settle_confirmed
        try:
            answer = await self._ask_to_cancel(own)
        except AppointmentNotFound as error:
            if intent.verb is not Verb.CANCEL or error.may_have_happened:
                raise
            await self._ledger.settle_gone(intent.id, error.problem)
        else:
            await settle(intent.id, answer)

    async def _confirm_is_open(self, intent: Intent) -> None:
        """Whether the code was taken does not matter to who cancels: either way it stands by the id that is known."""
        await self._ledger.settle_refused(intent.id, Refused().problem)

    async def _look_in_list(self, task: OpenTask, intent: Intent) -> None:
        own = task.appointment
        listed = await self._client.appointments(
            own.care_unit_id, own.start, own.end, patient_reference=own.person.reference
        )
        answer = evidence_from_list(task, listed).answer
        if answer is not None:
            await self._ledger.settle_booked(intent.id, answer)


class NoCode(Exception):
    """Nobody can tell the code that Leyr has sent."""


def _may_stand(own: OwnAppointment) -> bool:
    return own.standing.takes_time and own.standing is not Standing.COMPLETED


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """To its end, also when the walk is stopped meanwhile: an answer that is on its way must be written down."""
    task = asyncio.create_task(work, name="walk write")
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.cancelled():
            await asyncio.wait([task])
            task.exception()
        raise
