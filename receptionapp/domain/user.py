"""The named people at the desks."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may unlock a desk. One who has left is not `active`, and stays: the record has the name."""

    key: UUID
    name: str = field(repr=False)
    administrator: bool = False
    active: bool = True

    @property
    def initials(self) -> str:
        """Of the first and the last name: Nina Cecilie Berg is NB."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
