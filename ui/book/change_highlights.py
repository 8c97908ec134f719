"""Changes that came from elsewhere, shown once by an outline that fades. This desk's own pass through "sending"."""

from uuid import UUID

from PySide6.QtCore import QAbstractAnimation, QObject, QVariantAnimation
from PySide6.QtWidgets import QStyle

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import Item
from ui.book.canvas import mark_area
from ui.book.contents import Contents, Place
from ui.book.geometry import Scene
from ui.book.surface import BookSurface

_FADE = 1500  # milliseconds
_MANY = 5  # so many at once are an answer that arrives, and no news


def places_changed_elsewhere(before: Contents, after: Contents) -> list[Place]:
    """Where appointments are new or changed on a day that was shown before, and not by this desk's own act."""
    if not any(column.appointments for column in before.columns):
        return []  # ours were not read yet
    found: list[Place] = []
    for index, column in enumerate(after.columns):
        earlier = before.column_index(column.day, column.resource_id)
        if earlier is None or before.columns[earlier].appointments is column.appointments:
            continue
        known = {own.key: own for own in before.columns[earlier].appointments}
        news = {own.key for own in column.appointments if _is_news(known.get(own.key), own)}
        found += [after.place(index, item) for item in after.items(index) if news and _key(item) in news]
    return found if len(found) <= _MANY else []


def _key(item: Item) -> UUID | None:
    return item.what.key if isinstance(item.what, OwnAppointment) else None


def _is_news(before: OwnAppointment | None, now: OwnAppointment) -> bool:
    if now.standing.under_way or (before is not None and before.standing.under_way):
        return False
    return before is None or (before.standing, before.timeslot) != (now.standing, now.timeslot)


class ChangeHighlights(QObject):
    """Lets places of a book light up once."""

    def __init__(self, surface: BookSurface, scene: Scene) -> None:
        super().__init__(surface)
        self._surface = surface
        self._scene = scene
        self._fade = QVariantAnimation(self, duration=_FADE, startValue=1.0, endValue=0.0)
        self._fade.valueChanged.connect(self._show)
        self._fade.finished.connect(self._end)

    def highlight(self, places: list[Place]) -> None:
        if not places:
            return
        self._scene.highlights = tuple(places)
        style = self._surface.style()
        moves = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._surface) > 0
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0 if moves else 1.0)  # where the system wants no motion: there, and then gone
        self._fade.stop()
        self._fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def _show(self, strength: float) -> None:
        self._scene.highlight_strength = strength
        self._update()

    def _end(self) -> None:
        self._update()
        self._scene.highlights = ()

    def _update(self) -> None:
        for place in self._scene.highlights:
            rect = self._surface.item_rect_of(place)
            if rect is not None:
                self._surface.viewport().update(mark_area(rect, self._scene.style))
