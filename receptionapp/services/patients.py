"""Finding the right patient, and creating one who is not there yet."""

import asyncio
from datetime import date
from types import MappingProxyType

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.clock import Clock
from receptionapp.domain.intent import CreateRequest, Intent, Outcome, ReadFailure, ReadSubject, Verb, WriteNotice
from receptionapp.domain.names import normalise_name, same_person_name
from receptionapp.domain.national_number import (
    Country,
    InvalidNumber,
    NationalNumber,
    NumberOrigin,
    validate_national_number,
)
from receptionapp.domain.patient import NewPatient, Patient, Person, load_phone_rules
from receptionapp.domain.person_search import find_namesakes, has_number, parse_person_search, typed_national_number
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import audit
from receptionapp.ledger.errors import LedgerError, LedgerRefusal, problem_from_ledger_error
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import EmrPeopleFound, HistoryFound, PeopleFound, SimilarPeopleFound, UserNotified

HITS = 20


class Patients:
    """People this clinic's desks have handled, and creating new ones. No outcome is raised; all is told."""

    def __init__(self, client: LeyrClient, ledger: Ledger, store: BookStore, tasks: TaskBag, clock: Clock) -> None:
        self._client = client
        self._ledger = ledger
        self._store = store
        self._tasks = tasks
        self._clock = clock
        self._asked = 0

    def search(self, text: str) -> None:
        """Look in the ledger; the answer comes as `PeopleFound` with the same text. Asks Leyr nothing, since
        every look is logged in the patient's name (`docs/decisions/0008-nothing-is-prefetched-about-people.md`)."""
        self._asked += 1
        self._tasks.start(f"read:people:{self._asked}", self._search(text))  # asyncio may log the names of tasks

    def search_emr(self, care_unit_id: str, text: str) -> None:
        """Look in the EHR by name; the answer comes as `EmrPeopleFound`. Only when a person asks for it: the name goes
        into a URL (`LeyrClient.search_patients`), and the look may be logged in each patient's name."""
        self._tasks.start("read:people in the EHR", self._search_emr(care_unit_id, text))

    def read_history(self, person: Person) -> None:
        """Look in the ledger, and nowhere else, for the person's appointments; the answer comes as `HistoryFound`."""
        self._asked += 1
        self._tasks.start(f"read:history:{self._asked}", self._read_history(person))

    def prepare_for_new(self) -> None:
        """Somebody is about to type a new patient's details: have what judges them ready, and keep no key waiting."""
        self._tasks.start("read:rules of phone numbers", asyncio.to_thread(load_phone_rules))

    def create(self, request: CreateRequest) -> None:
        """Create the patient, or get the one who has the number already (`leyr-api.md` 3.8).

        If the ledger knows somebody whom it may be, nothing is sent and `SimilarPeopleFound` tells; send again with
        `is_new`. A made-up number is never sent to real patients, a doubtful one only `despite` its doubts, which is
        written down.
        """
        self._tasks.start(f"write:patient:{request.id}", self._create(request))

    def accept_person(self, person: Person) -> None:
        """Somebody has looked at the person who came back under another name, and says it is the right one."""
        self._asked += 1
        self._tasks.start(f"write:person:{self._asked}", self._accept(person))

    async def _search(self, text: str) -> None:
        today = self._today()
        try:
            terms = await asyncio.to_thread(parse_person_search, text, today)  # the rules of phone numbers take 70 ms
            people = await self._ledger.find_people(terms, HITS)
            number = typed_national_number(text, today)
            if number is not None and (owners := tuple(person for person in people if has_number(person, number))):
                people, number = owners, None
            latest = {reference: own for reference in find_namesakes(people) if (own := await self._latest(reference))}
        except LedgerError as error:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.PEOPLE, problem_from_ledger_error(error))))
            return
        self._store.apply(PeopleFound(text, people, number is not None, MappingProxyType(latest)))

    async def _latest(self, reference: str) -> OwnAppointment | None:
        """Raises LedgerError."""
        found = await self._ledger.history(Person(reference, "", ""))
        return next((own for own in found if own.standing is not Standing.REFUSED), None)

    async def _search_emr(self, care_unit_id: str, text: str) -> None:
        first_name, _, last_name = normalise_name(text).rpartition(" ")
        try:
            found = await self._client.search_patients(care_unit_id, first_name=first_name, last_name=last_name)
        except LeyrError as error:
            self._store.apply(EmrPeopleFound(text, None))
            self._store.apply(UserNotified(ReadFailure(ReadSubject.PEOPLE, error.problem)))
            return
        today = self._today()
        self._store.apply(EmrPeopleFound(text, tuple(person_from_patient(patient, today) for patient in found[:HITS])))

    async def _read_history(self, person: Person) -> None:
        try:
            found = await self._ledger.history(person)
        except LedgerError as error:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.LEDGER, problem_from_ledger_error(error))))
            return
        self._store.apply(HistoryFound(person.reference, found))

    async def _create(self, request: CreateRequest) -> None:
        if problem := self._wrong_with_number(request):
            self._tell(request, Outcome.REFUSED, None, problem)
            return
        try:
            if not request.is_new and await self._may_be_known(request):
                return
            intent = await self._ledger.prepare_patient()
            if request.is_new:
                await self._ledger.write(
                    lambda e: audit.add_line(e, AuditAction.OVERRIDE, detail="registered_though_alike")
                )
            if request.despite:
                await self._ledger.write(
                    lambda e: audit.add_line(e, AuditAction.OVERRIDE, detail=" ".join(request.despite))
                )
            await self._ledger.mark_sent(intent.id)
        except (LedgerError, LedgerRefusal) as error:
            self._tell(request, Outcome.REFUSED, None, problem_from_ledger_error(error))
            return
        try:
            patient = await self._client.create_patient(request.care_unit_id, request.patient)
        except LeyrError as error:
            await self._settle_not_created(request, intent, error)
            return
        await self._settle_created(request, intent, patient)

    def _wrong_with_number(self, request: CreateRequest) -> Problem | None:
        """Checked here and not on the screen, because every typed number leaves the program through this call."""
        capabilities = self._store.snapshot.capabilities
        country = capabilities.national_number_country if capabilities else Country.NORWAY
        judged = validate_national_number(request.patient.national_number, self._today(), (country,))
        if isinstance(judged, InvalidNumber):
            return None  # none was given; or the EHR's own kind, for the EHR to judge
        if judged.origin is NumberOrigin.SYNTHETIC and not self._store.snapshot.profile.takes_made_up_people:
            return Problem(Reason.MADE_UP_NUMBER)
        return None if set(judged.doubts) <= set(request.despite) else Problem(Reason.NUMBER_DOUBTED)

    async def _may_be_known(self, request: CreateRequest) -> bool:
        new = person_from_patient(Patient(""), self._today(), request.patient)
        known = await self._ledger.find_similar_people(new)
        if known:
            self._store.apply(SimilarPeopleFound(request.id, new, known))
        return bool(known)

    async def _settle_created(self, request: CreateRequest, intent: Intent, patient: Patient) -> None:
        person = person_from_patient(patient, self._today(), request.patient)
        if _is_another(patient, request.patient):
            person = person_from_patient(patient, self._today())
            problem = Problem(Reason.OTHER_PERSON, details=patient.national_number or "")
            unknown = _is_another_number(patient, request.patient)
            await self._settle_quietly(intent, problem, unknown=unknown)
            self._tell(request, Outcome.UNKNOWN if unknown else Outcome.REFUSED, person, problem)
            return
        try:
            await self._ledger.settle_patient(intent.id, person)
        except (LedgerError, LedgerRefusal) as error:
            self._tell(request, Outcome.UNKNOWN, person, problem_from_ledger_error(error))
            return
        self._tell(request, Outcome.DONE, person)

    async def _settle_not_created(self, request: CreateRequest, intent: Intent, error: LeyrError) -> None:
        await self._settle_quietly(intent, error.problem, unknown=error.may_have_happened)
        outcome = Outcome.UNKNOWN if error.may_have_happened else Outcome.REFUSED
        self._tell(request, outcome, None, error.problem)

    async def _settle_quietly(self, intent: Intent, problem: Problem, *, unknown: bool = False) -> None:
        """A creation left open harms nobody: asking again gives the same patient, and a restart closes it."""
        settle = self._ledger.settle_unknown if unknown else self._ledger.settle_refused
        try:
            await settle(intent.id, problem)
        except (LedgerError, LedgerRefusal):
            return

    async def _accept(self, person: Person) -> None:
        try:
            await self._ledger.remember_person(person)
            await self._ledger.write(
                lambda entry: audit.add_line(entry, AuditAction.OVERRIDE, patient=person.reference, detail="other_name")
            )
        except LedgerError as error:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.LEDGER, problem_from_ledger_error(error))))

    def _today(self) -> date:
        return self._clock().astimezone(self._store.snapshot.zone).date()

    def _tell(
        self, request: CreateRequest, outcome: Outcome, person: Person | None, problem: Problem | None = None
    ) -> None:
        self._store.apply(
            UserNotified(WriteNotice(request.id, Verb.CREATE_PATIENT, outcome, person=person, problem=problem))
        )


