"""An endpoint: a function with what it takes and answers, who may ask it, and for which EHR. Routes and the
specification are made from it. Instead of FastAPI, which took 0.2 s of practice mode's start."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from receptionapp.sandbox import errors
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.errors import LeyrProblem, invalid_request, refused
from receptionapp.sandbox.sandbox import Sandbox

CLIENT_ID_HEADER = "x-leyr-client-id"
CLIENT_SECRET_HEADER = "x-leyr-client-secret"  # noqa: S105 - the name of a header (DOC 1.2)


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was let in. `path` has the parts of the path that are named in braces."""

    sandbox: Sandbox
    path: Mapping[str, str]

    @property
    def unit(self) -> CareUnit:
        """The care unit in the path. Raises LeyrProblem `INVALID_CARE_UNIT_ID`."""
        unit = self.sandbox.care_unit(self.path["care_unit_id"])
        if unit is None:
            status = self.sandbox.settings.unknown_id_status
            raise refused("INVALID_CARE_UNIT_ID", "The care unit does not exist.", status=status)
        return unit


def admit_anybody(request: Request) -> Call:
    """Let in whoever comes, to the sandbox's own controls."""
    return Call(request.app.state.sandbox, request.path_params)


def admit_authorised(request: Request) -> Call:
    """Let in a caller with the right pair of headers, the right EHR code, and a care unit that is there."""
    call = admit_anybody(request)
    sandbox = call.sandbox
    if request.headers.get(CLIENT_ID_HEADER) != sandbox.client_id:
        raise errors.unauthorized()  # DOC 6.2
    if request.headers.get(CLIENT_SECRET_HEADER) != sandbox.client_secret:
        raise _wrong_secret(sandbox)
    if call.path["emr"] != sandbox.profile.emr:
        raise invalid_request(
            "1 validation error for Request\npath -> emr\n"
            f"  value is not a valid enumeration member; permitted: '{sandbox.profile.emr}' (type=type_error.enum)"
        )
    if "care_unit_id" in call.path:
        _ = call.unit
    return call


def resource_with_id(sandbox: Sandbox, unit: CareUnit, resource_id: str) -> Resource:
    """The resource of `unit` with an EHR id, the only type taken (INF 2.4). Raises LeyrProblem
    `INVALID_RESOURCE_ID`."""
    kind, value = split_id(resource_id, RESOURCE_ID_TYPES)
    resource = unit.resource(value) if kind == EMR_ID else None
    if resource is None:
        status = sandbox.settings.unknown_id_status
        raise refused("INVALID_RESOURCE_ID", "The resource does not exist here.", status=status)
    return resource


def service_with_id(sandbox: Sandbox, unit: CareUnit, service_id: str) -> HealthcareService:
    """The service of `unit`. Raises LeyrProblem `INVALID_HEALTHCARE_SERVICE_ID`."""
    service = unit.service(service_id)
    if service is None:
        status = sandbox.settings.unknown_id_status
        raise refused("INVALID_HEALTHCARE_SERVICE_ID", "The service is not offered here.", status=status)
    return service


def not_supported(sandbox: Sandbox) -> LeyrProblem:
    """The EHR cannot do this through Leyr (DOC 6.3); the HTTP status is question 3."""
    return refused(
        "NOT_SUPPORTED",
        f"This is not supported by {sandbox.profile.emr}.",
        status=sandbox.settings.not_supported_status,
    )


def _wrong_secret(sandbox: Sandbox) -> LeyrProblem:
    """INF 1.2: the secret also opens the EHR's credentials, so it may fail later than the client id does."""
    match sandbox.settings.wrong_secret:
        case "emr_error":
            return errors.emr_error(401, "The credentials of the EMR could not be read.")
        case "unknown_error":
            return errors.unknown_error(500, "The credentials could not be decrypted.")
        case _:
            return errors.unauthorized()


Work = Callable[..., Any]
W = TypeVar("W", bound=Work)
reader = cache(TypeAdapter)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`work` takes a Call and what `query` and `body` are the shapes of (None: it takes none), and returns what JSON
    can say. `answer` is its documented shape; None is an answer without a body."""

    method: str
    path: str
    enter: Callable[[Request], Call]
    work: Work
    query: Any
    body: Any
    answer: Any

    @property
    def route(self) -> Route:
        return Route(self.path, self._serve, methods=[self.method])

    async def _serve(self, request: Request) -> Response:
        """On a worker thread, so that in-process use does not hold up the event loop."""
        call = self.enter(request)
        given: dict[str, Any] = {}
        if self.query:
            with _refusing("query"):
                given["query"] = reader(self.query).validate_python(dict(request.query_params))
        if self.body:
            sent = await request.body()
            with _refusing("body"):
                given["body"] = reader(self.body).validate_json(sent)
        found = await run_in_threadpool(self.work, call, **given)
        return Response(status_code=204) if self.answer is None else JSONResponse(found)


class Endpoints(list[Endpoint]):
    """Those under one prefix, which callers enter in one way."""

    def __init__(self, prefix: str, enter: Callable[[Request], Call]) -> None:
        super().__init__()
        self._prefix = prefix
        self._enter = enter

    def add(self, method: str, path: str, answer: Any) -> Callable[[W], W]:
        """Decorates the function that does it. Its arguments named `query` and `body` are annotated with shapes."""

        def kept(work: W) -> W:
            shapes = get_type_hints(work)
            query, body = shapes.get("query"), shapes.get("body")
            self.append(Endpoint(method, self._prefix + path, self._enter, work, query, body, answer))
            return work

        return kept


@contextmanager
def _refusing(part: str) -> Iterator[None]:
    """Validation in the form of Pydantic's text, as 400 (DOC 1.3), without repeating the input."""
    try:
        yield
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        lines = [f"{len(found)} validation error{'s' if len(found) > 1 else ''} for Request"]
        for item in found:
            lines += [" -> ".join(map(str, (part, *item["loc"]))), f"  {item['msg']} (type={item['type']})"]
        raise invalid_request("\n".join(lines)) from None


EMR_ID = "emr_id"
PATIENT_ID_TYPES = frozenset({EMR_ID, "no_personal_number", "se_personal_number", "nhs_number"})
RESOURCE_ID_TYPES = frozenset({EMR_ID, "no_personal_number", "se_personal_number", "hsa_id"})


def split_id(text: str, types: frozenset[str]) -> tuple[str, str]:
    """The type and the value of an id (DOC 2.2). A bare one, or one of no known type, is an EHR id (DOC 2.1, INF
    2.1)."""
    kind, colon, value = text.partition(":")
    return (kind, value) if colon and kind in types else (EMR_ID, text)
