"""Finding the right person: typed letters or a birth date, a list with two identifiers, and what was booked before."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic import Action, Support
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, EmrPeopleFound, HistoryFound, PeopleFound
from ui.fields import TextField
from ui.labels import label, line_up, stack
from ui.words.appointments import namesake_text, standing_text
from ui.words.formatting import clock_time, facts, short_day

translate = QCoreApplication.translate

MEANS = Qt.ItemDataRole.UserRole
PAUSE = 40  # ms after the last key before searching


class PatientPicker(QWidget):
    """Signals: search_wanted (text), person_chosen (Person, or None when it is taken back),
    new_patient_wanted (the text typed so far), emr_search_wanted (the same): it goes into a URL, so never unasked."""

    search_wanted = Signal(str)
    person_chosen = Signal(object)
    new_patient_wanted = Signal(str)
    emr_search_wanted = Signal(str)

    def __init__(self, store: BookStore, parent: QWidget | None = None, *, may_register: bool = True) -> None:
        super().__init__(parent)
        self._store = store
        self._may_register = may_register  # else it only finds whom this desk knows
        self._person: Person | None = None
        self._answer = PeopleFound("", ())
        self._namesakes = PeopleFound("", ())  # the latest answer with people of one name and birth date
        self._enter_waits = False
        self._field = TextField()
        self._field.setPlaceholderText(translate("PatientPicker", "Name or birth date"))
        self._field.setAccessibleName(translate("PatientPicker", "Find patient"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._hits = QListWidget()
        self._hits.setAccessibleName(translate("PatientPicker", "Patients found"))
        self._hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = self._make_card()
        stack(self._field, self._hits, self._card, on=self, margins=0, spacing=4)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._search)
        self._field.textChanged.connect(self._on_typed)  # edited is only what comes by keys, and not what is dictated
        self._hits.itemClicked.connect(self._take)
        store.watch(self._on_changed, PeopleFound, EmrPeopleFound)
        self.choose(None)

    @property
    def person(self) -> Person | None:
        return self._person

    @property
    def text(self) -> str:
        """What is typed and not yet a person."""
        return self._field.text().strip()

    def choose(self, person: Person | None, *, registered: bool = False) -> None:
        """Show this person as chosen, or the empty search field. `registered`: just now, and not booked yet."""
        self._person = person
        self._half_way.setVisible(registered)
        self._card.setVisible(person is not None)
        self._field.setVisible(person is None)
        self._hits.hide()
        self._enter_waits = False
        alike = person is not None and person.reference in self._namesakes.namesakes
        self._namesake.setVisible(alike)
        if person is not None:
            if alike:
                latest = self._namesakes.latest.get(person.reference)
                self._namesake.setText(namesake_text(latest, self._store.snapshot.zone))
            self._name.setText(person.full_name)
            self._facts.setText(facts(person))
        self._empty_field()
        self.person_chosen.emit(person)

    def take_focus(self) -> None:
        (self._change if self._person else self._field).setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def forget(self, reference: str) -> None:
        """Somebody's details were wiped: what was found and typed goes if it may be theirs."""
        listed = [self._hits.item(row).data(MEANS) for row in range(self._hits.count())]
        if any(isinstance(what, Person) and what.reference == reference for what in (*listed, *self._answer.people)):
            self._answer = PeopleFound("", ())
            self._hits.clear()
            self._hits.hide()
            self._empty_field()

    def _empty_field(self) -> None:
        """For good: what `clear` takes away comes back with Ctrl+Z, to whoever is at the desk by then."""
        self._field.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter in the field belong to the list of hits."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._list_key(event.key())
        return super().eventFilter(watched, event)

    def _list_key(self, key: int) -> bool:
        count = self._hits.count() if self._hits.isVisible() else 0
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            step = 1 if key == Qt.Key.Key_Down else -1
            before = self._hits.currentRow() if step > 0 or self._hits.currentRow() >= 0 else 0
            self._hits.setCurrentRow((before + step) % count)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text and self._answer.text != self.text:
                self._enter_waits = True  # what is listed is the answer to an earlier text
                if self._pause.isActive():
                    self._search()
            elif count and (item := self._hits.currentItem()):
                self._take(item)
            return True
        return False

    def _on_typed(self) -> None:
        self._enter_waits = False
        self._pause.start()
        if not self.text:
            self._pause.stop()
            self._hits.hide()

    def _search(self) -> None:
        self._pause.stop()
        if self.text:
            self.search_wanted.emit(self.text)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, PeopleFound) and change.namesakes:
            self._namesakes = change
        if self._person is not None:
            return
        if isinstance(change, PeopleFound) and change.text == self.text:
            self._answer = change
            self._show_hits()
            self._enter_if_it_waits()
        if isinstance(change, EmrPeopleFound) and change.text == self.text:
            self._show_hits(change.people)

    def _enter_if_it_waits(self) -> None:
        """Enter was pressed before the answer was seen: it takes the one person found, and never one of several."""
        waits, self._enter_waits = self._enter_waits, False
        if waits and len(self._answer.people) == 1 and self._answer.identified is not None:
            self.choose(self._answer.identified)

    def _show_hits(self, in_emr: tuple[Person, ...] | None = None) -> None:
        """Whom this desk knows, then whom only the EHR knows (None: it was not asked), then what else can be done."""
        emr, can_search = self._emr()
        answer = self._answer
        known = {person.reference for person in answer.people}
        others = [person for person in in_emr or () if person.reference not in known]
        self._hits.clear()
        if answer.by_number:
            self._add_number(emr)
        for person in answer.people:
            self._add(f"{person.full_name}\n{self._facts_of(person)}", person)
        for person in others:
            here = translate("PatientPicker", "found in {emr}").format(emr=emr)
            self._add(f"{person.full_name}\n{facts(person)}  ·  {here}", person)
        if not self._may_register:
            can_search = False
        if in_emr is None and can_search and not any(character.isdigit() for character in self.text):
            text = translate("PatientPicker", "Search in {emr} too").format(emr=emr)
            self._add(text, self.emr_search_wanted)
        elif in_emr is not None and not others:
            self._add(translate("PatientPicker", "Nobody else by that name in {emr}").format(emr=emr), None)
        if self._may_register and not answer.by_number:
            self._add(translate("PatientPicker", "New patient …"), self.new_patient_wanted)
        elif not answer.people and not answer.by_number:
            self._add(translate("PatientPicker", "Nobody by that name here"), None)
        unsure = answer.people and answer.identified is None and not (answer.by_number and self._may_register)
        self._hits.setCurrentRow(-1 if unsure else 0)
        rows = min(self._hits.count(), 6)
        height = sum(self._hits.sizeHintForRow(row) for row in range(rows))
        self._hits.setFixedHeight(height + 2 * self._hits.frameWidth() + 4)
        self._hits.show()

    def _add_number(self, emr: str) -> None:
        """A national number is nobody's here: they are not kept. Whose it is, only the EHR can say."""
        nobody = translate("PatientPicker", "Nobody is known by this number")
        if self._may_register:
            offer = translate("PatientPicker", "Register or look up in {emr} …").format(emr=emr)
            self._add(f"{nobody}\n{offer}", self.new_patient_wanted)
        else:
            self._add(nobody, None)

    def _facts_of(self, person: Person) -> str:
        answer, parts = self._answer, [facts(person)]
        if answer.by_number:
            parts.append(translate("PatientPicker", "same birth date"))
        if person.reference in answer.namesakes:
            parts.append(namesake_text(answer.latest.get(person.reference), self._store.snapshot.zone))
        return "  ·  ".join(parts)

    def _add(self, text: str, what: object) -> None:
        """A line that stands for a person, for a signal that takes the typed text, or (None) for nothing."""
        item = QListWidgetItem(text)
        item.setData(MEANS, what)
        if what is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._hits.addItem(item)

    def _emr(self) -> tuple[str, bool]:
        """The EHR's name, and whether it surely can search: on a mere guess no name is put into a URL."""
        capabilities = self._store.snapshot.capabilities
        if capabilities is None:
            return "Leyr", False
        return capabilities.name, capabilities.support.get(Action.SEARCH_PATIENTS) is Support.YES

    def _take(self, item: QListWidgetItem) -> None:
        what = item.data(MEANS)
        if isinstance(what, Person):
            self.choose(what)
        elif what is not None:
            what.emit(self.text)

    def _take_back(self) -> None:
        self.choose(None)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        self._name = label("strong")
        self._facts = label("muted")
        self._change = QToolButton()
        self._change.setText(translate("PatientPicker", "Change"))
        self._change.setAccessibleName(translate("PatientPicker", "Choose another patient"))
        self._change.setProperty("kind", "link")
        self._change.clicked.connect(self._take_back)
        words = stack(self._name, self._facts, spacing=2)
        self._namesake = label("warning")
        words.addWidget(self._namesake)
        self._half_way = label("muted", translate("PatientPicker", "Registered, but nothing is booked yet."))
        words.addWidget(self._half_way)
        line_up((words, 1), (self._change, 0, Qt.AlignmentFlag.AlignTop), on=card, margins=(12, 8, 8, 8))
        return card


