"""The Leyr API in the clinic's words: one coroutine a call, domain values in and out (`leyr-api.md` 3).

Every coroutine raises `LeyrError` and nothing else of the network's: any of `errors.py` can come from any call, so a
docstring names only those that are its own. Nothing is cached. Reads are repeated by the rules of `retry.py`; writes
only if they never left.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from receptionapp.domain.appointment import CANCELLED, Appointment
from receptionapp.domain.capability import Action, Capabilities, Support
from receptionapp.domain.clinic import CareUnit, HealthcareService, Resource
from receptionapp.domain.patient import NewPatient, Patient
from receptionapp.domain.problem import Problem
from receptionapp.domain.timeslot import Timeslot
from receptionapp.leyr import capabilities, wire
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import (
    AppointmentNotFound,
    LeyrError,
    NotFound,
    NotSupported,
    PatientNotFound,
    TooManyRequests,
)
from receptionapp.leyr.exchange import Answer, Request, get, patch, post
from receptionapp.leyr.ids import patient_in_url
from receptionapp.leyr.judge import judge
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.retry import delay_before_next
from receptionapp.leyr.transport import AsgiApp, Outcome, Timeouts, Transport

T = TypeVar("T")

Read = Callable[[bytes], T]
Late = Callable[[T | LeyrError], None]
"""Hears how a write ended whose caller had left or had been told `NoAnswer`. Called on the event loop, at most once."""

LONGEST_RANGE = timedelta(days=30)  # a call (`leyr-api.md` 3.5)
PATIENCE = 60.0  # seconds; no try of a read begins later than this after the first
PARSED_ASIDE = 200_000  # bytes; a larger answer is read on another thread

# Calls that some EHRs lack. For the others a 404 or 405 is a wrong address, and must not grey out half the program.
_OPTIONAL = frozenset(
    {Action.SEARCH_PATIENTS, Action.GET_PATIENT, Action.CANCEL, Action.LIST_APPOINTMENTS, Action.MOVE}
)


class LeyrClient:
    """One EHR behind Leyr, for one event loop. Close it with `aclose()`."""

    def __init__(
        self,
        connection: Connection,
        *,
        known: Capabilities | None = None,
        timeouts: Timeouts | None = None,
        limits: Limits | None = None,
        asgi_app: AsgiApp | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`known` is what the EHR can do, by default its row of `capabilities.py`. `asgi_app` answers in this process
        instead of the network. `sleep` waits between tries, in seconds."""
        self._emr = connection.emr
        self._capabilities = known or capabilities.for_emr(connection.emr)
        self._transport = Transport(connection, timeouts=timeouts, limits=limits, asgi_app=asgi_app)
        self._sleep = sleep
        self._reads_wait_until = 0.0

    @property
    def capabilities(self) -> Capabilities:
        """What the EHR can do, less what it has answered so far that it can't."""
        return self._capabilities

    async def aclose(self) -> None:
        """Wait up to 3 s for what is under way, then close. Later calls raise `Closing`."""
        await self._transport.aclose()

    async def care_units(self) -> list[CareUnit]:
        """Every clinic or site (3.1). Raises `EmrUnknown` for a wrong EHR code."""
        return await self._read(get(self._path()), wire.care_units)

    async def resources(self, care_unit_id: str) -> list[Resource]:
        """Practitioners, rooms and equipment (3.2)."""
        return await self._read(get(self._path(care_unit_id, "resources")), wire.resources)

    async def resource(self, care_unit_id: str, resource_id: str) -> Resource:
        """One resource (3.2). Raises `ResourceGone` or `NotFound`."""
        return await self._read(get(self._path(care_unit_id, "resources", resource_id)), wire.resource)

    async def services(self, care_unit_id: str) -> list[HealthcareService]:
        """Bookable services (3.4)."""
        return await self._read(get(self._path(care_unit_id, "healthcare-services")), wire.services)

    async def timeslots(
        self,
        care_unit_id: str,
        start: datetime,
        end: datetime,
        *,
        resource_id: str | None = None,
        service_id: str | None = None,
    ) -> list[Timeslot]:
        """Free times from `start` to `end`, both aware (3.5); one call for each 30 days. Konfidens wants at least one
        of the two filters. Raises `ResourceGone` or `ServiceGone`."""
        parts = []
        for first, last in _ranges(start, end):
            query = {"start": first, "end": last, "resource_id": resource_id, "healthcare_service_id": service_id}
            request = get(self._path(care_unit_id, "timeslots"), query)
            read = partial(wire.timeslots, resource_id=resource_id, service_id=service_id)
            parts.append(await self._read(request, read, Action.READ_TIMESLOTS))
        if len(parts) == 1:
            return parts[0]
        return list(dict.fromkeys(chain.from_iterable(parts)))  # one across a boundary comes with both parts

    async def search_patients(self, care_unit_id: str, *, first_name: str = "", last_name: str = "") -> list[Patient]:
        """Patients by name (3.6); whether the match is exact is the EHR's affair. Raises `NotSupported`.

        This is the one call that breaks the rule "nothing personal in a URL": Leyr documents a query string and no
        other way. The URL is encrypted on the way and never logged here, but Leyr's own access logs may hold it.
        Call it only where `capabilities` says it is supported and nothing else finds the patient.
        """
        query = {"first_name": first_name or None, "last_name": last_name or None}
        request = get(self._path(care_unit_id, "patients"), query)
        return await self._read(request, wire.patients, Action.SEARCH_PATIENTS)

    async def get_patient(self, care_unit_id: str, reference: str) -> Patient:
        """One patient by `Patient.reference` (3.7). Raises `PatientNotFound`; `IdNotSent` for a national number, which
        never goes into a URL."""
        request = get(self._path(care_unit_id, "patients", patient_in_url(reference)))
        return await self._read(request, wire.patient, Action.GET_PATIENT, missing=PatientNotFound)

    async def appointments(
        self,
        care_unit_id: str,
        start: datetime,
        end: datetime,
        *,
        patient_reference: str | None = None,
        resource_id: str | None = None,
    ) -> list[Appointment]:
        """Appointments from `start` to `end`, both aware (3.10); one call for each 30 days. The list is whole or
        `AnswerUnreadable` is raised. Raises `NotSupported`, as Konfidens is expected to (8.1); `IdNotSent` for a
        national number."""
        patient = patient_in_url(patient_reference) if patient_reference is not None else None
        found: dict[str, Appointment] = {}
        for first, last in _ranges(start, end):
            query = {"start": first, "end": last, "patient_id": patient, "resource_id": resource_id}
            request = get(self._path(care_unit_id, "appointments"), query)
            part = await self._read(
                request, partial(wire.appointments, care_unit_id=care_unit_id), Action.LIST_APPOINTMENTS
            )
            found |= {appointment.id: appointment for appointment in part}
        return list(found.values())

    async def create_patient(
        self, care_unit_id: str, new: NewPatient, *, on_late: Late[Patient] | None = None
    ) -> Patient:
        """Create the patient, or get the one who has that number already (3.8): compare the name that comes back.
        An existing patient's contact data may be overwritten. Raises `FieldMissing` or `InputRefused`."""
        body: dict[str, Any] = {
            "first_name": new.first_name,
            "last_name": new.last_name,
            "external_id": new.national_number,
            "phones": list(new.phones),
            "emails": list(new.emails),
        }
        request = post(self._path(care_unit_id, "patients"), {name: value for name, value in body.items() if value})
        return await self._write(request, wire.patient, on_late, Action.CREATE_PATIENT)

    async def book(
        self,
        care_unit_id: str,
        timeslot: Timeslot,
        patient_reference: str,
        comment: str | None = None,
        *,
        on_late: Late[Appointment] | None = None,
    ) -> Appointment:
        """Book a timeslot just as Leyr offered it (3.9). Look at `status`: it may await a code (4.3).

        Raises `SlotTaken`, `SlotAmbiguous`, `PatientNotFound`, `ResourceGone`, `ServiceGone`, `CommentTooLong` or
        `InputRefused`; `AnswerUnreadable` for a success without an id, which may have happened.
        """
        body = {
            "start": timeslot.start.isoformat(),
            "end": timeslot.end.isoformat(),
            "patient_id": patient_reference,
            "resource_id": timeslot.resource_id,
            "healthcare_service_id": timeslot.healthcare_service_id,
        }
        request = post(self._path(care_unit_id, "appointments"), body | ({"comment": comment} if comment else {}))
        return await self._write(request, _appointment(care_unit_id, timeslot), on_late, Action.BOOK)

    async def cancel(
        self,
        care_unit_id: str,
        appointment_id: str,
        comment: str | None = None,
        *,
        known: Timeslot | None = None,
        on_late: Late[Appointment] | None = None,
    ) -> Appointment:
        """Cancel (3.11). Look at `status`: where it awaits a code the original still stands, and the code goes to the
        **new** id that comes back (4.4). `known` fills in times that the answer leaves out; without it such an answer
        is `AnswerUnreadable`. Raises `AppointmentNotFound`, `CommentTooLong` or `NotSupported`."""
        body = {"status": CANCELLED} | ({"comment": comment} if comment else {})
        return await self._patch(care_unit_id, appointment_id, body, known, on_late, Action.CANCEL)

    async def update(
        self,
        care_unit_id: str,
        appointment_id: str,
        *,
        times: tuple[datetime, datetime] | None = None,
        resource_id: str | None = None,
        comment: str | None = None,
        known: Timeslot | None = None,
        on_late: Late[Appointment] | None = None,
    ) -> Appointment:
        """Move to other `times` (start and end, aware), another resource, or change the comment (5). Store the id that
        comes back. `known` is the timeslot after the move, as for `cancel`. Raises `SlotTaken`, `AppointmentNotFound`
        or `NotSupported`, as Konfidens is expected to (8.1)."""
        start, end = (moment.isoformat() for moment in times) if times else (None, None)
        body = {"start": start, "end": end, "resource_id": resource_id, "comment": comment}
        given = {name: value for name, value in body.items() if value is not None}
        return await self._patch(care_unit_id, appointment_id, given, known, on_late, Action.MOVE)

    async def confirm(
        self,
        care_unit_id: str,
        appointment_id: str,
        code: str,
        *,
        known: Timeslot | None = None,
        on_late: Late[Appointment] | None = None,
    ) -> Appointment:
        """Enter the patient's code for the booking or cancellation that awaits it (4.3, 4.4). `known` as for `cancel`.
        What a wrong code answers is not documented: expect `Refused` with `details`, and let it be entered again."""
        return await self._patch(care_unit_id, appointment_id, {"confirmation": {"code": code}}, known, on_late, None)

    async def _patch(
        self,
        care_unit_id: str,
        appointment_id: str,
        body: dict[str, Any],
        known: Timeslot | None,
        on_late: Late[Appointment] | None,
        action: Action | None,
    ) -> Appointment:
        request = patch(self._path(care_unit_id, "appointments", appointment_id), body)
        read = _appointment(care_unit_id, known)
        return await self._write(request, read, on_late, action, missing=AppointmentNotFound)

    def _path(self, *below_care_units: str) -> tuple[str, ...]:
        return ("emrs", self._emr, "care-units", *below_care_units)

    async def _read(
        self,
        request: Request,
        read: Read[T],
        action: Action | None = None,
        missing: type[LeyrError] | None = None,
    ) -> T:
        clock = asyncio.get_running_loop().time
        began = clock()
        attempt = 1
        while True:
            if (wait := self._reads_wait_until - clock()) > 0:
                await self._sleep(wait)
            try:
                return await self._understand(await self._transport.send(request), read, action, missing)
            except LeyrError as error:
                delay = delay_before_next(error, attempt, write=False)
                if delay is None or clock() + delay > began + PATIENCE:
                    raise
                busy = isinstance(error, TooManyRequests)
            if busy:  # one read was told to wait: all of them do
                self._reads_wait_until = max(self._reads_wait_until, clock() + delay)
            else:
                await self._sleep(delay)
            attempt += 1

    async def _write(
        self,
        request: Request,
        read: Read[T],
        on_late: Late[T] | None,
        action: Action | None,
        missing: type[LeyrError] | None = None,
    ) -> T:
        def hear(outcome: Outcome) -> None:
            if on_late:
                on_late(self._settle(outcome, read, action, missing))

        try:
            answer = await self._transport.send(request, hear)
        except LeyrError as error:
            delay = delay_before_next(error, 1, write=True)
            if delay is None:
                raise
            await self._sleep(delay)
            answer = await self._transport.send(request, hear)
        return await self._understand(answer, read, action, missing)

    def _settle(
        self, outcome: Outcome, read: Read[T], action: Action | None, missing: type[LeyrError] | None
    ) -> T | LeyrError:
        if isinstance(outcome, LeyrError):
            return outcome
        try:
            self._check(outcome, action, missing)
            return read(outcome.body)
        except LeyrError as error:
            return error

    async def _understand(
        self, answer: Answer, read: Read[T], action: Action | None, missing: type[LeyrError] | None
    ) -> T:
        self._check(answer, action, missing)
        if len(answer.body) > PARSED_ASIDE:
            return await asyncio.to_thread(read, answer.body)
        return read(answer.body)

    def _check(self, answer: Answer, action: Action | None, missing: type[LeyrError] | None) -> None:
        """Raise what the answer stands for, and remember what the EHR said that it can't do."""
        error = judge(answer)
        if error is None:
            return
        if isinstance(error, NotFound):
            error = self._meaning_of_404(error, action, missing)
        if isinstance(error, NotSupported) and action and (action in _OPTIONAL or error.status == 400):
            self._capabilities = self._capabilities.without(action)
        raise error

    def _meaning_of_404(self, error: NotFound, action: Action | None, missing: type[LeyrError] | None) -> LeyrError:
        """With an id in the path it is the id that is not found (`leyr-api.md` 12.23), unless the call itself is not
        expected to be there (12.3). Without one, an optional call is not there unless it is known to be."""
        support = self._capabilities.support.get(action, Support.UNKNOWN) if action else Support.UNKNOWN
        absent = support is Support.NO if missing else action in _OPTIONAL and support is not Support.YES
        kind = NotSupported if absent else missing or NotFound
        problem = Problem(kind.reason, error.problem.details, error.problem.reference)
        return kind(problem, may_have_happened=error.may_have_happened, status=error.status)


def _appointment(care_unit_id: str, known: Timeslot | None) -> Read[Appointment]:
    return partial(wire.appointment, care_unit_id=care_unit_id, known=known)


def _ranges(start: datetime, end: datetime) -> Iterator[tuple[str, str]]:
    """Cut a range into parts of at most 30 days of 24 hours, as text with a numeric offset (`leyr-api.md` 1.3)."""
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a time without a zone")
    zone, last = start.tzinfo, end.astimezone(UTC)
    first = start.astimezone(UTC)
    while first < last:
        cut = min(first + LONGEST_RANGE, last)
        yield first.astimezone(zone).isoformat(), cut.astimezone(zone).isoformat()
        first = cut
