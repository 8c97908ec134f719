"""What the book and its headers are drawn from. The view changes it; drawing only reads."""

from dataclasses import dataclass
from datetime import date

from ui.book.contents import Contents, Place
from ui.book.drop_target import DropTarget
from ui.book.geometry import Geometry
from ui.book.style import BookStyle


@dataclass(slots=True)
class Scene:
    """`left` and `top` say how far the calendar is scrolled, in pixels; `now_minute` is wall minutes on `today`."""

    inks: BookStyle
    contents: Contents | None = None
    geometry: Geometry | None = None
    today: date | None = None
    now_minute: int | None = None
    left: int = 0
    top: int = 0
    chosen: Place | None = None
    hover: Place | None = None
    cursor: Place | None = None  # where the keyboard's ring is seen, if it is
    carried: DropTarget | None = None  # where what is dragged would land
    carried_from: Place | None = None
    news: tuple[Place, ...] = ()  # what changed elsewhere a moment ago
    news_strength: float = 0.0  # 1 to 0
    by_status: bool = False  # colours tell how appointments stand, not their service
