"""An endpoint: a function with what it takes and answers. It is served from this, and the specification is read from
it, so the two can't differ.

Instead of FastAPI, whose import and routes took 0.2 of the 0.9 seconds until practice mode showed its first times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from receptionapp.sandbox.access import Call
from receptionapp.sandbox.errors import invalid_request

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
