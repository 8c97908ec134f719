"""Who may ask, and where: the two headers, the EHR code, and the ids in a request, turned into what they name."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from receptionapp.sandbox import errors
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.errors import LeyrProblem, invalid_request, refused
from receptionapp.sandbox.sandbox import Sandbox
from receptionapp.sandbox.typed_id import EMR_ID, RESOURCE_ID_TYPES, split_id

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


def anybody(request: Request) -> Call:
    """Let in whoever comes, to the sandbox's own controls."""
    return Call(request.app.state.sandbox, request.path_params)


def authorised(request: Request) -> Call:
    """Let in a caller with the right pair of headers, the right EHR code, and a care unit that is there."""
    call = anybody(request)
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
