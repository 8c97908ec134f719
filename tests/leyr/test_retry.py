from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr import errors
from receptionapp.leyr.errors import LeyrError
from receptionapp.leyr.pace import delay_before_next, seconds_asked_for

NOW = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)


def subclasses(kind: type[LeyrError]) -> list[type[LeyrError]]:
    return [kind, *(below for sub in kind.__subclasses__() for below in subclasses(sub))]


def made(kind: type[LeyrError]) -> LeyrError:
    return errors.IdNotSent(Reason.INPUT_REFUSED) if kind is errors.IdNotSent else kind()


@pytest.mark.parametrize(
    "kind",
    [
        errors.Offline,
        errors.AddressNotFound,
        errors.NoAnswer,
        errors.LineBroken,
        errors.EmrFailed,
        errors.LeyrUnavailable,
    ],
)
def test_a_read_is_sent_again_after_1_5_and_15_seconds(kind: type[LeyrError]) -> None:
    """`leyr-api.md` 6.4."""
    assert [delay_before_next(kind(), attempt, write=False, jitter=0) for attempt in (1, 2, 3, 4)] == [1, 5, 15, None]


def test_jitter_adds_up_to_a_quarter() -> None:
    assert delay_before_next(errors.NoAnswer(), 2, write=False, jitter=1) == 6.25
    assert 5 <= (delay_before_next(errors.NoAnswer(), 2, write=False) or 0) <= 6.25


def test_an_unknown_error_is_tried_twice_more_at_most() -> None:
    """`leyr-api.md` 6.2: reads once or twice."""
    waits = [delay_before_next(errors.Unexpected(), attempt, write=False, jitter=0) for attempt in (1, 2, 3)]
    assert waits == [1, 5, None]


@pytest.mark.parametrize("kind", [*subclasses(errors.Refused), errors.ClientNotAccepted, errors.Redirected])
def test_a_refusal_is_final(kind: type[LeyrError]) -> None:
    assert delay_before_next(kind(), 1, write=False) is None


@pytest.mark.parametrize(("asked", "wait"), [(0.0, 0.0), (7.0, 7.0), (31.0, None)])
def test_retry_after_is_obeyed_or_nothing_is_sent(asked: float, wait: float | None) -> None:
    busy = errors.TooManyRequests(Problem(Reason.TOO_MANY_REQUESTS, retry_after=asked))
    assert delay_before_next(busy, 1, write=False) == wait


def test_429_without_retry_after_backs_off() -> None:
    assert delay_before_next(errors.TooManyRequests(), 1, write=False, jitter=0) == 1


@pytest.mark.parametrize("kind", subclasses(LeyrError))
def test_a_write_is_sent_again_only_if_it_never_left_and_once(kind: type[LeyrError]) -> None:
    """Leyr has no idempotency key, so no write is ever repeated blindly (`leyr-api.md` 6.4)."""
    never_left = kind in (errors.Offline, errors.AddressNotFound)
    assert delay_before_next(made(kind), 1, write=True) == (1 if never_left else None)
    assert delay_before_next(made(kind), 2, write=True) is None


@given(st.integers(min_value=0, max_value=10**8))
def test_seconds_are_read_from_retry_after(seconds: int) -> None:
    assert seconds_asked_for(f" {seconds} ", None) == seconds


@given(st.integers(min_value=-(10**8), max_value=10**8))
def test_a_date_is_read_from_retry_after_and_the_past_means_now(seconds: int) -> None:
    header = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert seconds_asked_for(header, format_datetime(NOW, usegmt=True)) == max(0, seconds)


@given(st.text())
def test_no_retry_after_is_too_odd(text: str) -> None:
    asked = seconds_asked_for(text, format_datetime(NOW, usegmt=True))
    assert asked is None or asked >= 0


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "Mon, 99 Foo 2025"])
def test_an_unreadable_retry_after_is_none(header: str | None) -> None:
    assert seconds_asked_for(header, format_datetime(NOW, usegmt=True)) is None


def test_a_date_is_not_held_against_this_computers_clock() -> None:
    header = format_datetime(NOW, usegmt=True)
    assert seconds_asked_for(header, None) is None
