import asyncio
import gzip
import logging
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from receptionapp.leyr import errors, transport
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.exchange import Answer, Request, get, post
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.transport import AnswerOrError, Timeouts, Transport
from tests.leyr.conftest import UNHURRIED, Reply, Seen, StandIn, free_port, hang_up, says

READ = get(["care-units"])
WRITE = post(["appointments"], {"comment": "fortrolig"})
SHORT = Timeouts(read=0.02, total=0.05, listen=0.02, close=0.02)


@asynccontextmanager
async def transporting(connection: Connection, **options: Any) -> AsyncIterator[Transport]:
    one = Transport(connection, limits=UNHURRIED, **options)
    try:
        yield one
    finally:
        await one.aclose()


async def never(_: Seen) -> None:
    await asyncio.Event().wait()


async def test_every_request_carries_both_credentials(leyr: StandIn, connection: Connection) -> None:
    """`leyr-api.md` 1.2."""
    leyr.will(says([]))
    async with transporting(connection) as one:
        await one.send(READ)
        await one.send(WRITE)
    for seen in leyr.seen:
        assert seen.headers["x-leyr-client-id"] == "the-id"
        assert seen.headers["x-leyr-client-secret"] == "the-secret"
    assert "content-type" not in leyr.seen[0].headers
    assert leyr.seen[1].headers["content-type"] == "application/json"
    assert leyr.seen[1].json == {"comment": "fortrolig"}


