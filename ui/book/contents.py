"""What the book shows, by column, laid out only when somebody looks. Knows columns and items, not pixels."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.frame import Frame, fit, open_columns, unfold
from receptionapp.domain.layout import ColumnLayout, FreeCell, Item, Page, ResourceDay, lay_out_column
from receptionapp.domain.patient import Person
from ui.book import texts

_KEPT = 400  # laid-out columns remembered, shown or not


@dataclass(frozen=True, slots=True)
class Place:
    """The identity of something in the book, which outlives its page. `key` is set for an appointment; `end` is only
    for drawing a place that is no longer there."""

    day: date
    resource_id: str
    start: datetime
    end: datetime = field(compare=False)
    key: UUID | None = None


def place_of(column: ResourceDay, item: Item) -> Place:
    """The place that `item` has in `column`."""
    what = item.what
    key = what.key if isinstance(what, OwnAppointment) else None
    return Place(column.day, column.resource_id, what.start.astimezone(UTC), what.end.astimezone(UTC), key)


def _namesakes(columns: Iterable[ResourceDay]) -> set[tuple[str, str]]:
    references: dict[tuple[str, str], str] = {}
    shared: set[tuple[str, str]] = set()
    for column in columns:
        for own in column.appointments:
            if own.person.is_wiped:
                continue
            name = own.person.first_name, own.person.last_name
            if references.setdefault(name, own.person.reference) != own.person.reference:
                shared.add(name)
    return shared


class LayoutCache:
    """Laid-out columns by the identity of what they were laid out from: a frozen column never needs it twice."""

    def __init__(self) -> None:
        self._laid_out: OrderedDict[tuple[int, str], ColumnLayout] = OrderedDict()

    def layout(self, column: ResourceDay, zone: ZoneInfo) -> ColumnLayout:
        key = (id(column), zone.key)  # the layout keeps its column, so the identity is not given to another meanwhile
        found = self._laid_out.get(key)
        if found is None:
            found = self._laid_out[key] = lay_out_column(column, zone)
            if len(self._laid_out) > _KEPT:
                self._laid_out.popitem(last=False)
        return found


class Contents:
    """The columns of a page that have room in a frame (in none: all of them), laid out on demand."""

    def __init__(self, page: Page, memory: LayoutCache, frame: Frame | None = None) -> None:
        self.page = page
        self.frame = frame or unfold(fit(page), page)
        self.columns = open_columns(page, self.frame)
        self.days = tuple(dict.fromkeys(column.day for column in page.columns))
        self._memory = memory
        self._places: dict[int, tuple[Place, ...]] = {}
        self._namesakes: dict[date, set[tuple[str, str]]] = {}
        self._index = {(column.day, column.resource_id): n for n, column in enumerate(self.columns)}

    def layout(self, index: int) -> ColumnLayout:
        return self._memory.layout(self.columns[index], self.page.zone)

    def items(self, index: int) -> tuple[Item, ...]:
        """All that can be chosen in a column, in walking order."""
        return self.layout(index).items

    def starts(self, index: int) -> int:
        """How many starts can be booked in a column."""
        return sum(len(region.starts) for region in self.layout(index).regions)

    @cached_property
    def sequence(self) -> tuple[tuple[int, Item], ...]:
        """Everything that can be chosen, with the index of its column, column by column."""
        return tuple((index, item) for index in range(len(self.columns)) for item in self.items(index))

    def places(self, index: int) -> tuple[Place, ...]:
        """Where the items of a column are, in walking order."""
        found = self._places.get(index)
        if found is None:
            column = self.columns[index]
            found = self._places[index] = tuple(place_of(column, item) for item in self.items(index))
        return found

    def place(self, index: int, item: Item) -> Place:
        """The place of an item of the column at `index`."""
        return place_of(self.columns[index], item)

    def has_namesake(self, index: int, person: Person) -> bool:
        """Whether another person of the same name has an appointment on the day of a column: easily mixed up."""
        day = self.columns[index].day
        names = self._namesakes.get(day)
        if names is None:
            names = self._namesakes[day] = _namesakes(column for column in self.columns if column.day == day)
        return (person.first_name, person.last_name) in names

    def column_index(self, day: date, resource_id: str) -> int | None:
        return self._index.get((day, resource_id))

    def find(self, place: Place) -> tuple[int, Item] | None:
        """What is at `place` now: the same thing, or else whatever begins at that very start."""
        index = self._index.get((place.day, place.resource_id))
        if index is None:
            return None
        here = [item for item in self.items(index) if item.what.start == place.start]
        if place.key is not None:
            same = (item for item in here if isinstance(item.what, OwnAppointment) and item.what.key == place.key)
        else:
            same = (item for item in here if isinstance(item.what, FreeCell))
        item = next(same, here[0] if here else None)
        return None if item is None else (index, item)

    def sentence(self, index: int, item: Item) -> str:
        """Everything about an item of the column at `index`, in one sentence."""
        column = self.columns[index]
        namesake = isinstance(item.what, OwnAppointment) and self.has_namesake(index, item.what.person)
        return texts.sentence(self.page, column, item, namesake=namesake)

    def find_key(self, key: UUID) -> tuple[int, Item] | None:
        """The appointment with our `key`, on whichever column of the page."""
        for index, column in enumerate(self.columns):
            if any(appointment.key == key for appointment in column.appointments):
                for item in self.items(index):
                    if isinstance(item.what, OwnAppointment) and item.what.key == key:
                        return index, item
        return None
