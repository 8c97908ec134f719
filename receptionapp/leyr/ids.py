"""Ids as Leyr wants them in a URL (`leyr-api.md` 2), and the rule that keeps national numbers out of one."""

import re
from urllib.parse import quote

from receptionapp.domain.problem import Reason
from receptionapp.leyr.errors import IdNotSent

_NUMBER_TYPES = ("no_personal_number:", "se_personal_number:", "nhs_number:")

# Norwegian: 11 digits. Swedish: 12 that begin with a year and a date, or 6 and 4 around a sign.
_NUMBER_SHAPE = re.compile(r"\d{6}[ -]?\d{5}|(18|19|20)\d\d(0\d|1[0-2])[0-9]\d[-+ ]?\d{4}|\d{6}[-+]\d{4}")


def segment(value: str) -> str:
    """One path segment, percent-encoded whole: ids may hold `:`, `/`, spaces and letters (`leyr-api.md` 2.1).

    Raises `IdNotSent` for an empty id and for `.` and `..`, which would turn the path into another one.
    """
    if value in ("", ".", ".."):
        raise IdNotSent(Reason.INPUT_REFUSED)
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:  # half a character
        raise IdNotSent(Reason.INPUT_REFUSED) from None


def patient_in_url(reference: str) -> str:
    """The patient reference itself, or `IdNotSent` if it is or looks like a national number.

    No personal number in a URL (`design.md` 2.5): a patient is found by it through create-or-return instead
    (`leyr-api.md` 8.1). TakeCare's own patient ids are Swedish numbers, so there this refuses every lookup by id.
    """
    if reference.startswith(_NUMBER_TYPES) or _NUMBER_SHAPE.fullmatch(reference.removeprefix("emr_id:").strip()):
        raise IdNotSent(Reason.ID_TYPE_NOT_SUPPORTED)
    return reference
