import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.problem import Reason
from receptionapp.leyr import errors
from receptionapp.leyr.error_mapping import ERROR_CODES, error_from_answer
from receptionapp.leyr.errors import LeyrError
from receptionapp.leyr.exchange import Answer


def verdict(body: Any, status: int = 400, retry_after: str | None = None) -> LeyrError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = error_from_answer(Answer(status, raw, retry_after))
    assert error is not None
    return error


def refusal(*items: dict[str, Any], code: str = "BAD_REQUEST") -> dict[str, Any]:
    return {
        "code": code,
        "title": "Request validation failed",
        "detail": "outer",
        "instance": "d3e84cc1-148a",
        "errors": [*items],
    }


TOP_LEVEL = [
    # status, code, class, may have happened
    (400, "BAD_REQUEST", errors.Refused, False),
    (401, "UNAUTHORIZED", errors.ClientNotAccepted, False),
    (403, "UNAUTHORIZED", errors.ClientNotAccepted, False),
    (401, "EMR_ERROR", errors.EmrLinkRefused, False),
    (400, "EMR_ERROR", errors.EmrRefused, False),
    (404, "EMR_ERROR", errors.EmrRefused, False),
    (422, "EMR_ERROR", errors.EmrRefused, False),
    (408, "EMR_ERROR", errors.EmrFailed, True),
    (429, "EMR_ERROR", errors.TooManyRequests, False),
    (500, "EMR_ERROR", errors.EmrFailed, True),
    (503, "EMR_ERROR", errors.EmrFailed, True),
    (400, "UNKNOWN_ERROR", errors.Unexpected, True),
    (500, "UNKNOWN_ERROR", errors.Unexpected, True),
    (404, "UNKNOWN_ERROR", errors.NotFound, True),
    (405, "UNKNOWN_ERROR", errors.NotSupported, False),
    (429, "UNKNOWN_ERROR", errors.TooManyRequests, False),
    (501, "UNKNOWN_ERROR", errors.NotSupported, False),
    (503, "SERVICE_UNAVAILABLE", errors.LeyrUnavailable, True),
    (404, "SOMETHING_NEW", errors.NotFound, False),
    (409, "SOMETHING_NEW", errors.Refused, False),
    (500, "SOMETHING_NEW", errors.Unexpected, True),
]


@pytest.mark.parametrize(("status", "code", "kind", "may_have_happened"), TOP_LEVEL)
def test_the_top_level_code_decides_before_the_status(
    status: int, code: str, kind: type[LeyrError], may_have_happened: bool
) -> None:
    """`leyr-api.md` 6.2, every row; a 401 with `EMR_ERROR` locks nobody out."""
    error = verdict({"code": code, "instance": "d3e84cc1-148a-4edf"}, status)
    assert type(error) is kind
    assert error.may_have_happened is may_have_happened
    assert error.problem.reason is kind.reason
    assert (error.status, error.problem.reference) == (status, "d3e84cc1-148a-4edf")


# What has no code of Leyr's may be from something on the way that judges answers, after the write took effect.
WITHOUT_CODE = [
    (400, errors.AnswerUnreadable, True),
    (401, errors.ClientNotAccepted, True),
    (403, errors.Refused, True),
    (404, errors.NotFound, True),
    (405, errors.NotSupported, False),
    (408, errors.NoAnswer, True),
    (413, errors.Refused, True),
    (422, errors.Refused, True),
    (429, errors.TooManyRequests, False),
    (500, errors.Unexpected, True),
    (501, errors.NotSupported, False),
    (502, errors.LeyrUnavailable, True),
    (503, errors.LeyrUnavailable, True),
    (504, errors.NoAnswer, True),
    (301, errors.Redirected, False),
    (302, errors.Redirected, True),
    (303, errors.Redirected, True),
    (307, errors.Redirected, False),
    (308, errors.Redirected, False),
    (600, errors.AnswerUnreadable, True),
]


@pytest.mark.parametrize(("status", "kind", "may_have_happened"), WITHOUT_CODE)
def test_without_a_code_the_status_decides(status: int, kind: type[LeyrError], may_have_happened: bool) -> None:
    """`leyr-api.md` 6.2, last row: proxies, HTML, no JSON."""
    for body in (b"", b"<html>Bad gateway</html>", b'{"code": "BAD_REQ', b"[1]", b"null", b"{}"):
        error = verdict(body, status)
        assert type(error) is kind, body
        assert error.may_have_happened is may_have_happened, body


