"""One search for free times, week by week, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from receptionapp.domain.nearest_free import ANYTHING, Wish


@dataclass(frozen=True, slots=True)
class FreeSearch:
    """`after` is where to begin, aware; None for now. `id` is random, so that a late answer is known as such."""

    wish: Wish = ANYTHING
    after: datetime | None = None
    id: UUID = field(default_factory=uuid4)


class SearchState(StrEnum):
    GOING = "going"
    ENOUGH = "enough"  # as many as are shown at a time; there may be more
    ENDED = "ended"  # as far ahead as is ever looked
    FAILED = "failed"  # a week could not be read; the message bar says why
