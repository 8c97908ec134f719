"""A list read in steps holds what the same list read at once does, and a damaged one is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.leyr.wire import list_in_steps

values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(values), st.integers(1, 5), st.sampled_from([None, 0, 2]))
def test_the_items_are_those_of_the_list_in_order(items: list[Any], step: int, indent: int | None) -> None:
    steps = list(list_in_steps(json.dumps(items, indent=indent).encode(), step))
    assert [item for some in steps for item in some] == items
    assert all(len(some) <= step for some in steps)


def test_a_lone_object_is_a_list_of_one() -> None:
    assert list(list_in_steps(b' {"a": 1} ', 3)) == [[{"a": 1}]]


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[1", b"[1,", b"[1,]", b"[1 2]", b"[1]]", b"[1] 2", b"7", b'"a"', b"[nul]", b"\xff\xfe"]
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reason is json's own
        list(list_in_steps(body, 2))
