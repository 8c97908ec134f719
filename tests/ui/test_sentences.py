"""Every outcome and every reason is a sentence for a receptionist, whole and without gaps."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.intent import Outcome, ReadFailure, ReadSubject, Verb, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr import errors
from receptionapp.leyr.connection import BadConnection, Connection
from receptionapp.sentences.failures import connection_failure_text, problem_text
from tests.qt_loop import application
from ui.language import Language
from ui.words.sentences import notice_sentence, read_failure_sentence

OSLO = ZoneInfo("Europe/Oslo")
START = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
KARI = Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3))


@pytest.fixture(params=["nb", "en"], autouse=True)
def language(request: pytest.FixtureRequest):
    application()
    spoken = Language()
    spoken.use(request.param)
    yield request.param
    spoken.use("en")


def whole(sentence: str) -> bool:
    """Ends like a sentence, and shows neither a gap nor a code."""
    return bool(re.search(r"[.”»:)]$", sentence)) and not re.search(r"[{}]|None|  |: \.|_[a-z]+_", sentence)


def an_appointment(standing: Standing = Standing.BOOKED) -> OwnAppointment:
    slot = Timeslot(START, START + timedelta(minutes=20), "r1", "s1")
    return OwnAppointment(uuid4(), "u1", slot, KARI, standing)


def test_every_reason_has_a_sentence() -> None:
    for reason in Reason:
        for problem in (
            Problem(reason),
            Problem(reason, "Ugyldig verdi", "ref-1", "patient_id", 30.0),
            Problem(reason, "{curly} details", retry_after=0.4),
        ):
            said = problem_text(problem, "Konfidens")
            assert whole(said.replace("{curly}", "")), said


@pytest.mark.parametrize("problem", [None, Problem(Reason.NO_ANSWER, reference="ref-1")])
def test_every_outcome_of_every_verb_has_a_sentence(problem: Problem | None) -> None:
    own = an_appointment()
    for verb, outcome in product(Verb, set(Outcome) - {Outcome.HALF_DONE}):
        sentence = notice_sentence(WriteNotice(uuid4(), verb, outcome, own, KARI, problem, old=own), OSLO, "Konfidens")
        assert whole(sentence.what), sentence.what
        assert not sentence.why or whole(sentence.why), sentence.why
        assert "Kari Nordmann" in sentence.what or verb is Verb.CREATE_PATIENT
        assert sentence.reference == (problem.reference if problem else None)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.REFUSED, Outcome.UNKNOWN])
def test_an_outcome_about_nobody_is_a_sentence_too(verb: Verb, outcome: Outcome) -> None:
    sentence = notice_sentence(WriteNotice(uuid4(), verb, outcome, problem=Problem(Reason.REFUSED)), OSLO, "Konfidens")
    assert not re.search(r"[{}]|: \.", sentence.what), sentence.what


def test_what_happened_to_the_appointment_comes_first_then_why_then_the_reference(language: str) -> None:
    notice = WriteNotice(
        uuid4(), Verb.BOOK, Outcome.REFUSED, an_appointment(), problem=Problem(Reason.SLOT_TAKEN, "", "r-9")
    )
    text = notice_sentence(notice, OSLO, "Konfidens").text
    if language == "en":
        assert text.startswith("Not booked: Kari Nordmann, born 03.03.1980, Tue 24 Nov 09:20–09:40. This time is no")
        assert text.endswith("Reference: r-9")
    else:
        assert text.index("Kari Nordmann") < text.index("r-9")


@pytest.mark.parametrize("reading", ReadSubject)
def test_every_failed_reading_has_a_sentence(reading: ReadSubject) -> None:
    sentence = read_failure_sentence(ReadFailure(reading, Problem(Reason.OFFLINE)), "Konfidens")
    assert whole(sentence.what)
    assert whole(sentence.why)


@pytest.mark.parametrize(
    "parts",
    [
        ("ftp://x/api", "konfidens", "id", "secret"),
        ("http://api.leyr.io/api", "konfidens", "id", "secret"),
        ("https://", "konfidens", "id", "secret"),
        ("https://x y/api", "konfidens", "id", "secret"),
        ("https://me@x/api", "konfidens", "id", "secret"),
        ("https://x:nine/api", "konfidens", "id", "secret"),
        ("https://x/api", "", "id", "secret"),
        ("https://x/api", "konfidens", "i d", "secret"),
        ("https://x/api", "konfidens", "id", "sec\nret"),
    ],
)
def test_a_connection_that_cannot_be_one_is_said_without_the_secret(parts: tuple[str, str, str, str]) -> None:
    with pytest.raises(BadConnection) as raised:
        Connection(*parts)
    said = connection_failure_text(raised.value, "konfidens")
    assert whole(said), said
    assert "ret" not in said.split() or "sec" not in said


def test_an_error_of_leyr_is_said_with_its_reference() -> None:
    said = connection_failure_text(
        errors.ClientNotAccepted(Problem(Reason.CLIENT_NOT_ACCEPTED, reference="abc-1")), "konfidens"
    )
    assert said.endswith("abc-1")
