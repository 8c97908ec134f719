"""The served API keeps to its own specification, whatever is thrown at it."""

from datetime import UTC, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from receptionapp.sandbox import Sandbox, Settings, create_app
from receptionapp.sandbox.app import openapi
from receptionapp.sandbox.sandbox import UNLISTED_APPOINTMENT_ID
from tests.clocks import SuiteClock
from tests.examples import examples

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
WHERE = {
    "emr": "cliniko",
    "care_unit_id": "L0_1",
    "resource_id": "rom:1",
    "patient_id": "emr_id:P_100001",
    "appointment_id": UNLISTED_APPOINTMENT_ID,
}
"""Path parameters that lead somewhere, so that not every call ends at an unknown id."""


few = settings(max_examples=examples(12, 500), suppress_health_check=list(HealthCheck))


def operations():
    """Every method and path that the app says it serves."""
    with Sandbox(now=SuiteClock()) as sandbox:
        paths = openapi(sandbox)["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("full", now=lambda: datetime(2026, 3, 2, 7, 0, tzinfo=UTC)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def specification(sandbox):
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(sandbox))


@pytest.mark.in_full
@pytest.mark.parametrize(("method", "path"), operations())
def test_every_answer_is_as_specified(sandbox, specification, method, path):
    """Each call meets a sandbox without planned faults and with its default settings: the controls are fuzzed too."""
    headers = {"x-leyr-client-id": sandbox.client_id, "x-leyr-client-secret": sandbox.client_secret}

    operation = specification[path][method]
    sense, nonsense = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @given(case=sense | nonsense, where=st.sampled_from([WHERE, {}]))
    @few
    def holds(case, where):
        sandbox.faults.clear()
        sandbox.settings = Settings()
        case.path_parameters.update({name: where[name] for name in case.path_parameters if name in where})
        case.call_and_validate(checks=CHECKS, headers=headers)

    holds()


def test_the_specification_wants_both_headers_at_once_and_knows_no_422(specification):
    """DOC 1.2, 1.3."""
    for path, methods in specification.raw_schema["paths"].items():
        for operation in methods.values():
            assert "422" not in operation["responses"]
            if path.startswith("/api/"):
                assert operation["security"] == [{"x-leyr-client-id": [], "x-leyr-client-secret": []}]
