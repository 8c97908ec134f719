"""How much is tried of what could be tried without end: a little in the tests, all of it in `dev.py soak --properties`.

The tests show that a thing holds; the soak looks for the rare case where it does not. Both run the same test.
"""

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

SOAK = "soak"
"""The profile of hypothesis that `dev.py soak --properties` chooses."""


def in_full() -> bool:
    return settings.get_current_profile_name() == SOAK


def examples(tests: int, soak: int) -> int:
    """How many: so many in the tests, so many in the soak. A test that asks is marked `in_full`."""
    return soak if in_full() else tests


def some(everything: Iterable[T], in_tests: Iterable[T]) -> list[T]:
    """`everything` in the soak; in the tests those of it that stand for the others, in the same order."""
    chosen = set(in_tests)
    listed = list(everything)
    assert chosen <= set(listed)
    return listed if in_full() else [each for each in listed if each in chosen]
