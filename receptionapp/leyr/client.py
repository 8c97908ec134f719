"""The Leyr API in the clinic's words: one coroutine a call, domain values in and out (`leyr-api.md` 3).

Every coroutine raises `LeyrError` and nothing else of the network's: any of `errors.py` can come from any call, so a
docstring names only those that are its own. Nothing is cached. Reads are repeated by the rules of `pace.py`; writes
only if they never left.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from receptionapp.domain.appointment import CANCELLED, Appointment, Timeslot
from receptionapp.domain.clinic import Action, Capabilities, CareUnit, HealthcareService, Resource
from receptionapp.domain.patient import NewPatient, Patient
from receptionapp.leyr import wire
from receptionapp.leyr.calling import Call, Caller, OnLateAnswer, OnWait, Sleep
from receptionapp.leyr.capabilities import for_emr
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import AppointmentNotFound, PatientNotFound
from receptionapp.leyr.exchange import get, patch, patient_in_url, post
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.transport import AsgiApp, OnExchange, OnMilestone, Timeouts, Transport

LONGEST_RANGE = timedelta(days=30)  # a call (`leyr-api.md` 3.5): assumes LONGEST_RANGE


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
        sleep: Sleep = asyncio.sleep,
        on_wait: OnWait | None = None,
        persistent: bool = True,
        on_reached: OnMilestone | None = None,
        on_exchange: OnExchange | None = None,
    ) -> None:
        """`known` is what the EHR can do, by default its row of `capabilities.py`. `asgi_app` answers in this process
        instead of the network. `sleep` waits between tries, in seconds, and `on_wait` hears of each such wait.
        `persistent` False: no read is tried again, for those who wait for the verdict. `on_reached` hears how far a
        request has come, `on_exchange` of each request that ended."""
        self._emr = connection.emr
        self.limits = limits or Limits()
        transport = Transport(
            connection,
            timeouts=timeouts,
            limits=self.limits,
            asgi_app=asgi_app,
            on_reached=on_reached,
            on_exchange=on_exchange,
        )
        self._caller = Caller(transport, known or for_emr(connection.emr), sleep, on_wait, persistent=persistent)

    @property
    def capabilities(self) -> Capabilities:
        """What the EHR can do, less what it has answered so far that it can't."""
        return self._caller.capabilities

    async def aclose(self) -> None:
        """Wait up to 3 s for what is under way, then close. Later calls raise `Closing`."""
        await self._caller.aclose()

    async def care_units(self) -> list[CareUnit]:
        """Every clinic or site (3.1). Raises `EmrUnknown` for a wrong EHR code."""
        return await self._caller.read(Call(get(self._path()), wire.care_units))

    async def resources(self, care_unit_id: str) -> list[Resource]:
        """Practitioners, rooms and equipment (3.2)."""
        return await self._caller.read(Call(get(self._path(care_unit_id, "resources")), wire.resources))

    async def resource(self, care_unit_id: str, resource_id: str) -> Resource:
        """One resource (3.2): assumes RESOURCE_PATH. Raises `ResourceGone` or `NotFound`."""
        return await self._caller.read(Call(get(self._path(care_unit_id, "resources", resource_id)), wire.resource))

    async def services(self, care_unit_id: str) -> list[HealthcareService]:
        """Bookable services (3.4)."""
        return await self._caller.read(Call(get(self._path(care_unit_id, "healthcare-services")), wire.services))

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
        of the two filters. Assumes TIMESLOT_PARAMETERS, TIMESLOT_FILTERS and BARE_RESOURCE_IDS. Raises `ResourceGone`
        or `ServiceGone`."""
        parts = []
        for first, last in _ranges(start, end):
            query = {"start": first, "end": last, "resource_id": resource_id, "healthcare_service_id": service_id}
            request = get(self._path(care_unit_id, "timeslots"), query)
            parse = partial(wire.timeslots, resource_id=resource_id, service_id=service_id)
            parts.append(await self._caller.read(Call(request, parse, Action.READ_TIMESLOTS)))
        if len(parts) == 1:
            return parts[0]
        return list(dict.fromkeys(chain.from_iterable(parts)))  # one across a boundary comes with both parts

    async def search_patients(self, care_unit_id: str, *, first_name: str = "", last_name: str = "") -> list[Patient]:
        """Patients by name (3.6); the EHR decides whether the match must be exact. Raises `NotSupported`.

        This is the one call that breaks the rule "nothing personal in a URL": Leyr documents a query string and no
        other way. The URL is encrypted on the way and never logged here, but Leyr's own access logs may hold it.
        Call it only where `capabilities` says it is supported and nothing else finds the patient.
        """
        query = {"first_name": first_name or None, "last_name": last_name or None}
        request = get(self._path(care_unit_id, "patients"), query)
        return await self._caller.read(Call(request, wire.patients, Action.SEARCH_PATIENTS))

    async def get_patient(self, care_unit_id: str, reference: str) -> Patient:
        """One patient by `Patient.reference` (3.7). Raises `PatientNotFound`; `IdNotSent` for a national number, which
        never goes into a URL."""
        request = get(self._path(care_unit_id, "patients", patient_in_url(reference)))
        return await self._caller.read(Call(request, wire.patient, Action.GET_PATIENT, PatientNotFound))

    async def appointments(
        self,
        care_unit_id: str,
        start: datetime,
        end: datetime,
        *,
        patient_reference: str | None = None,
        resource_id: str | None = None,
    ) -> list[Appointment]:
        """Appointments from `start` to `end`, both aware (3.10, assumes LIST_PARAMETERS); one call for each 30 days.
        The list is whole or `AnswerUnreadable` is raised. Raises `NotSupported`, as Konfidens is expected to (8.1);
        `IdNotSent` for a national number."""
        patient = patient_in_url(patient_reference) if patient_reference is not None else None
        found: dict[str, Appointment] = {}
        for first, last in _ranges(start, end):
            query = {"start": first, "end": last, "patient_id": patient, "resource_id": resource_id}
            request = get(self._path(care_unit_id, "appointments"), query)
            parse = partial(wire.appointments, care_unit_id=care_unit_id)
            part = await self._caller.read(Call(request, parse, Action.LIST_APPOINTMENTS))
            found |= {appointment.id: appointment for appointment in part}
        return list(found.values())

    async def create_patient(
        self, care_unit_id: str, new: NewPatient, *, on_late: OnLateAnswer[Patient] | None = None
    ) -> Patient:
        """Create the patient, or get the one who has that number already (3.8): compare the name that comes back.
        An existing patient's contact data may be overwritten. Assumes MAY_OVERWRITE, NUMBER_IN_EXTERNAL_ID and
        PHONES_E164. Raises `FieldMissing` or `InputRefused`."""
        body: dict[str, Any] = {
            "first_name": new.first_name,
            "last_name": new.last_name,
            "external_id": new.national_number,
            "phones": list(new.phones),
            "emails": list(new.emails),
        }
        request = post(self._path(care_unit_id, "patients"), {name: value for name, value in body.items() if value})
        return await self._caller.write(Call(request, wire.patient, Action.CREATE_PATIENT), on_late)

    async def book(
        self,
        care_unit_id: str,
        timeslot: Timeslot,
        patient_reference: str,
        comment: str | None = None,
        *,
        on_late: OnLateAnswer[Appointment] | None = None,
    ) -> Appointment:
        """Book a timeslot just as Leyr offered it (3.9). Look at `status`: it may await a code (4.3). Assumes
        FOUR_VALUES_UNAMBIGUOUS and COMMENT_LIMIT.

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
        parse = partial(wire.appointment, care_unit_id=care_unit_id, known=timeslot)
        return await self._caller.write(Call(request, parse, Action.BOOK), on_late)

    async def cancel(
        self,
        care_unit_id: str,
        appointment_id: str,
        comment: str | None = None,
        *,
        known: Timeslot | None = None,
        on_late: OnLateAnswer[Appointment] | None = None,
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
        on_late: OnLateAnswer[Appointment] | None = None,
    ) -> Appointment:
        """Move to other `times` (start and end, aware), another resource, or change the comment (5). Store the id that
        comes back. `known` is the timeslot after the move, as for `cancel`. Assumes ID_AFTER_MOVE, OWN_TIME_ON_MOVE and
        SERVICE_STAYS. Raises `SlotTaken`, `AppointmentNotFound` or `NotSupported`, as Konfidens is expected to (8.1).
        """
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
        on_late: OnLateAnswer[Appointment] | None = None,
    ) -> Appointment:
        """Enter the patient's code for the booking or cancellation that awaits it (4.3, 4.4). `known` as for `cancel`.
        What a wrong code answers is not documented: expect `Refused` with `details`, and let it be entered again.
        Assumes CODE_BOOKS and CODE_RULES."""
        return await self._patch(care_unit_id, appointment_id, {"confirmation": {"code": code}}, known, on_late, None)

    async def _patch(
        self,
        care_unit_id: str,
        appointment_id: str,
        body: dict[str, Any],
        known: Timeslot | None,
        on_late: OnLateAnswer[Appointment] | None,
        action: Action | None,
    ) -> Appointment:
        """Assumes ONE_PATCH_PATH."""
        request = patch(self._path(care_unit_id, "appointments", appointment_id), body)
        parse = partial(wire.appointment, care_unit_id=care_unit_id, known=known)
        return await self._caller.write(Call(request, parse, action, AppointmentNotFound), on_late)

    def _path(self, *below_care_units: str) -> tuple[str, ...]:
        return ("emrs", self._emr, "care-units", *below_care_units)


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
