"""What can go wrong between a client and Leyr, and when it is to go wrong."""

import fnmatch
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from threading import Lock


class FaultKind(StrEnum):
    """What a call gets instead of its answer, or what happens to its answer."""

    NONE = "none"
    """The right answer; for a fault that is only slow."""

    UNAVAILABLE = "unavailable"
    EMR_ERROR = "emr_error"
    UNKNOWN_ERROR = "unknown_error"
    UNKNOWN_ERROR_CODE = "unknown_error_code"
    SEVERAL_ERRORS = "several_errors"
    ERRORS_MISSING = "errors_missing"
    TOO_MANY_REQUESTS = "too_many_requests"
    HTML = "html"
    DROPPED = "dropped"
    """The connection closes without an answer."""

    TRUNCATED = "truncated"
    """The connection closes half-way through the answer."""

    BROKEN_JSON = "broken_json"
    """A whole HTTP answer whose JSON stops half-way."""

    NULL_FIELDS = "null_fields"
    """The right answer with null in every optional field."""

    OTHERWISE = "otherwise"
    """A success about something else: what is booked is told as cancelled and the other way round, and what is no
    appointment is left out. (UNK; what a cache or a gateway in between may do.)"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail (`leyr-api.md` 11)."""

    mishap: FaultKind = FaultKind.NONE
    status: int = 500
    """The HTTP status of an `EMR_ERROR`."""

    delay: float = 0.0
    """Seconds to wait before anything happens, the write included."""

    after_effect: bool = False
    """Whether the request was carried out before it went wrong. Always so where the answer itself is spoiled."""

    retry_after: int | None = None
    """Seconds in the `Retry-After` of a 429."""


FAULTS = {
    "unavailable": Fault(FaultKind.UNAVAILABLE),
    "emr_error_400": Fault(FaultKind.EMR_ERROR, status=400),
    "emr_error_401": Fault(FaultKind.EMR_ERROR, status=401),
    "emr_error_500": Fault(FaultKind.EMR_ERROR, status=500),
    "unknown_error": Fault(FaultKind.UNKNOWN_ERROR),
    "html_502": Fault(FaultKind.HTML),
    "rate_limited": Fault(FaultKind.TOO_MANY_REQUESTS),
    "rate_limited_retry_after": Fault(FaultKind.TOO_MANY_REQUESTS, retry_after=1),
    "slow": Fault(delay=1.0),
    "drop_before": Fault(FaultKind.DROPPED),
    "drop_after": Fault(FaultKind.DROPPED, after_effect=True),
    "truncated": Fault(FaultKind.TRUNCATED),
    "broken_json": Fault(FaultKind.BROKEN_JSON),
    "errors_missing": Fault(FaultKind.ERRORS_MISSING),
    "several_errors": Fault(FaultKind.SEVERAL_ERRORS),
    "unknown_error_code": Fault(FaultKind.UNKNOWN_ERROR_CODE),
    "null_optional_fields": Fault(FaultKind.NULL_FIELDS),
    "otherwise": Fault(FaultKind.OTHERWISE),
}
"""The faults by name. Vary one with `dataclasses.replace`, such as `replace(FAULTS["slow"], delay=0.01)`."""


@dataclass(frozen=True, slots=True)
class FaultRule:
    """When a fault strikes: on `times` more calls, or on each call with the chance `rate`."""

    fault: Fault
    method: str = "*"
    path: str = "*"
    """A pattern with `*` and `?` for the path, which starts with `/api/emrs/`."""

    times: int | None = None
    rate: float = 1.0

    def matches(self, method: str, path: str) -> bool:
        return fnmatch.fnmatchcase(method, self.method) and fnmatch.fnmatchcase(path, self.path)


class FaultPlan:
    """The faults to come. The first rule that matches a call and strikes decides; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rules: list[tuple[FaultRule, Random]] = []

    def next_calls(self, fault: Fault | str, times: int = 1, *, method: str = "*", path: str = "*") -> None:
        """`fault`, or the one of that name, on the next `times` calls that match. Raises KeyError for no such name."""
        self.add(FaultRule(_fault(fault), method, path, times=times))

    def at_rate(self, fault: Fault | str, rate: float, *, seed: int = 0, method: str = "*", path: str = "*") -> None:
        """`fault` on each call that matches with the chance `rate`, 0 to 1, decided by `seed`. Raises KeyError."""
        self.add(FaultRule(_fault(fault), method, path, rate=rate), seed=seed)

    def add(self, rule: FaultRule, *, seed: int = 0) -> None:
        with self._lock:
            self._rules.append((rule, Random(seed)))  # noqa: S311 - chance for tests, not secrets

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def rules(self) -> list[FaultRule]:
        """What may still strike, with the calls that are left of each."""
        with self._lock:
            return [rule for rule, _ in self._rules]

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for this call, if any; counts it."""
        with self._lock:
            for index, (rule, chance) in enumerate(self._rules):
                if rule.matches(method, path) and chance.random() < rule.rate:
                    if rule.times == 1:
                        del self._rules[index]
                    elif rule.times is not None:
                        self._rules[index] = (replace(rule, times=rule.times - 1), chance)
                    return rule.fault
        return None


def _fault(fault: Fault | str) -> Fault:
    return FAULTS[fault] if isinstance(fault, str) else fault
