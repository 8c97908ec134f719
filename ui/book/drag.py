"""Moving an appointment by drag: held, carried, let go. It only proposes; moving itself is asked for in the panel."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from receptionapp.domain.appointment import OwnAppointment
from ui.book.canvas import mark_area
from ui.book.contents import Place
from ui.book.geometry import DropTarget, Scene
from ui.book.surface import BookSurface

_EDGE = 28  # pixels from the edge of the viewport within which it scrolls
_FRAME = 16  # milliseconds


@dataclass(frozen=True, slots=True)
class _Held:
    own: OwnAppointment
    place: Place
    at: QPoint  # of the viewport
    below_start: int  # minutes


class DragController(QObject):
    """Signals: dropped (OwnAppointment, FreeCell): let go over a free time of its service. `may_move` tells what can be
    held."""

    dropped = Signal(object, object)

    def __init__(self, surface: BookSurface, scene: Scene) -> None:
        super().__init__(surface)
        self.may_move: Callable[[OwnAppointment], bool] = lambda _own: False
        self._surface = surface
        self._scene = scene
        self._held: _Held | None = None
        self._at = QPoint()
        self._scrolling = QTimer(self, interval=_FRAME)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def active(self) -> bool:
        """Whether something is carried; a press alone is none yet."""
        return self._scene.drop_target is not None

    def press(self, own: OwnAppointment, place: Place, at: QPoint) -> None:
        """The pointer was pressed on an appointment, at a point of the viewport."""
        geometry = self._scene.geometry
        rect = self._surface.item_rect_of(place)
        if geometry is not None and rect is not None and self.may_move(own):
            self._held = _Held(own, place, at, max(int((at.y() - rect.top()) / geometry.pixels_per_minute), 0))

    def move(self, at: QPoint) -> bool:
        """The pressed pointer moved. True while something is carried."""
        if self._held is None:
            return False
        if not self.active and (at - self._held.at).manhattanLength() < QApplication.startDragDistance():
            return False
        self._at = at
        self._carry()
        self._scrolling.start()
        return True

    def release(self) -> bool:
        """Let go. True if something was carried."""
        held, carried = self._held, self._scene.drop_target
        self.stop()
        if held is not None and carried is not None and carried.cell is not None:
            self.dropped.emit(held.own, carried.cell)
        return carried is not None

    def stop(self) -> None:
        """Carry nothing any more; all is as it was."""
        self._held = None
        self._scrolling.stop()
        if self.active:
            self._show(None)
            self._scene.dragged_from = None
            self._surface.viewport().unsetCursor()
            self._surface.viewport().update()

    def _carry(self) -> None:
        scene, held = self._scene, self._held
        if scene.contents is None or scene.geometry is None or held is None:
            return
        point = self._at + QPoint(scene.left, scene.top)
        scene.dragged_from = held.place
        found = self._surface.find_drop_target(point, held.own, held.below_start)
        self._show(found or scene.drop_target)
        refused = found is None or found.cell is None
        self._surface.viewport().setCursor(
            Qt.CursorShape.ForbiddenCursor if refused else Qt.CursorShape.ClosedHandCursor
        )

    def _show(self, carried: DropTarget | None) -> None:
        before, self._scene.drop_target = self._scene.drop_target, carried
        for shown in (before, carried):
            if shown is not None and before != carried:
                area = mark_area(shown.rect, self._scene.style)
                self._surface.viewport().update(area.translated(-self._scene.left, -self._scene.top))

    def _scroll(self) -> None:
        """Near an edge the book goes on under the pointer."""
        view = self._surface.viewport().rect()
        for bar, at, size in (
            (self._surface.verticalScrollBar(), self._at.y(), view.height()),
            (self._surface.horizontalScrollBar(), self._at.x(), view.width()),
        ):
            beyond = min(at - _EDGE, 0) + max(at - size + _EDGE, 0)
            if beyond:
                bar.setValue(bar.value() + max(min(beyond, _EDGE), -_EDGE) // 2)
        self._carry()