async def test_a_request_looks_for_no_module_on_the_disk(
    leyr: StandIn, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    leyr.will(says([]))
    looked_for = []

    class Finder:
        def find_spec(self, name: str, *_: Any) -> None:
            looked_for.append(name)

    async with transporting(connection) as one:
        await one.send(READ)
        monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
        await one.send(READ)
        await one.send(WRITE)
    assert looked_for == []


async def test_connections_are_used_again(leyr: StandIn, connection: Connection) -> None:
    leyr.will(says([]))
    async with transporting(connection) as one:
        for _ in range(3):
            await one.send(READ)
    assert leyr.connections == 1


async def test_any_status_is_an_answer(leyr: StandIn, connection: Connection) -> None:
    leyr.will(Reply(429, b"slow down", {"retry-after": "3"}))
    async with transporting(connection) as one:
        assert await one.send(READ) == Answer(429, b"slow down", "3")


async def test_a_cookie_is_not_kept(leyr: StandIn, connection: Connection) -> None:
    """Whoever stands between could know a desk by it, or with a large one have every later call refused."""
    leyr.will(Reply(200, b"[]", {"set-cookie": "desk=7; Path=/"}))
    async with transporting(connection) as one:
        for _ in range(2):
            await one.send(READ)
    assert [seen.headers.get("cookie") for seen in leyr.seen] == [None, None]


async def test_a_redirect_is_not_followed_and_takes_no_credentials_along(leyr: StandIn, connection: Connection) -> None:
    async with StandIn().serving() as elsewhere:
        elsewhere.will(says([]))
        leyr.will(Reply(307, b"", {"location": f"{elsewhere.url}/steal"}))
        async with transporting(connection) as one:
            assert (await one.send(WRITE)).status == 307
        assert (elsewhere.connections, elsewhere.seen) == (0, [])


async def test_a_closed_port_is_offline_and_nothing_was_sent() -> None:
    async with transporting(Connection(f"http://127.0.0.1:{free_port()}/api", "e", "i", "s")) as one:
        with pytest.raises(errors.Offline) as caught:
            await one.send(WRITE)
    assert not caught.value.may_have_happened
    assert caught.value.problem.reference is None


async def test_an_unknown_host_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_host(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
    async with transporting(Connection("https://leyr.example/api", "e", "i", "s")) as one:
        with pytest.raises(errors.AddressNotFound) as caught:
            await one.send(WRITE)
    assert not caught.value.may_have_happened


@asynccontextmanager
async def impostor() -> AsyncIterator[Connection]:
    """Says something else than a TLS server would."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield Connection(f"https://127.0.0.1:{port}/api", "e", "i", "s")


async def test_a_host_that_cannot_prove_itself_gets_nothing() -> None:
    async with impostor() as connection, transporting(connection) as one:
        with pytest.raises(errors.TlsFailed) as caught:
            await one.send(WRITE)
    assert not caught.value.may_have_happened


@pytest.mark.parametrize("said", ["certificate has expired", "Hostname mismatch", ""])
def test_what_is_wrong_with_a_certificate_is_named(said: str) -> None:
    found = ssl.SSLCertVerificationError(1, "certificate verify failed")
    found.verify_message = said
    failure = httpx.ConnectError("")
    failure.__cause__ = found
    error = transport._network_error(failure)
    assert isinstance(error, errors.TlsFailed)
    assert error.problem.details == said


async def test_trust_is_loaded_off_the_loops_thread_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes 30 to 130 ms, in which nothing would be drawn."""
    threads: list[int] = []
    load = transport._system_trust
    monkeypatch.setattr(transport, "_system_trust", lambda: threads.append(threading.get_ident()) or load())
    async with impostor() as connection, transporting(connection) as one:
        await asyncio.gather(*(one.send(READ) for _ in range(3)), return_exceptions=True)
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


@pytest.mark.parametrize("reply", [hang_up, Reply(200, b'[{"id": "1"', promised=500)])
async def test_a_line_that_breaks_after_sending_leaves_a_write_unknown(
    leyr: StandIn, connection: Connection, reply: Any
) -> None:
    leyr.will(reply)
    async with transporting(connection) as one:
        with pytest.raises(errors.LineBroken) as caught:
            await one.send(WRITE)
    assert caught.value.may_have_happened


async def test_silence_leaves_a_write_unknown(leyr: StandIn, connection: Connection) -> None:
    leyr.will(never)
    async with transporting(connection, timeouts=SHORT) as one:
        with pytest.raises(errors.NoAnswer) as caught:
            await one.send(WRITE)
    assert caught.value.may_have_happened


async def test_an_answer_without_end_is_not_read_to_the_end(leyr: StandIn, connection: Connection) -> None:
    leyr.will(Reply(200, b"x" * 10_001))
    async with transporting(connection, largest_answer=10_000) as one:
        with pytest.raises(errors.AnswerUnreadable):
            await one.send(READ)
        leyr.will(Reply(200, b"x" * 10_000))
        assert len((await one.send(READ)).body) == 10_000


async def test_a_small_answer_that_unpacks_to_a_huge_one_is_refused(leyr: StandIn, connection: Connection) -> None:
    leyr.will(Reply(200, gzip.compress(b"x" * 1_000_000), {"content-encoding": "gzip"}))
    async with transporting(connection, largest_answer=10_000) as one:
        with pytest.raises(errors.AnswerUnreadable):
            await one.send(READ)


async def test_an_answer_that_does_not_unpack_is_unreadable(leyr: StandIn, connection: Connection) -> None:
    leyr.will(Reply(200, b"not gzip", {"content-encoding": "gzip"}))
    async with transporting(connection) as one:
        with pytest.raises(errors.AnswerUnreadable):
            await one.send(READ)


async def test_a_late_answer_reaches_whoever_gave_up(leyr: StandIn, connection: Connection) -> None:
    """An unknown outcome stays open until it is settled, and the server may still settle it."""
    decided, late = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def at_last(_: Seen) -> Reply:
        await decided.wait()
        return says({"id": "a"})

    leyr.will(at_last)
    async with transporting(connection, timeouts=Timeouts(read=0.01, total=0.02)) as one:
        with pytest.raises(errors.NoAnswer):
            await one.send(WRITE, late.set_result)
        decided.set()
        assert await late == Answer(200, b'{"id": "a"}')


async def test_writes_that_are_still_listened_to_hold_up_nobody(leyr: StandIn, connection: Connection) -> None:
    """As many as may be under way got no answer: for two minutes nothing else would have been read or written."""
    leyr.will(never)
    one = Transport(connection, limits=Limits(under_way=2), timeouts=Timeouts(total=0.02, close=0.0))
    try:
        for _ in range(3):
            leyr.arrived.clear()
            with pytest.raises(errors.NoAnswer):
                await one.send(WRITE)
            await leyr.arrived.wait()
    finally:
        await one.aclose()
    assert len(leyr.seen) == 3


async def test_a_cancelled_caller_does_not_cancel_the_request(leyr: StandIn, connection: Connection) -> None:
    """Cancelled requests leak places in the pool (`docs/decisions/0003-one-transport.md`)."""
    decided, late = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def at_last(_: Seen) -> Reply:
        await decided.wait()
        return says({"id": "a"})

    leyr.will(at_last)
    async with transporting(connection) as one:
        caller = asyncio.create_task(one.send(WRITE, late.set_result))
        await leyr.arrived.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        decided.set()
        assert (await late).status == 200


async def test_an_answer_in_the_same_breath_as_the_cancellation_is_not_lost(
    leyr: StandIn, connection: Connection
) -> None:
    late: asyncio.Future[AnswerOrError] = asyncio.get_running_loop().create_future()
    leyr.will(says({"id": "a"}))
    async with transporting(connection) as one:
        caller = asyncio.create_task(one.send(WRITE, late.set_result))
        await leyr.arrived.wait()
        [carrying] = one._running
        carrying.add_done_callback(lambda _: caller.cancel())  # after the answer, before the caller wakes up
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert isinstance(await late, Answer)


async def test_callers_who_leave_do_not_wear_the_connections_out(
    monkeypatch: pytest.MonkeyPatch, leyr: StandIn, connection: Connection
) -> None:
    """https://github.com/encode/httpcore/issues/1093"""
    monkeypatch.setattr(transport, "_POOL", httpx.Limits(max_connections=2))
    leyr.will(says([]))
    async with transporting(connection) as one:
        for steps in range(40):
            caller = asyncio.create_task(one.send(READ))
            for _ in range(steps):
                await asyncio.sleep(0)
            caller.cancel()
            await asyncio.gather(caller, return_exceptions=True)
        assert (await one.send(READ)).status == 200


async def test_a_pool_that_is_worn_out_all_the_same_is_replaced(
    monkeypatch: pytest.MonkeyPatch, leyr: StandIn, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(transport, "_POOL", httpx.Limits(max_connections=1))
    let_go = asyncio.Event()

    async def holds(_: Seen) -> Reply:
        await let_go.wait()
        return says(["held"])

    leyr.will(holds, says(["fresh"]))
    async with transporting(connection, timeouts=Timeouts(connect=0.3)) as one:  # it waits as long for the pool
        holding = asyncio.create_task(one.send(READ))
        await leyr.arrived.wait()
        assert (await one.send(READ)).body == b'["fresh"]'
        let_go.set()
        assert (await holding).body == b'["held"]'
    assert caplog.messages == ["no connection left in the pool; starting a new one"]


async def test_closing_waits_for_what_is_under_way(leyr: StandIn, connection: Connection) -> None:
    decided = asyncio.Event()

    async def at_last(_: Seen) -> Reply:
        await decided.wait()
        return says([])

    leyr.will(at_last)
    one = Transport(connection)
    caller = asyncio.create_task(one.send(WRITE))
    await leyr.arrived.wait()
    closing = asyncio.create_task(one.aclose())
    await asyncio.sleep(0)
    decided.set()
    await closing
    assert (await caller).status == 200


async def test_closing_cuts_off_what_never_ends_and_leaves_it_unknown(leyr: StandIn, connection: Connection) -> None:
    leyr.will(never)
    one = Transport(connection, timeouts=Timeouts(close=0.01))
    caller = asyncio.create_task(one.send(WRITE))
    await leyr.arrived.wait()
    await one.aclose()
    with pytest.raises(errors.NoAnswer):
        await caller


async def test_a_closed_transport_sends_nothing(connection: Connection) -> None:
    one = Transport(connection)
    await one.aclose()
    await one.aclose()
    with pytest.raises(errors.Closing):
        await one.send(WRITE)


async def test_this_machine_is_asked_without_a_proxy(
    monkeypatch: pytest.MonkeyPatch, leyr: StandIn, connection: Connection
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    leyr.will(says([]))
    async with transporting(connection) as one:
        assert (await one.send(READ)).status == 200


async def test_other_machines_are_asked_through_the_systems_proxy(
    monkeypatch: pytest.MonkeyPatch, leyr: StandIn
) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{leyr.port}")
    leyr.will(Reply(407, b""))
    async with transporting(Connection("https://leyr.example/api", "e", "the-id", "the-secret")) as one:
        with pytest.raises(errors.Offline):
            await one.send(WRITE)
    assert [(seen.method, seen.target) for seen in leyr.seen] == [("CONNECT", "leyr.example:443")]
    assert not any(name.startswith("x-leyr") for name in leyr.seen[0].headers)


async def test_a_proxy_setting_that_cannot_be_used_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("all_proxy", "socks://127.0.0.1:1")
    async with transporting(Connection("https://leyr.example/api", "e", "i", "s")) as one:
        with pytest.raises(errors.ProxyUnusable):
            await one.send(READ)
    assert caplog.messages == ["the proxy settings of this computer can't be used"]


async def test_practice_mode_needs_no_socket() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    async with transporting(Connection("http://localhost/api", "e", "i", "s"), asgi_app=app) as one:
        assert (await one.send(READ)).body == b"/api/care-units"


async def test_nothing_of_a_request_is_logged(
    leyr: StandIn, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx logs whole URLs at INFO, and a URL can hold a patient's name."""
    leyr.will(says([]), hang_up)
    with caplog.at_level(logging.DEBUG):
        async with transporting(connection) as one:
            await one.send(get(["patients"], {"last_name": "Nordmann"}))
            with pytest.raises(errors.LineBroken) as caught:
                await one.send(WRITE)
    heard = [record.getMessage() for record in caplog.records if record.name != "asyncio"]
    assert heard == []
    for trace in (str(caught.value), repr(caught.value.__context__), repr(caught.value.__cause__)):
        assert "127.0.0.1" not in trace
    assert "fortrolig" not in repr(WRITE)
    assert "Nordmann" not in repr(get(["patients"], {"last_name": "Nordmann"}))


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[Connection]:
    """A server that says byte for byte what a test wants."""
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(lambda _: writer.close())

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield Connection(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api", "e", "i", "s")
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


@pytest.mark.parametrize("extra", ["HTTP/1.1 200 X\r\ncontent-length: 2\r\n\r\n{}", "\r\n", "HTTP/1.1 200"])
@pytest.mark.parametrize("request_", [READ, WRITE])
async def test_what_stands_behind_an_answer_is_not_taken_for_the_next_one(extra: str, request_: Request) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 2\r\n\r\n[]" + extra.encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n")

    async with serving(serve) as connection, transporting(connection) as one:
        for _ in range(2):
            assert (await one.send(READ)).body == b"[]"
        assert (await one.send(request_)).body == b"[]"


async def test_a_write_has_a_connection_of_its_own(leyr: StandIn, connection: Connection) -> None:
    leyr.will(says([]))
    async with transporting(connection) as one:
        for request_ in (READ, WRITE, WRITE, READ):
            await one.send(request_)
    assert leyr.connections == 3


@pytest.mark.parametrize("drop", [b"x: y\r\n", b"\r\nHTTP/1.1 100 Continue\r\n"], ids=["headers", "100 Continue"])
@pytest.mark.parametrize("request_", [READ, WRITE])
async def test_an_exchange_ends_at_one_deadline_however_slowly_its_answer_drips(drop: bytes, request_: Request) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 100 Continue\r\n")
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.01)

    late: asyncio.Future[AnswerOrError] = asyncio.get_running_loop().create_future()
    async with (
        serving(serve) as connection,
        transporting(connection, timeouts=Timeouts(total=0.05, listen=0.1)) as one,
    ):
        with pytest.raises(errors.NoAnswer):
            await one.send(request_, late.set_result)
        assert isinstance(await late, errors.NoAnswer)


async def test_what_a_library_raises_beside_its_families_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch, leyr: StandIn, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise KeyError("of a library's own")

    leyr.will(says([]))
    async with transporting(connection) as one:
        monkeypatch.setattr(httpx.Response, "aiter_bytes", fail)
        with pytest.raises(errors.LineBroken):
            await one.send(WRITE)
    assert caplog.messages == ["a request ended in KeyError"]


async def test_a_proxy_exception_that_can_not_be_read_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NO_PROXY", "::1,fe80::/10")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    async with transporting(Connection("https://leyr.example/api", "e", "i", "s")) as one:
        with pytest.raises(errors.ProxyUnusable) as caught:
            await one.send(READ)
    assert "NO_PROXY" in caught.value.problem.details
    assert not caught.value.may_have_happened
    assert caplog.messages == ["the proxy settings of this computer can't be used"]
