"""The model of `tests/services/test_model.py`, as long as one likes and another way each time."""

import secrets
import time
from collections.abc import Iterator
from typing import Any

from tests.services.test_model import walk


def soak(steps: int) -> dict[str, Any]:
    """As `walk` does it."""
    began = time.perf_counter()
    return {**walk(steps, _seeds()), "seconds": round(time.perf_counter() - began, 1)}


def _seeds() -> Iterator[int]:
    while True:
        yield secrets.randbits(32)
