"""Carries requests to Leyr and answers back. The only module that knows httpx, which has had no release since
December 2024 and may have to be replaced (`docs/decisions/0003-one-transport.md`).

A request that has started is cancelled by nothing but its own deadline: cancelling leaks connections in httpx 0.28.1
until every request fails (https://github.com/encode/httpcore/issues/1093), and a cancelled write would be one whose
outcome nobody hears. Callers may leave; the request goes on in a task of its own, and `on_late` hears how it ended.
"""

import asyncio
import logging
import ssl
import sys
from asyncio import CancelledError, Task
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from socket import gaierror
from typing import Any
from urllib.request import getproxies

import httpx

from receptionapp import __version__
from receptionapp.domain.problem import Problem
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import (
    AddressNotFound,
    AnswerUnreadable,
    Closing,
    LeyrError,
    LineBroken,
    NoAnswer,
    Offline,
    ProxyUnusable,
    TlsFailed,
)
from receptionapp.leyr.exchange import Answer, ConnectionMilestone, Exchange, Request
from receptionapp.leyr.pace import Limits, Pace

_log = logging.getLogger(__name__)

# httpx logs every URL at INFO, and a URL can hold a patient's name or id.
for _chatty in ("httpx", "httpcore"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)

# Without this line httpx and httpcore look for sniffio on the disk six times a request, on the UI thread.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

AnswerOrError = Answer | LeyrError
OnLateOutcome = Callable[[AnswerOrError], None]
OnMilestone = Callable[[ConnectionMilestone], None]
OnExchange = Callable[[Exchange], None]
AsgiApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]

# Shorter than the idle time after which common servers hang up (uvicorn: 5 s). A write sent into a connection that is
# just being closed comes back as "line broken", and a person would have to settle whether it happened.
_IDLE_SECONDS = 4.0
_MILESTONES = {  # httpcore's events, without the "connection." or "proxy." before
    "connect_tcp.complete": ConnectionMilestone.ADDRESS,
    "start_tls.started": ConnectionMilestone.ADDRESS,
    "start_tls.complete": ConnectionMilestone.SAFE,
}
_POOL = httpx.Limits(max_connections=20, max_keepalive_connections=8, keepalive_expiry=_IDLE_SECONDS)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `connect` to get a line, `read` the longest silence in a read's answer, `total` the longest that a
    caller waits once its request has started. It goes on for `listen` after that, whatever comes, so that a late
    answer can settle a write."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 35.0
    listen: float = 120.0
    close: float = 3.0


