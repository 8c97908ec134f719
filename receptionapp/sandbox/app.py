"""The app: Leyr under `/api`, the sandbox's own controls under `/sandbox`, the documentation under `/docs`."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from receptionapp.sandbox import control_routes, errors, routes
from receptionapp.sandbox.errors import LeyrProblem
from receptionapp.sandbox.fault_layer import FaultLayer
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
