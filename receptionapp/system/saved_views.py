"""Saved views of the book as the settings file has them."""

from collections.abc import Iterable
from typing import Any

from receptionapp.domain.page import KEYS, SavedView, Span


def to_json(views: Iterable[SavedView]) -> list[dict[str, Any]]:
    return [
        {
            "care_unit_id": view.care_unit_id,
            "key": view.key,
            "name": view.name,
            "resource_ids": list(view.resource_ids),
            "span": view.span.value,
            "service_id": view.service_id,
        }
        for view in views
    ]


def from_json(value: object) -> tuple[SavedView, ...]:
    """The views that can be read; one that can't is as good as none."""
    return tuple(view for entry in value if (view := _view(entry))) if isinstance(value, list) else ()


def _view(entry: object) -> SavedView | None:
    match entry:
        case {
            "care_unit_id": str(care_unit_id),
            "key": int(key),
            "name": str(name),
            "resource_ids": [*resource_ids],
            "span": "day" | "week" as span,
            "service_id": None | str() as service_id,
        } if key in KEYS and all(isinstance(each, str) for each in resource_ids):
            return SavedView(care_unit_id, key, name, tuple(resource_ids), Span(span), service_id)
    return None
