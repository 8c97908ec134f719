"""Who may ask, and where: the two headers, the EHR code, and the ids in a request, turned into what they name."""

from typing import Annotated

from fastapi import Depends, Header, Request

from receptionapp.sandbox import errors
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.errors import LeyrProblem, invalid_request, refused
from receptionapp.sandbox.sandbox import Sandbox
from receptionapp.sandbox.typed_id import EMR_ID, RESOURCE_ID_TYPES, split_id

CLIENT_ID_HEADER = "x-leyr-client-id"
CLIENT_SECRET_HEADER = "x-leyr-client-secret"  # noqa: S105 - the name of a header (DOC 1.2)


async def _sandbox(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


TheSandbox = Annotated[Sandbox, Depends(_sandbox)]


async def _authorised(
    sandbox: TheSandbox,
    emr: str,
    client_id: Annotated[str | None, Header(alias=CLIENT_ID_HEADER, include_in_schema=False)] = None,
    client_secret: Annotated[str | None, Header(alias=CLIENT_SECRET_HEADER, include_in_schema=False)] = None,
) -> Sandbox:
    """The sandbox, for a caller with the right pair of headers and the right EHR code."""
    if client_id != sandbox.client_id:
        raise errors.unauthorized()  # DOC 6.2
    if client_secret != sandbox.client_secret:
        raise _wrong_secret(sandbox)
    if emr != sandbox.profile.emr:
        raise invalid_request(
            "1 validation error for Request\npath -> emr\n"
            f"  value is not a valid enumeration member; permitted: '{sandbox.profile.emr}' (type=type_error.enum)"
        )
    return sandbox


Leyr = Annotated[Sandbox, Depends(_authorised)]
"""The sandbox, once the caller has been let in."""


async def _care_unit(sandbox: Leyr, care_unit_id: str) -> CareUnit:
    unit = sandbox.care_unit(care_unit_id)
    if unit is None:
        status = sandbox.settings.unknown_id_status
        raise refused("INVALID_CARE_UNIT_ID", "The care unit does not exist.", status=status)
    return unit


Unit = Annotated[CareUnit, Depends(_care_unit)]
"""The care unit in the path."""


def resource_with_id(sandbox: Sandbox, unit: CareUnit, resource_id: str) -> Resource:
    """The resource of `unit` that a typed or bare id means; EHR ids are the only type taken (INF 2.4).

    Raises LeyrProblem `INVALID_RESOURCE_ID`.
    """
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
