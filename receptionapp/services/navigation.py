"""Moving around in the book. Each move asks Leyr only for what is not known or too old."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from receptionapp.domain.clock import Clock
from receptionapp.domain.layout import SavedView, ViewSpan
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ViewMoved
from receptionapp.store.snapshot import View

if TYPE_CHECKING:
    from receptionapp.services.appointments import LedgerAppointments
    from receptionapp.services.availability import Availability
    from receptionapp.services.clinics import Clinics


class Navigation:
    """Where the user looks: day, span, service, resources, care unit."""

    def __init__(
        self,
        store: BookStore,
        clinics: "Clinics",
        availability: "Availability",
        appointments: "LedgerAppointments",
        tasks: TaskBag,
        clock: Clock,
    ) -> None:
        self._store = store
        self._clinics = clinics
        self._availability = availability
        self._appointments = appointments
        self._tasks = tasks
        self._clock = clock
        self._wished_care_unit_id: str | None = None  # for another try when it could not be opened

    def today(self) -> date:
        """The clinic's date now, whatever zone the computer is in."""
        return self._clock().astimezone(self._store.snapshot.zone).date()

    def go(self, day: date) -> None:
        self._move(replace(self._view, day=day))

    def open_day(self, day: date) -> None:
        """One day by itself, as out of a week."""
        self._move(replace(self._view, day=day, span=ViewSpan.DAY))

    def step(self, count: int) -> None:
        """`count` days further in the day view, `count` weeks in the week view; negative goes back."""
        days = count if self._view.span is ViewSpan.DAY else 7 * count
        self.go(self._view.day + timedelta(days=days))

    def show_span(self, span: ViewSpan) -> None:
        self._move(replace(self._view, span=span))

    def choose_service(self, service_id: str | None) -> None:
        self._move(replace(self._view, service_id=service_id))

    def show_resource(self, resource_id: str, shown: bool) -> None:
        hidden = self._view.hidden_resources
        self._move(replace(self._view, hidden_resources=hidden - {resource_id} if shown else hidden | {resource_id}))

    def show_only(self, resource_ids: frozenset[str]) -> None:
        clinic = self._store.snapshot.clinic
        if clinic is not None:
            hidden = frozenset(r.id for r in clinic.resources if r.id not in resource_ids)
            self._move(replace(self._view, hidden_resources=hidden))

    def show_saved(self, saved: SavedView) -> None:
        """A saved view, as far as the clinic still has what is in it. The day stays."""
        clinic = self._store.snapshot.clinic
        if clinic is None:
            return
        hidden = frozenset(r.id for r in clinic.resources if r.id not in saved.resource_ids)
        nobody = len(hidden) == len(clinic.resources)
        known = saved.service_id in {service.id for service in clinic.services}
        self._move(
            replace(
                self._view,
                span=saved.span,
                service_id=saved.service_id if known else None,
                hidden_resources=frozenset() if nobody else hidden,
            )
        )

    def start(self, care_unit_id: str | None) -> None:
        """Add our own appointments to what the first look finds. Where it opens no clinic, it has told why; Refresh
        tries `care_unit_id` again."""
        self._wished_care_unit_id = care_unit_id
        self._tasks.start("start:open", self._after_first_look())

    def open_care_unit(self, care_unit_id: str | None, *, again: bool = False) -> None:
        """Show another care unit; `again` reads its resources and services anew."""
        self._wished_care_unit_id = care_unit_id
        self._tasks.start(f"read:clinic:{again}:{care_unit_id}", self._open(care_unit_id, again))

    def refresh(self) -> None:
        """Read everything on screen again, the clinic's set-up included."""
        clinic = self._store.snapshot.clinic
        self.open_care_unit(clinic.care_unit.id if clinic else self._wished_care_unit_id, again=True)

    @property
    def clinic_is_read(self) -> bool:
        """False while the clinic on screen, if any, is only remembered from an earlier run."""
        return self._clinics.any_read

    @property
    def _view(self) -> View:
        return self._store.snapshot.view

    def _move(self, view: View) -> None:
        if view != self._view:
            self._store.apply(ViewMoved(view))
        self._load(again=False)

    async def _after_first_look(self) -> None:
        await self._tasks.wait_for("read:first look", None)
        self._load(again=False)

    async def _open(self, care_unit_id: str | None, again: bool) -> None:
        if await self._clinics.open(care_unit_id, again=again):
            self._load(again)
            await self._clinics.save_to_cache()

    def _load(self, again: bool) -> None:
        snapshot = self._store.snapshot
        if snapshot.clinic is None:
            return
        shown = f"{snapshot.clinic.care_unit.id}:{snapshot.view.week[0]}"
        what = f"{shown}:{snapshot.view.service_id}:{','.join(snapshot.shown_resources())}"
        self._tasks.start(f"read:timeslots:{again}:{what}", self._availability.load_view(again=again))
        self._tasks.start(f"read:appointments:{shown}", self._appointments.load_view())