class _InProcess(httpx.ASGITransport):
    """The sandbox inside this process, as it would be over a socket: a line that it cuts is cut, and its crash is an
    answer of 500."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except httpx.TransportError:
            raise
        except Exception:
            return httpx.Response(500, request=request)


class Transport:
    """One HTTP client for one connection, used from one event loop. Opened by the first request."""

    def __init__(
        self,
        connection: Connection,
        *,
        timeouts: Timeouts | None = None,
        limits: Limits | None = None,
        largest_answer: int = 32_000_000,
        asgi_app: AsgiApp | None = None,
        on_reached: OnMilestone | None = None,
        on_exchange: OnExchange | None = None,
    ) -> None:
        """`largest_answer` is in bytes, decompressed. With `asgi_app` no socket is opened: the app in this process
        answers (practice mode). `on_reached` hears how far a request has come, `on_exchange` of each that ended."""
        self._connection = connection
        self._timeouts = timeouts or Timeouts()
        self._pace = Pace(limits or Limits())
        self._largest_answer = largest_answer
        self._asgi_app = asgi_app
        self._on_reached = on_reached
        self._on_exchange = on_exchange
        self._running: set[Task[AnswerOrError]] = set()
        self._given_up: set[Task[AnswerOrError]] = set()
        self._opening = asyncio.Lock()
        self._client: httpx.AsyncClient | None = None
        self._trust: ssl.SSLContext | None = None
        self._worn_out: list[httpx.AsyncClient] = []
        self._closed = False

    async def send(self, request: Request, on_late: OnLateOutcome | None = None) -> Answer:
        """Wait for a turn, send, and return the answer whatever its status. Raises `NeverSent`, `NoAnswer`,
        `LineBroken` or `AnswerUnreadable`. If the caller is gone, `on_late` is called once with the outcome."""
        await self._pace.wait_for_turn(write=request.write)
        task = asyncio.create_task(self._carry(request))
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            await asyncio.wait({task}, timeout=self._timeouts.total)
        except CancelledError:
            _tell(task, on_late)  # even if it ended in the same breath: nobody else will hear of it
            raise
        if not task.done():
            _tell(task, on_late)
            self._give_up(task)
            raise NoAnswer
        outcome = _outcome(task)
        if isinstance(outcome, LeyrError):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Refuse new requests, give those under way `Timeouts.close` seconds, then cut them off."""
        self._closed = True
        self._pace.close()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._timeouts.close)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for client in filter(None, (self._client, *self._worn_out)):
            await client.aclose()

    def _give_up(self, task: Task[AnswerOrError]) -> None:
        """It goes on listening, but holds up nobody: a few writes without an answer would stop everything else."""
        self._given_up.add(task)
        self._pace.release_turn()

    def _ended(self, task: Task[AnswerOrError]) -> None:
        self._running.discard(task)
        if task in self._given_up:
            self._given_up.discard(task)
        else:
            self._pace.release_turn()

    async def _carry(self, request: Request) -> AnswerOrError:
        began = asyncio.get_running_loop().time()
        outcome = await self._outcome_of(request)
        if self._on_exchange:
            self._on_exchange(Exchange(request, outcome, asyncio.get_running_loop().time() - began))
        return outcome

    async def _outcome_of(self, request: Request) -> AnswerOrError:
        try:
            return await self._exchange(request)
        except LeyrError as error:
            return error
        except (httpx.HTTPError, httpx.StreamError, OSError) as failure:
            return _network_error(failure)
        except Exception as failure:  # what the libraries raise beside their own families, perhaps after sending
            _log.warning("a request ended in %s", type(failure).__name__)
            return LineBroken()

    async def _exchange(self, request: Request) -> Answer:
        """One deadline for all of it, however slowly an answer drips. A read that it cuts off may leak its place in the
        pool, which `_read_from_pool` makes good."""
        exchange = self._write_alone if request.write else self._read_from_pool
        try:
            async with asyncio.timeout(self._timeouts.total + self._timeouts.listen):
                return await exchange(request)
        except TimeoutError:
            raise NoAnswer from None

    async def _write_alone(self, request: Request) -> Answer:
        """On a connection of its own: one that was used before may hold bytes that would be taken for the answer."""
        await self._open()  # the trust is loaded once, and a closed transport sends nothing
        async with self._make_client() as client:
            return await self._ask(client, request)

    async def _read_from_pool(self, request: Request) -> Answer:
        client = await self._open()
        try:
            return await self._ask(client, request)
        except httpx.PoolTimeout:  # the leak of httpcore#1093 after all: nothing was sent, so begin afresh, once
            _log.warning("no connection left in the pool; starting a new one")
            return await self._ask(await self._open(instead_of=client), request)

    async def _ask(self, client: httpx.AsyncClient, request: Request) -> Answer:
        silence = self._timeouts.listen if request.write else self._timeouts.read
        async with client.stream(
            request.method,
            self._connection.url + request.target,
            content=request.body,
            headers={"Content-Type": "application/json"} if request.body is not None else None,
            timeout=httpx.Timeout(silence, connect=self._timeouts.connect, pool=self._timeouts.connect),
            extensions={"trace": self._trace} if self._on_reached else None,
        ) as response:
            response.stream = _Whole(response.stream)
            body = await self._read(response)
            headers = response.headers
            names = tuple(dict.fromkeys(name.lower() for name in headers))
            return Answer(response.status_code, body, headers.get("Retry-After"), headers.get("Date"), names)

    async def _trace(self, event: str, _info: Mapping[str, Any]) -> None:
        """Behind a proxy it is the proxy that is reached first; Leyr is, when TLS is begun through it."""
        reached = _MILESTONES.get(event.partition(".")[2])
        if event == "connection.connect_tcp.complete" and self._connection.encrypted:
            reached = None
        if reached is not None and self._on_reached is not None:
            self._on_reached(reached)

    async def _read(self, response: httpx.Response) -> bytes:
        """Whoever leaves the loop early leaves httpx's generators half-way, to be ended by the garbage collector
        outside of any task. So an answer that is too long is cut off, and the loop ends by itself."""
        body = bytearray()
        is_too_long = False
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._largest_answer:
                    is_too_long = True
                    body.clear()
                    await response.aclose()
        except (httpx.HTTPError, httpx.StreamError):
            if not is_too_long:
                raise
        if is_too_long:
            raise AnswerUnreadable
        return bytes(body)

    async def _open(self, instead_of: httpx.AsyncClient | None = None) -> httpx.AsyncClient:
        async with self._opening:
            if self._closed:
                raise Closing
            if self._client is None or self._client is instead_of:
                new = await self._new_client()
                if self._client:
                    self._worn_out.append(self._client)  # others may still be reading from it
                self._client = new
            return self._client

    async def _new_client(self) -> httpx.AsyncClient:
        if self._connection.encrypted and self._trust is None:
            self._trust = await asyncio.to_thread(_system_trust)
        return self._make_client()

    def _make_client(self) -> httpx.AsyncClient:
        try:
            return httpx.AsyncClient(
                headers={
                    "Accept": "application/json",
                    "User-Agent": f"receptionapp/{__version__}",
                    "x-leyr-client-id": self._connection.client_id,
                    "x-leyr-client-secret": self._connection.client_secret,
                },
                verify=self._trust or False,  # plain http: loopback only
                transport=_InProcess(self._asgi_app) if self._asgi_app else None,
                trust_env=not self._connection.loopback,
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # one that takes none
                limits=_POOL,
            )
        except (ValueError, ImportError, httpx.InvalidURL):  # such as `all_proxy=socks://…` or `no_proxy=fe80::/10`
            _log.warning("the proxy settings of this computer can't be used")
            names = ", ".join(sorted(f"{kind}_proxy".upper() for kind in getproxies()))
            raise ProxyUnusable(Problem(ProxyUnusable.reason, details=names)) from None


