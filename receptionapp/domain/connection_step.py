"""What the test of a connection proves."""

from enum import StrEnum


class Step(StrEnum):
    """In the order in which they are proven: each rests on those before."""

    ADDRESS = "address"
    CERTIFICATE = "certificate"
    CREDENTIALS = "credentials"
    EMR = "emr"
    CARE_UNITS = "care_units"
