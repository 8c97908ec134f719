"""The app: Leyr under `/api`, the sandbox's own controls under `/sandbox`, the documentation under `/docs`."""

import asyncio
import socket
import sys
from asyncio import Transport
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from receptionapp.sandbox import control_routes, errors, routes
from receptionapp.sandbox.errors import LeyrProblem
from receptionapp.sandbox.faults import CLOSE_CONNECTION, FaultLayer
from receptionapp.sandbox.sandbox import Sandbox

ENDPOINTS = (
    *routes.reading_endpoints,
    *routes.patient_endpoints,
    *routes.appointment_endpoints,
    *control_routes.endpoints,
)


def create_app(sandbox: Sandbox) -> Starlette:
    """The app that serves `sandbox`, which the caller closes. A dropped connection is `httpx.RemoteProtocolError` in
    process."""
    app = Starlette(
        routes=[*(endpoint.route for endpoint in ENDPOINTS), Route("/openapi.json", _openapi), Route("/docs", _docs)],
        middleware=[Middleware(FaultLayer, plan=sandbox.faults)],
        exception_handlers={LeyrProblem: _problem, HTTPException: _no_such_address, Exception: _crash},
    )
    app.state.sandbox = sandbox
    return app


def openapi(sandbox: Sandbox) -> dict[str, object]:
    """The specification. Made only when it is asked for: practice mode never does."""
    from receptionapp.sandbox.specification import specification

    return specification(sandbox.profile.name, ENDPOINTS)


async def _openapi(request: Request) -> JSONResponse:
    return JSONResponse(openapi(request.app.state.sandbox))


async def _docs(request: Request) -> HTMLResponse:
    from receptionapp.sandbox.specification import docs_page

    return HTMLResponse(docs_page(openapi(request.app.state.sandbox)))


async def _problem(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, LeyrProblem)  # noqa: S101 - how it was registered
    return JSONResponse(problem.body(), problem.status)


async def _no_such_address(_: Request, error: Exception) -> JSONResponse:
    """INF 6.2: no page tells how Leyr answers for an unknown path or method; the shape is kept."""
    assert isinstance(error, HTTPException)  # noqa: S101
    problem = errors.unknown_error(error.status_code, error.detail)
    return JSONResponse(problem.body(), problem.status, error.headers)


async def _crash(_: Request, __: Exception) -> JSONResponse:
    problem = errors.unknown_error()
    return JSONResponse(problem.body(), problem.status)


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """Where a client finds the sandbox, and the sandbox itself."""

    url: str
    """The base URL of Leyr, such as `http://127.0.0.1:4711/api`."""

    sandbox: Sandbox

    @property
    def emr(self) -> str:
        return self.sandbox.profile.emr

    @property
    def client_id(self) -> str:
        return self.sandbox.client_id

    @property
    def client_secret(self) -> str:
        return self.sandbox.client_secret


@contextmanager
def run_in_thread(sandbox: Sandbox) -> Iterator[RunningSandbox]:
    """Serve `sandbox`, which the caller closes, on a free loopback port; stop at once at the end."""
    app = create_app(sandbox)
    listening = listening_socket(0)
    port = listening.getsockname()[1]
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = Thread(target=lambda: asyncio.run(_serve(app, listening, started)), name=f"sandbox on {port}")
    thread.start()
    loop, stop = started.result()
    try:
        yield RunningSandbox(f"http://127.0.0.1:{port}/api", sandbox)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def listening_socket(port: int) -> socket.socket:
    """A loopback socket that callers can reach from now on. Its protocol is named, or asyncio leaves out TCP_NODELAY:
    45 ms."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two programs have the same port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    return listening


async def _serve(
    app: ASGIApp,
    listening: socket.socket,
    started: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]",
) -> None:
    """uvicorn without its own Server, which looks for its end ten times a second and so adds up in a test suite."""

    async def until_stopped(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError):  # the connection is gone; uvicorn would report a crash
            await app(scope, receive, send)

    config = Config(until_stopped, ws="none", lifespan="off", log_config=None, access_log=False)
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: ClosableConnection(config, state, {}), sock=listening)
    stop = asyncio.Event()
    started.set_result((loop, stop))
    await stop.wait()
    server.close()
    for connection in list(state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)  # lets the connections notice
    tasks = list(state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.wait_closed()


class ClosableConnection(H11Protocol):
    """Hands the app, in the `state` of each request's scope, the way to close the socket."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, CLOSE_CONNECTION: transport.close}
