"""The app: Leyr under `/api`, the sandbox's own controls under `/sandbox`, the documentation under `/docs`."""

import socket
import sys
from asyncio import Transport

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

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


def listening_socket(port: int) -> socket.socket:
    """A loopback socket that callers can reach from now on. Its protocol is named, or asyncio leaves out TCP_NODELAY:
    45 ms."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two programs have the same port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen()
    return listening


class ClosableConnection(H11Protocol):
    """Hands the app, in the `state` of each request's scope, the way to close the socket."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, CLOSE_CONNECTION: transport.close}
