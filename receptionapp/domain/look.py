"""What a look at the EHR tells about a wish whose answer never came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hint(StrEnum):
    """Only ever a hint, shown beside an open task: it settles nothing."""

    PROBABLY_DONE = "probably_done"
    PROBABLY_NOT_DONE = "probably_not_done"
    SEVERAL = "several"  # more than one appointment fits
    CANT_TELL = "cant_tell"


@dataclass(frozen=True, slots=True)
class Look:
    """`at` is UTC."""

    hint: Hint
    at: datetime