DETAILED = [
    ("INVALID_PATIENT_ID", Reason.PATIENT_NOT_FOUND),
    ("INVALID_CARE_UNIT_ID", Reason.CARE_UNIT_GONE),
    ("INVALID_HEALTHCARE_SERVICE_ID", Reason.SERVICE_GONE),
    ("INVALID_RESOURCE_ID", Reason.RESOURCE_GONE),
    ("INVALID_APPOINTMENT_ID", Reason.APPOINTMENT_NOT_FOUND),
    ("NO_TIMESLOTS_AVAILABLE", Reason.SLOT_TAKEN),
    ("AMBIGUOUS_TIMESLOTS", Reason.SLOT_AMBIGUOUS),
    ("INVALID_COMMENT_LENGTH", Reason.COMMENT_TOO_LONG),
    ("INVALID_CREATED_BY_ID", Reason.INPUT_REFUSED),
    ("INVALID_NOTE_CONTENT", Reason.INPUT_REFUSED),
    ("MISSING_REQUIRED_FIELD", Reason.FIELD_MISSING),
    ("MAX_ITEMS_EXCEEDED", Reason.TOO_MANY_ITEMS),
    ("BAD_INPUT", Reason.INPUT_REFUSED),
    ("PATIENT_ID_LOOKUP_TYPE_NOT_SUPPORTED", Reason.ID_TYPE_NOT_SUPPORTED),
    ("INVALID_PATIENT_ID_TYPE", Reason.ID_TYPE_NOT_SUPPORTED),
    ("NOT_SUPPORTED", Reason.NOT_SUPPORTED),
]


@pytest.mark.parametrize(("error_code", "reason"), DETAILED)
def test_the_detailed_code_decides_a_bad_request(error_code: str, reason: Reason) -> None:
    """`leyr-api.md` 6.3, every row; nothing was changed."""
    error = verdict(refusal({"error_code": error_code, "details": "text", "emr_error": None, "path": None}))
    assert isinstance(error, errors.Refused)
    assert not error.may_have_happened
    assert (error.problem.reason, error.problem.details) == (reason, "text")


def test_every_detailed_code_is_tested() -> None:
    assert {code for code, _ in DETAILED} == set(ERROR_CODES)


@pytest.mark.parametrize("error_code", ["BAD_SOMETHING", "", None, 7, {"a": 1}])
def test_an_unknown_detailed_code_is_a_plain_refusal_with_its_details(error_code: Any) -> None:
    """`leyr-api.md` 6.3: never crash, treat as a refusal that is not repeated."""
    error = verdict(refusal({"error_code": error_code, "details": "Ferie", "path": "x"}))
    assert type(error) is errors.Refused
    assert not error.may_have_happened
    assert (error.problem.details, error.problem.field) == ("Ferie", "x")


def test_a_detailed_code_tells_more_than_the_ehrs_refusal() -> None:
    assert type(verdict(refusal({"error_code": "BAD_INPUT"}, code="EMR_ERROR"))) is errors.InputRefused


def test_a_detailed_code_does_not_make_a_failure_certain() -> None:
    error = verdict(refusal({"error_code": "NO_TIMESLOTS_AVAILABLE"}, code="EMR_ERROR"), 500)
    assert type(error) is errors.EmrFailed
    assert error.may_have_happened
    assert verdict(refusal({"error_code": "NO_TIMESLOTS_AVAILABLE"}), 500).may_have_happened


def test_of_several_errors_the_most_telling_counts_and_all_are_told() -> None:
    """`leyr-api.md` 6.1: `errors` may hold several."""
    error = verdict(
        refusal(
            {"error_code": "BAD_NEW", "details": "one"},
            {"error_code": "NO_TIMESLOTS_AVAILABLE", "details": "two"},
            {"error_code": "INVALID_RESOURCE_ID", "details": "three", "path": ["body", "resource_id"]},
            {"error_code": "BAD_NEW", "details": "one"},
        )
    )
    assert type(error) is errors.ResourceGone
    assert error.problem.details == "one; two; three"
    assert error.problem.field == "body.resource_id"


@pytest.mark.parametrize("found", [None, "text", 5, [], [None, "x"], {"error_code": "BAD_INPUT"}])
def test_errors_of_any_shape_are_read(found: Any) -> None:
    error = verdict({"code": "BAD_REQUEST", "errors": found})
    assert isinstance(error, errors.Refused)
    assert isinstance(error, errors.InputRefused) is isinstance(found, dict)


