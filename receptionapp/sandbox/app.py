"""The FastAPI app: Leyr under `/api`, the sandbox's own controls under `/sandbox`, the documentation under `/docs`."""

from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from receptionapp.sandbox import (
    appointment_routes,
    control_routes,
    errors,
    patient_routes,
    reading_routes,
)
from receptionapp.sandbox.access import CLIENT_ID_HEADER, CLIENT_SECRET_HEADER
from receptionapp.sandbox.docs_page import docs_page
from receptionapp.sandbox.errors import LeyrProblem
from receptionapp.sandbox.fault_layer import FaultLayer
from receptionapp.sandbox.sandbox import Sandbox
from receptionapp.sandbox.shapes import ErrorShape

_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorShape, "description": "The request does not fit, or a business rule said no"},
    404: {"model": ErrorShape, "description": "No such address; or an unknown id, where the settings say so"},
    405: {"model": ErrorShape, "description": "No such method here"},
    500: {"model": ErrorShape, "description": "`UNKNOWN_ERROR`, or a failure of the EHR that is passed on"},
}
_REFUSED_BY_LEYR: dict[int | str, dict[str, Any]] = {
    **_REFUSED,
    401: {"model": ErrorShape, "description": "`UNAUTHORIZED`, or `EMR_ERROR` when it is the EHR that refuses"},
    429: {"model": ErrorShape, "description": "A planned fault"},
    501: {"model": ErrorShape, "description": "`NOT_SUPPORTED`, where the settings say so"},
    502: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "A planned fault"},
    503: {"model": ErrorShape, "description": "A planned fault"},
}


def create_app(sandbox: Sandbox) -> FastAPI:
    """The app that serves `sandbox`. It holds no state of its own, and closing the sandbox is the caller's.

    Endpoints that touch the store run on worker threads, so in-process use does not hold up the event loop. Faults
    that drop the connection raise `httpx.RemoteProtocolError` in process.
    """
    app = _Sandboxed(title="Leyr sandbox", version=sandbox.profile.name, docs_url=None, redoc_url=None)
    app.state.sandbox = sandbox
    leyr = APIRouter(prefix="/api/emrs/{emr}", responses=_REFUSED_BY_LEYR, tags=["leyr"])
    for part in (reading_routes, patient_routes, appointment_routes):
        leyr.include_router(part.router)
    app.include_router(leyr)
    app.include_router(control_routes.router, responses=_REFUSED)
    app.add_api_route("/docs", lambda: HTMLResponse(docs_page(app.openapi())), include_in_schema=False)
    app.add_middleware(FaultLayer, plan=sandbox.faults)
    app.add_exception_handler(LeyrProblem, _problem)
    app.add_exception_handler(RequestValidationError, _does_not_fit)
    app.add_exception_handler(HTTPException, _no_such_address)
    app.add_exception_handler(Exception, _crash)
    return app


class _Sandboxed(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The specification, told as it is: both headers needed at once, and no answer is a 422."""
        if self.openapi_schema is None:
            schema = get_openapi(title=self.title, version=self.version, routes=self.routes)
            schema["components"]["securitySchemes"] = {
                name: {"type": "apiKey", "in": "header", "name": name}
                for name in (CLIENT_ID_HEADER, CLIENT_SECRET_HEADER)
            }
            for path, operations in schema["paths"].items():
                for operation in operations.values():
                    operation["responses"].pop("422", None)
                    if path.startswith("/api/"):
                        operation["security"] = [{CLIENT_ID_HEADER: [], CLIENT_SECRET_HEADER: []}]
            for unused in ("HTTPValidationError", "ValidationError"):
                schema["components"]["schemas"].pop(unused, None)
            self.openapi_schema = schema
        return self.openapi_schema


async def _problem(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, LeyrProblem)  # noqa: S101 - how it was registered
    return JSONResponse(problem.body(), problem.status)


async def _does_not_fit(_: Request, error: Exception) -> JSONResponse:
    """Validation in the form of Pydantic's text, as 400 (DOC 1.3), without repeating the input."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = error.errors()
    lines = [f"{len(found)} validation error{'s' if len(found) > 1 else ''} for Request"]
    for item in found:
        lines += [" -> ".join(map(str, item["loc"])), f"  {item['msg']} (type={item['type']})"]
    problem = errors.invalid_request("\n".join(lines))
    return JSONResponse(problem.body(), problem.status)


async def _no_such_address(_: Request, error: Exception) -> JSONResponse:
    """INF 6.2: no page tells how Leyr answers for an unknown path or method; the shape is kept.

    FastAPI also comes here, with 400, for a body that is not even text.
    """
    assert isinstance(error, HTTPException)  # noqa: S101
    tell = errors.invalid_request if error.status_code == 400 else partial(errors.unknown_error, error.status_code)
    problem = tell(error.detail)
    return JSONResponse(problem.body(), problem.status, error.headers)


async def _crash(_: Request, __: Exception) -> JSONResponse:
    problem = errors.unknown_error()
    return JSONResponse(problem.body(), problem.status)
