"""What Leyr answers when something is wrong, in the one shape of `leyr-api.md` 6.1 (DOC)."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

_PAGES = "https://docs.leyr.io/api/error-handling"


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One entry of `errors` (DOC 6.1; note `details`, where the outer key is `detail`)."""

    error_code: str
    details: str
    emr_error: str | None = None
    path: str | None = None


class LeyrProblem(Exception):
    """A refusal, ready to be sent. The codes and their HTTP statuses are those of 6.2."""

    def __init__(self, status: int, code: str, title: str, detail: str, errors: tuple[ErrorItem, ...] = ()) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors

    def body(self) -> dict[str, Any]:
        """The JSON of the answer, with a fresh `instance` each time (11)."""
        body: dict[str, Any] = {
            "code": self.code,
            "type": f"{_PAGES}/{self.code.lower()}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": str(uuid4()),
        }
        if self.errors:  # absent in the samples of most pages (DOC 6.1)
            body["errors"] = [asdict(item) for item in self.errors]
        return body


def refused(error_code: str, details: str, *, path: str | None = None, status: int = 400) -> LeyrProblem:
    """A business rule said no: 400 `BAD_REQUEST` with one detailed code (DOC 6.3)."""
    return several_refused(ErrorItem(error_code, details, path=path), status=status)


def several_refused(*errors: ErrorItem, status: int = 400) -> LeyrProblem:
    return LeyrProblem(status, "BAD_REQUEST", "Request validation failed", errors[0].details, errors)


def invalid_request(detail: str) -> LeyrProblem:
    """The parameters do not fit: Pydantic-like text in `detail`, and 400, not 422 (DOC 1.3)."""
    return LeyrProblem(400, "BAD_REQUEST", "Request validation failed", detail)


def unauthorized() -> LeyrProblem:
    return LeyrProblem(401, "UNAUTHORIZED", "Unauthorized", "The client id is missing or the credentials are wrong.")


def emr_error(status: int, detail: str) -> LeyrProblem:
    """The EHR failed or refused, and its own status is passed on (DOC 6.2)."""
    return LeyrProblem(status, "EMR_ERROR", "The EMR answered with an error", detail)


def unknown_error(status: int = 500, detail: str = "An unknown error occurred.") -> LeyrProblem:
    return LeyrProblem(status, "UNKNOWN_ERROR", "Unknown error", detail)


def service_unavailable() -> LeyrProblem:
    return LeyrProblem(503, "SERVICE_UNAVAILABLE", "Service unavailable", "The service is down for maintenance.")


def too_many_requests() -> LeyrProblem:
    """INF 6.2: no page about rate limits was found, so the code is a guess."""
    return LeyrProblem(429, "UNKNOWN_ERROR", "Too many requests", "Too many requests.")