ROWS = 4  # in sight; the others are scrolled to


class PersonAppointments(QWidget):
    """Hidden until the ledger has answered. Signals: day_wanted (date): show that day in the book."""

    day_wanted = Signal(object)

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._person: Person | None = None
        self._heading = label("heading")
        self._list = QListWidget()
        self._list.setAccessibleName(translate("PersonAppointments", "Appointments booked from here"))
        self._list.setAccessibleDescription(translate("PersonAppointments", "Enter shows the day in the book."))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stack(self._heading, self._list, on=self, margins=0, spacing=4)
        self._list.itemActivated.connect(self._go)
        store.watch(self._on_found, HistoryFound)
        self.hide()

    def show_person(self, person: Person | None) -> None:
        """Whose appointments are waited for; None shows nothing."""
        self._person = person
        self.hide()

    def _on_found(self, change: HistoryFound) -> None:
        if self._person and change.reference == self._person.reference:
            self._show(change.appointments)

    def _show(self, found: tuple[OwnAppointment, ...]) -> None:
        """`found` is the latest first. What the EHR refused never was an appointment."""
        real = [own for own in found if own.standing is not Standing.REFUSED]
        now = self._store.now()
        coming = [own for own in reversed(real) if own.end > now]
        self._list.clear()
        for own in (*coming, *(own for own in real if own.end <= now)):
            item = QListWidgetItem(self._line(own))
            item.setData(MEANS, own.start.astimezone(self._store.snapshot.zone).date())
            self._list.addItem(item)
        heading = translate("PersonAppointments", "Booked from here: {coming} to come, {past} past")
        nothing = translate("PersonAppointments", "Nothing was booked from here before")
        self._heading.setText(heading.format(coming=len(coming), past=len(real) - len(coming)) if real else nothing)
        rows = min(len(real), ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth() + 4)
        self._list.setVisible(bool(real))
        self.show()

    def _line(self, own: OwnAppointment) -> str:
        """When, what and with whom; how it stands, where that is not simply booked."""
        snapshot = self._store.snapshot
        day = own.start.astimezone(snapshot.zone).date()
        year = f" {day.year}" if day.year != self._store.today().year else ""
        parts = [f"{short_day(day)}{year} {clock_time(own.start, snapshot.zone)}"]
        if own.standing is not Standing.BOOKED:
            parts.append(standing_text(own))
        clinic = snapshot.clinic
        if clinic is not None and clinic.care_unit.id == own.care_unit_id:
            parts.append(clinic.resource_name(own.timeslot.resource_id))
            parts.append(clinic.service_name(own.timeslot.healthcare_service_id))
        else:  # what resources and services other care units have is not known here
            parts += [unit.name for unit in snapshot.care_units if unit.id == own.care_unit_id]
        return "  ·  ".join(part for part in parts if part)

    def _go(self, item: QListWidgetItem) -> None:
        self.day_wanted.emit(item.data(MEANS))