class _Whole(httpx.AsyncByteStream):
    """A body after which its connection is used again only if nothing stands behind it: that would be taken for the
    answer to the next request. httpcore drops a connection whose h11 has failed."""

    def __init__(self, body: Any) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._body:
            yield part
        protocol: Any = self._body
        for inner in ("_stream", "_httpcore_stream", "_stream", "_connection", "_h11_state"):
            protocol = getattr(protocol, inner, None)
        if protocol is not None and protocol.trailing_data[0]:
            protocol.send_failed()

    async def aclose(self) -> None:
        await self._body.aclose()


def _system_trust() -> ssl.SSLContext:
    """The operating system's trust, as clinics' proxies and virus scanners expect. Takes 30 to 130 ms, so never on
    the thread that draws."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _outcome(task: Task[AnswerOrError]) -> AnswerOrError:
    try:
        return task.result()
    except CancelledError:  # cut off by aclose
        return NoAnswer()


def _tell(task: Task[AnswerOrError], on_late: OnLateOutcome | None) -> None:
    if on_late:
        task.add_done_callback(lambda done: on_late(_outcome(done)))


def _network_error(failure: Exception) -> LeyrError:
    """Before or after sending: the one thing that decides whether a write may have happened."""
    match failure:
        case httpx.ConnectError():
            return _connect_error(failure)
        case httpx.ConnectTimeout() | httpx.PoolTimeout() | httpx.ProxyError() | httpx.UnsupportedProtocol():
            return Offline()
        case httpx.ReadTimeout() | httpx.WriteTimeout():
            return NoAnswer()
        case httpx.DecodingError():
            return AnswerUnreadable()
        case _:
            return LineBroken()


def _connect_error(failure: httpx.ConnectError) -> LeyrError:
    cause: BaseException | None = failure
    while cause:
        if isinstance(cause, gaierror):
            return AddressNotFound()
        if isinstance(cause, ssl.SSLError):
            said = getattr(cause, "verify_message", "")  # of the certificate: expired, another host's, unknown issuer
            return TlsFailed(Problem(TlsFailed.reason, details=said))
        cause = cause.__cause__ or cause.__context__
    return Offline()
