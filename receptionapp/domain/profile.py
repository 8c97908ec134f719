"""Whose patients are at the other end of the line."""

from enum import StrEnum


class Profile(StrEnum):
    """What a number, a booking or a picture of the screen may be about."""

    PRACTICE = "practice"  # the made-up clinic inside the program
    TEST = "test"  # a connection over the network that somebody marked as one for tests
    LIVE = "live"

    @property
    def takes_made_up_people(self) -> bool:
        """A made-up person in a real clinic's records is found by nobody, and billed to nobody."""
        return self is not Profile.LIVE
