"""A long JSON list, read a few items at a time, so that whoever reads it on a thread lets others go on in between."""

import json
import re
from collections.abc import Iterator
from typing import Any

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def list_in_steps(body: bytes, step: int) -> Iterator[list[Any]]:
    """The items of the list in `body`, at most `step` at a time; a lone object is a list of one.

    Raises `ValueError` where the text is not that, which for a damaged list may be after some of its items.
    """
    text = body.decode()
    at = _after_blanks(text, 0)
    if text[at : at + 1] != "[":
        yield [_only_object(text)]
        return
    at = _after_blanks(text, at + 1)
    some: list[Any] = []
    more = text[at : at + 1] != "]"
    while more:
        item, at = _DECODER.raw_decode(text, at)
        some.append(item)
        if len(some) == step:
            yield some
            some = []
        at = _after_blanks(text, at)
        more = text[at : at + 1] == ","
        if more:
            at = _after_blanks(text, at + 1)
    if text[at : at + 1] != "]" or _after_blanks(text, at + 1) != len(text):
        raise ValueError("not one whole list")
    yield some


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _only_object(text: str) -> Any:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("neither a list nor an object")
    return value
