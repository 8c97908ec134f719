"""What a walk has seen: a verdict for every step and every assumption, for people and for scripts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.leyr.assumptions import Assumption, SeenBy


class Verdict(StrEnum):
    HELD = "held"
    DID_NOT_HOLD = "did not hold"
    NOT_SEEN = "could not be seen"


class WalkStep(StrEnum):
    """In the order in which they are walked. Those from `CREATE_PATIENT` on write."""

    CARE_UNITS = "care units"
    EARLIER = "what an earlier walk left"
    RESOURCES = "resources"
    ONE_RESOURCE = "one resource"
    UNKNOWN_RESOURCE = "a resource that is not there"
    SERVICES = "services"
    TIMESLOTS = "free times of each service"
    TIMESLOTS_OF_RESOURCE = "free times of one resource"
    APPOINTMENTS = "list of appointments"
    CREATE_PATIENT = "create a patient"
    CREATE_AGAIN = "create the same patient again"
    GET_PATIENT = "get the patient"
    BOOK = "book"
    CONFIRM_BOOKING = "enter the code of the booking"
    TIME_TAKEN = "the booked time is offered no more"
    CANCEL = "cancel"
    CONFIRM_CANCEL = "enter the code of the cancellation"
    TIME_FREED = "the cancelled time is offered again"
    CANCEL_AGAIN = "cancel once more"

    @property
    def writes(self) -> bool:
        return list(WalkStep).index(self) >= list(WalkStep).index(WalkStep.CREATE_PATIENT)


@dataclass(frozen=True, slots=True)
class Judgement:
    assumption: Assumption
    verdict: Verdict
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StepReport:
    """`asked` and `shape` tell of the last call of the step, without any value. `seconds` are those of all its
    calls."""

    step: WalkStep
    verdict: Verdict
    asked: str = ""
    calls: int = 0
    seconds: float = 0.0
    shape: str = ""
    why: str = field(default="", repr=False)
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class WalkReport:
    """`left` are appointments of this or an earlier walk that may still stand in the EHR."""

    emr: str
    emr_name: str
    steps: tuple[StepReport, ...] = ()
    left: tuple[OwnAppointment, ...] = ()
    is_to_the_end: bool = False
    requests: int = 0
    wrote: bool = False

    @property
    def is_good(self) -> bool:
        """Walked to the end, and surely nothing is left in the EHR."""
        return self.is_to_the_end and not self.left

    def verdicts(self) -> dict[Assumption, tuple[Verdict, str]]:
        """Of every assumption, the worst that a step saw, and why."""
        found: dict[Assumption, tuple[Verdict, str]] = {}
        for row in Assumption:
            seen = worst_of(tuple(j for step in self.steps for j in step.judgements if j.assumption is row))
            found[row] = (seen[0].verdict, seen[0].why) if seen else (Verdict.NOT_SEEN, f"it takes {_takes(row)}")
        return found


_BADNESS = {Verdict.DID_NOT_HOLD: 0, Verdict.HELD: 1, Verdict.NOT_SEEN: 2}


def worst_of(judged: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Of each assumption the worst, in the order in which they came."""
    worst: dict[Assumption, Judgement] = {}
    for judgement in judged:
        known = worst.setdefault(judgement.assumption, judgement)
        if _BADNESS[judgement.verdict] < _BADNESS[known.verdict]:
            worst[judgement.assumption] = judgement
    return tuple(worst.values())


def _takes(row: Assumption) -> str:
    seen_by = row.value.seen_by
    return {
        SeenBy.READING: "an answer that this walk did not get",
        SeenBy.PATIENTS: "reading about patients, on a test connection",
        SeenBy.WRITING: "writing, on a test connection: --write",
        SeenBy.DESCRIPTION: "the published description: --spec",
        SeenBy.NOBODY_HERE: row.value.sight,
    }[seen_by]


def step_line(step: StepReport) -> str:
    """One line, as soon as the step has ended."""
    took = f" ({step.calls} calls, {step.seconds:.2f} s)" if step.calls > 1 else f" ({step.seconds:.2f} s)"
    return f"{step.verdict.upper():<18} {step.step}{took if step.calls else ''}{f': {step.why}' if step.why else ''}"


def detail_lines(step: StepReport) -> Iterator[str]:
    if step.asked:
        yield f"    asked: {step.asked}"
        yield f"    came:  {step.shape}"
    for judgement in step.judgements:
        why = f": {judgement.why}" if judgement.why else ""
        yield f"    {judgement.assumption.name}: {judgement.verdict}{why}"


def assumption_lines(report: WalkReport) -> Iterator[str]:
    """All of them, those that did not hold first, each of these with what the program does."""
    verdicts = report.verdicts()
    for verdict in (Verdict.DID_NOT_HOLD, Verdict.HELD, Verdict.NOT_SEEN):
        rows = [row for row in Assumption if verdicts[row][0] is verdict]
        yield f"{len(rows)} {verdict}"
        for row in rows:
            why = verdicts[row][1]
            yield f"  {row.name} ({row.value.section}): {row.value.claim}{f': {why}' if why else ''}"
            if verdict is Verdict.DID_NOT_HOLD:
                yield f"    the program: {row.value.otherwise}"


def left_lines(left: Iterable[OwnAppointment], emr_name: str, zone: ZoneInfo) -> Iterator[str]:
    """Of what may still stand. The people are the walk's own, made up."""
    for own in left:
        yield (
            f"May be left: {_when(own.start, zone)}, {own.person.full_name or 'the made-up patient'}. "
            f"Look for it, and cancel it in {emr_name}."
        )


def _when(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def as_json(report: WalkReport) -> dict[str, Any]:
    """For scripts: the same without names of people."""
    return {
        "emr": report.emr,
        "to_the_end": report.is_to_the_end,
        "wrote": report.wrote,
        "requests": report.requests,
        "left": [{"start": own.start.isoformat(), "standing": own.standing.value} for own in report.left],
        "steps": [
            {
                "step": step.step.name.lower(),
                "verdict": step.verdict.value,
                "asked": step.asked,
                "calls": step.calls,
                "seconds": round(step.seconds, 3),
                "came": step.shape,
                "why": step.why,
                "assumptions": {j.assumption.name: j.verdict.value for j in step.judgements},
            }
            for step in report.steps
        ],
        "assumptions": {row.name: {"verdict": v.value, "why": why} for row, (v, why) in report.verdicts().items()},
    }
