"""What a desk likes to see, kept under a key."""

from dataclasses import dataclass

from receptionapp.domain.page import Span

KEYS = range(2, 9)  # F2 to F8


@dataclass(frozen=True, slots=True)
class SavedView:
    """The resources, the span and the service (None for all) of one care unit. `key` is the number of the F key."""

    care_unit_id: str
    key: int
    name: str
    resource_ids: tuple[str, ...]
    span: Span = Span.DAY
    service_id: str | None = None
