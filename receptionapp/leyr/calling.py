"""One call to Leyr: send it, repeat it where that is allowed, and read what the answer means."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from receptionapp.domain.clinic import Action, Capabilities, Support
from receptionapp.domain.problem import Problem
from receptionapp.leyr.error_mapping import error_from_answer, is_from_leyr
from receptionapp.leyr.errors import (
    AnswerUnreadable,
    AppointmentNotFound,
    LeyrError,
    NotFound,
    NotSupported,
    TooManyRequests,
)
from receptionapp.leyr.exchange import Answer, Request
from receptionapp.leyr.pace import delay_before_next
from receptionapp.leyr.transport import AnswerOrError, Transport

_log = logging.getLogger(__name__)

T = TypeVar("T")

Sleep = Callable[[float], Awaitable[None]]
OnWait = Callable[[LeyrError, float], None]
"""Hears why a read has failed that is tried again, and in how many seconds."""
OnLateAnswer = Callable[[T | LeyrError], None]
"""Hears how a write ended whose caller had left or had been told `NoAnswer`. Called on the event loop, at most once."""

LONGEST_RETRYING = 60.0  # seconds; no try of a read begins later than this after the first
PARSE_IN_THREAD_FROM = 200_000  # bytes; a larger answer to a read is parsed on another thread

# Calls that some EHRs lack. For the others a 404 or 405 is a wrong address, and must not grey out half the program.
_OPTIONAL = frozenset(
    {Action.SEARCH_PATIENTS, Action.GET_PATIENT, Action.CANCEL, Action.LIST_APPOINTMENTS, Action.MOVE}
)


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request with what its answer means. `missing` is what a 404 stands for when the path ends in an id."""

    request: Request
    parse: Callable[[bytes], T]
    action: Action | None = None
    missing: type[LeyrError] | None = None


class Caller:
    """Makes calls over one transport, and learns from the answers what the EHR can't do."""

    def __init__(
        self, transport: Transport, known: Capabilities, sleep: Sleep, on_wait: OnWait | None, *, persistent: bool
    ) -> None:
        self._transport = transport
        self._sleep = sleep
        self._on_wait = on_wait
        self._persistent = persistent
        self._reads_wait_until = 0.0
        self._parsing = asyncio.Lock()  # one at a time: with each more the window waits longer for the interpreter
        self.capabilities = known

    async def read(self, call: Call[T]) -> T:
        """Ask, again and again by the rules of `pace.py`. Raises `LeyrError`."""
        clock = asyncio.get_running_loop().time
        began = clock()
        attempt = 1
        while True:
            if (wait := self._reads_wait_until - clock()) > 0:
                await self._sleep(wait)
            try:
                return await self._read_once(call)
            except LeyrError as error:
                delay = delay_before_next(error, attempt, write=False)
                if not self._persistent or delay is None or clock() + delay > began + LONGEST_RETRYING:
                    raise
                if self._on_wait:
                    self._on_wait(error, delay)
                told_to_wait = isinstance(error, TooManyRequests)
            if told_to_wait:  # and if one read was, all of them do
                self._reads_wait_until = max(self._reads_wait_until, clock() + delay)
            else:
                await self._sleep(delay)
            attempt += 1

    async def write(self, call: Call[T], on_late: OnLateAnswer[T] | None) -> T:
        """Ask once; again only if nothing left this machine: assumes NO_IDEMPOTENCY. Raises `LeyrError`, whose
        `may_have_happened` counts."""

        def hear(outcome: AnswerOrError) -> None:
            settled = self._settle(call, outcome)
            if on_late:
                on_late(settled)

        try:
            answer = await self._transport.send(call.request, hear)
        except LeyrError as error:
            delay = delay_before_next(error, 1, write=True)
            if delay is None:
                raise
            await self._sleep(delay)
            answer = await self._transport.send(call.request, hear)
        return self._understand(call, answer)  # at once: a caller cancelled while it is parsed would lose the outcome

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def _read_once(self, call: Call[T]) -> T:
        answer = await self._transport.send(call.request)
        if len(answer.body) > PARSE_IN_THREAD_FROM:
            self._check(call, answer)
            async with self._parsing:
                return await asyncio.to_thread(call.parse, answer.body)
        return self._understand(call, answer)

    def _settle(self, call: Call[T], outcome: AnswerOrError) -> T | LeyrError:
        if isinstance(outcome, LeyrError):
            return outcome
        try:
            return self._understand(call, outcome)
        except LeyrError as error:
            return error

    def _understand(self, call: Call[T], answer: Answer) -> T:
        """Raises `LeyrError`, whatever a library raises over an odd answer."""
        try:
            self._check(call, answer)
            return call.parse(answer.body)
        except LeyrError:
            raise
        except Exception as failure:
            _log.warning("an answer ended in %s", type(failure).__name__)
            raise AnswerUnreadable from None

    def _check(self, call: Call[T], answer: Answer) -> None:
        error = error_from_answer(answer)
        if error is None:
            return
        if isinstance(error, NotFound):
            error = self._meaning_of_404(call, error, by_leyr=is_from_leyr(answer))
        if isinstance(error, NotSupported) and call.action and (call.action in _OPTIONAL or error.status == 400):
            self.capabilities = self.capabilities.without(call.action)
        raise error

    def _meaning_of_404(self, call: Call[T], error: NotFound, *, by_leyr: bool) -> LeyrError:
        """With an id in the path it is the id that is not found (`leyr-api.md` 12.23, assumes UNKNOWN_IDS), unless the
        call itself may not be there (12.3). Only Leyr's own 404 means that an appointment is gone: gateways answer 404
        too."""
        support = self.capabilities.support.get(call.action, Support.UNKNOWN) if call.action else Support.UNKNOWN
        if call.missing:
            kind = NotSupported if support is Support.NO else call.missing
        else:
            kind = NotSupported if call.action in _OPTIONAL and support is not Support.YES else NotFound
        problem = Problem(kind.reason, error.problem.details, error.problem.reference)
        unsure = kind is AppointmentNotFound and call.action is Action.CANCEL and not by_leyr
        return kind(problem, may_have_happened=error.may_have_happened or unsure, status=error.status)