def _is_another(patient: Patient, wanted: NewPatient) -> bool:
    """Whether the answer names somebody else, by name or by number. What it leaves out tells nothing."""
    if patient.full_name and not same_person_name(wanted.full_name, patient.full_name):
        return True
    return _is_another_number(patient, wanted)


def _is_another_number(patient: Patient, wanted: NewPatient) -> bool:
    """Then nobody knows what became of the one who was to be registered."""
    answered, asked = map(_letters_and_digits, (patient.national_number or "", wanted.national_number))
    return bool(answered and asked) and answered != asked


def _letters_and_digits(number: str) -> str:
    return "".join(filter(str.isalnum, number.rpartition(":")[2])).upper()


def person_from_patient(patient: Patient, today: date, sent: NewPatient | None = None) -> Person:
    """What the ledger keeps of a patient; `sent` fills in what an answer leaves out."""
    first_name = patient.first_name or (sent.first_name if sent else "")
    last_name = patient.last_name or (sent.last_name if sent else "")
    phones = patient.phones or (sent.phones if sent else ())
    number = (sent.national_number if sent else "") or patient.national_number or ""
    judged = validate_national_number(number, today, (Country.NORWAY, Country.SWEDEN))
    birth_date = judged.birth_date if isinstance(judged, NationalNumber) else None
    return Person(patient.reference, first_name, last_name, birth_date, phones[0] if phones else None)