def test_without_details_the_outer_text_and_then_the_title_are_told() -> None:
    assert verdict({"code": "BAD_REQUEST", "detail": "a\n  b", "title": "t"}).problem.details == "a b"
    assert verdict({"code": "BAD_REQUEST", "title": "t"}).problem.details == "t"


def test_the_ehrs_own_words_are_told_whether_text_or_object() -> None:
    """`leyr-api.md` 6.1: the type of `emr_error` is not documented."""
    item = {"error_code": "BAD_INPUT", "details": None, "emr_error": {"melding": "Ugyldig nummer"}}
    assert verdict(refusal(item)).problem.details == '{"melding": "Ugyldig nummer"}'


@pytest.mark.parametrize(
    "detail",
    [
        "1 validation error for Request\npath -> emr\n  value is not a valid enumeration member",
        "1 validation error\nemr\n  value is not a valid enumeration member; permitted: 'webdoc'",
    ],
)
def test_an_unknown_ehr_code_is_told_apart(detail: str) -> None:
    assert type(verdict({"code": "BAD_REQUEST", "detail": detail})) is errors.EmrUnknown


def test_an_unknown_ehr_code_is_told_apart_by_its_path_too() -> None:
    assert type(verdict(refusal({"error_code": "NEW", "path": ["path", "emr"]}))) is errors.EmrUnknown


def test_details_are_one_line_without_tricks_and_at_most_300_long() -> None:
    nasty = "Hei\x00 \u202edoc\u200b.\r\n\x1b[31mslutt\u2028" + "x" * 5000
    details = verdict(refusal({"error_code": "BAD_INPUT", "details": nasty})).problem.details
    assert details.startswith("Hei doc . [31mslutt xxx")
    assert len(details) == 300
    assert details.isprintable()


@pytest.mark.parametrize("instance", ["Kari Nordmann", "01019012345 x", "", 5, None, "x" * 65, "a\nb"])
def test_a_reference_is_nothing_but_a_reference(instance: Any) -> None:
    assert verdict({"code": "UNKNOWN_ERROR", "instance": instance}).problem.reference is None


def test_the_text_of_an_error_holds_no_details() -> None:
    """`leyr-api.md` 6.1: details can hold patient data; this text goes into logs."""
    error = verdict(refusal({"error_code": "BAD_INPUT", "details": "Kari Nordmann 01019012345", "path": "Kari"}))
    for text in (str(error), repr(error), repr(error.args)):
        assert "Kari" not in text
        assert "0101" not in text
    assert str(error) == "InputRefused: input_refused, status 400, reference d3e84cc1-148a"


@pytest.mark.parametrize(("header", "seconds"), [("12", 12.0), (None, None), ("soon", None)])
def test_retry_after_is_handed_on(header: str | None, seconds: float | None) -> None:
    assert verdict(b"", 429, header).problem.retry_after == seconds


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_a_success(status: int) -> None:
    """`leyr-api.md` 1.3 and 12.8: success codes are not documented."""
    assert error_from_answer(Answer(status, b"")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.integers(300, 599),
    st.fixed_dictionaries(
        {},
        optional={
            "code": JSON | st.sampled_from(["EMR_ERROR", "BAD_REQUEST"]),
            "title": JSON,
            "detail": JSON,
            "instance": JSON,
            "errors": JSON
            | st.lists(
                st.fixed_dictionaries(
                    {}, optional={"error_code": JSON, "details": JSON, "emr_error": JSON, "path": JSON}
                ),
                max_size=3,
            ),
        },
    ),
)
def test_no_problem_document_is_too_odd(status: int, body: dict[str, Any]) -> None:
    error = verdict(body, status)
    assert len(error.problem.details) <= 300
    assert error.problem.reason is type(error).reason
    if status >= 500 and not isinstance(error, errors.NotSupported):
        assert error.may_have_happened


def test_every_class_has_a_reason_of_its_own() -> None:
    """The tree at the top of `errors.py`."""

    def leaves(kind: type[LeyrError]) -> list[type[LeyrError]]:
        below = [leaf for sub in kind.__subclasses__() for leaf in leaves(sub)]
        return [kind, *below] if "reason" in vars(kind) else below

    reasons = [kind.reason for kind in leaves(LeyrError) if kind is not LeyrError]
    assert sorted(set(reasons)) == sorted(reasons, key=str)
    for kind in leaves(LeyrError):
        assert f" {kind.__name__}" in (errors.__doc__ or "") or kind is LeyrError
