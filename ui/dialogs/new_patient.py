"""Registering a patient, or fetching the one who has the number already; people who may be the same are shown first."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from receptionapp.domain.intent import CreateRequest, Outcome, WriteNotice
from receptionapp.domain.names import InvalidName, NameFault, validate_name
from receptionapp.domain.national_number import (
    Country,
    InvalidNumber,
    NationalNumber,
    NumberOrigin,
    validate_national_number,
)
from receptionapp.domain.patient import InvalidEmail, InvalidPhone, NewPatient, Person, validate_email, validate_phone
from receptionapp.domain.problem import Reason
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, DayBegan, SimilarPeopleFound, UserNotified
from ui.dialogs.growing import GrowingDialog, PageOfFields
from ui.fields import CoveredNumber, NumberField, TextField
from ui.labels import escape_mnemonic, heading_of, label, push_button, stack
from ui.words import sentences
from ui.words.formatting import birth_date, person_line, phone
from ui.words.sentences import notice_sentence

translate = QCoreApplication.translate


class SimilarPeople(QFrame):
    """Signals: chosen (Person): it is this one, whom we have."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("kind", "waiting")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 12, 12, 12)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def compare(self, new: Person, known: tuple[Person, ...]) -> None:
        """Ask whether `new` is one of `known`."""
        self.clear()
        self._grid.addWidget(
            label("strong", translate("AlikePeople", "This may be somebody you already have.")), 0, 0, 1, 2
        )
        self._grid.addWidget(label("heading", translate("AlikePeople", "To be registered")), 1, 0)
        self._grid.addWidget(label("heading", translate("AlikePeople", "Here already")), 1, 1)
        self._grid.addWidget(label("", _described(new)), 2, 0)
        for row, person in enumerate(known):
            words = label("", _described(person))
            words.setContentsMargins(0, 8 if row else 0, 0, 0)  # each with its own button
            self._grid.addWidget(words, 2 + 2 * row, 1)
            self._grid.addWidget(self._button(person), 3 + 2 * row, 1)
        self.show()

    def clear(self) -> None:
        self.hide()
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _button(self, person: Person) -> QPushButton:
        button = QPushButton(translate("AlikePeople", "Use this one"))
        button.setAccessibleDescription(_described(person))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.chosen.emit(person))
        return button


def _described(person: Person) -> str:
    """Half a dialog wide: each fact on a line of its own, so that a telephone number is never broken in two."""
    parts = (person.full_name, birth_date(person.birth_date), phone(person.phone or ""))
    return "\n".join(part for part in parts if part)


class NewPatientDialog(GrowingDialog):
    """Signals: create_wanted (CreateRequest), person_ready (Person): registered, or taken as the right one,
    person_accepted (Person): taken although the name differs, person_known (Person): one whom we have, so that nothing
    was sent."""

    create_wanted = Signal(object)
    person_ready = Signal(object)
    person_accepted = Signal(object)
    person_known = Signal(object)
    number_shown = Signal()

    def __init__(self, store: BookStore, typed: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._today = today
        self._request: UUID | None = None
        self._came_back: Person | None = None
        self._pressed = False
        self.setWindowTitle(translate("NewPatientDialog", "New patient"))
        self.setMinimumWidth(420)
        self._number = NumberField()
        self._number.setPlaceholderText(translate("NewPatientDialog", "11 digits"))
        self._covered = CoveredNumber(self._number)
        self._covered.shown.connect(self.number_shown)
        self._first = TextField()
        self._last = TextField()
        self._phone = TextField()
        self._email = TextField()
        self._faults = {field: label("fault") for field in self._fields()}
        self._sure = QCheckBox(translate("NewPatientDialog", "Read back and right: send it all the same"))
        self._one_name = QCheckBox(translate("NewPatientDialog", "This person has one name only"))
        self._answer = QFrame()
        self._answer.setProperty("role", "message")
        self._answer_text = label()
        self._take = QPushButton()
        self._alike = SimilarPeople()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._register = push_button(translate("NewPatientDialog", "Register"), kind="primary")
        self._buttons.addButton(self._register, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("NewPatientDialog", "Cancel"))
        self._lay_out()
        self._register.setDefault(True)
        self._register.clicked.connect(self._press)
        self._take.clicked.connect(self._accept_other)
        self._alike.chosen.connect(self._take_known)
        self._buttons.rejected.connect(self.reject)
        for field in self._fields():
            field.textChanged.connect(self._show_faults)
            field.textChanged.connect(self._forget_alike)
        self._number.textChanged.connect(self._be_unsure)
        for box in (self._sure, self._one_name):
            box.toggled.connect(self._show_faults)
        store.watch(self._on_changed, SimilarPeopleFound, UserNotified)
        store.watch(self._on_day, DayBegan)
        self._begin_with(typed)
        self._show_faults()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self._number, self._first, self._last, self._phone, self._email)

    def _lay_out(self) -> None:
        page = QWidget()
        self._page = PageOfFields(page)
        column = stack(on=page, margins=(20, 20, 20, 8), spacing=4)
        emr = self._store.snapshot.emr
        column.addWidget(
            label(
                "muted",
                translate(
                    "NewPatientDialog",
                    "{emr} creates the patient, or gives back the one who has this number already. "
                    "Phone and e-mail of somebody already there may be replaced.",
                ).format(emr=emr),
            )
        )
        names = (
            translate("NewPatientDialog", "National number"),
            translate("NewPatientDialog", "First name"),
            translate("NewPatientDialog", "Last name"),
            translate("NewPatientDialog", "Phone")
            if self._needs_phone
            else translate("NewPatientDialog", "Phone (may be left out)"),
            translate("NewPatientDialog", "E-mail (may be left out)"),
        )
        for name, field in zip(names, self._fields(), strict=True):
            heading = heading_of(field, name)
            field.setAccessibleName(name)
            column.addSpacing(8)
            column.addWidget(heading)
            column.addWidget(self._covered if field is self._number else field)
            column.addWidget(self._faults[field])
            if field is self._number:
                column.addWidget(self._sure)
            if field is self._last:
                column.addWidget(self._one_name)
        stack(self._answer_text, self._take, on=self._answer)
        self._answer.hide()
        column.addSpacing(12)
        column.addWidget(self._answer)
        column.addWidget(self._alike)
        column.addStretch(1)
        self._buttons.setContentsMargins(20, 0, 20, 20)
        stack((self._page, 1), self._buttons, on=self, margins=0)

    def _begin_with(self, typed: str) -> None:
        """What was typed in the search field is not typed twice."""
        if any(character.isdigit() for character in typed):
            self._number.setText(typed)
            return
        first, _, last = typed.strip().rpartition(" ")
        self._first.setText((first or last).title() if typed.islower() else first or last)
        self._last.setText((last if first else "").title() if typed.islower() else last if first else "")

    def _judged_number(self) -> NationalNumber | InvalidNumber:
        capabilities = self._store.snapshot.capabilities
        country = capabilities.national_number_country if capabilities else Country.NORWAY
        return validate_national_number(self._number.text(), self._today, (country,))

    def _is_made_up(self, number: NationalNumber | InvalidNumber) -> bool:
        """Whether it is a made-up person's, where only real patients are registered."""
        synthetic = isinstance(number, NationalNumber) and number.origin is NumberOrigin.SYNTHETIC
        return synthetic and not self._store.snapshot.profile.takes_made_up_people

    def _be_unsure(self) -> None:
        """What was said of one number does not hold for the next."""
        self._sure.setChecked(False)

    def _number_may_be_left_out(self) -> bool:
        capabilities = self._store.snapshot.capabilities
        return capabilities is not None and not capabilities.needs_national_number and not self._number.text().strip()

    def _show_faults(self) -> None:
        """Each field's fault under it: at once where something was typed, for empty ones after Register."""
        number = self._judged_number()
        doubtful = isinstance(number, NationalNumber) and bool(number.doubts)
        made_up = self._is_made_up(number)
        self._sure.setVisible(doubtful and not made_up)
        fault = "" if self._number_may_be_left_out() else sentences.number_fault_text(number)
        if made_up:
            fault = translate(
                "NewPatientDialog",
                "This is the number of a made-up person. This connection is for real patients, so it can't be sent.",
            )
        self._say(self._number, fault, warning=isinstance(number, NationalNumber) and not made_up)
        lone = self._has_lone_name()
        self._one_name.setVisible(lone and (self._pressed or self._one_name.isChecked()))
        for field in (self._first, self._last):
            name = validate_name(field.text())
            fault = sentences.name_fault_text(name) if isinstance(name, InvalidName) else ""
            if lone and isinstance(name, InvalidName):
                fault = "" if self._one_name.isChecked() else translate("NewPatientDialog", "Leyr asks for both names.")
            self._say(field, fault)
        if lone and self._one_name.isChecked():
            said = translate("NewPatientDialog", "Leyr asks for both names: {emr} may refuse one. You are told if so.")
            self._say(self._last, said.format(emr=self._store.snapshot.emr), warning=True)
        phone = validate_phone(self._phone.text()) if self._phone_counts() else None
        self._say(self._phone, sentences.phone_fault_text(phone) if isinstance(phone, InvalidPhone) else "")
        email = validate_email(self._email.text()) if self._email.text().strip() else None
        self._say(self._email, sentences.email_fault_text(email) if isinstance(email, InvalidEmail) else "")

    def _say(self, field: QLineEdit, fault: str, *, warning: bool = False) -> None:
        quiet = not field.text().strip() and not self._pressed
        said = self._faults[field]
        said.setText("" if quiet else fault)
        said.setVisible(bool(said.text()))
        said.setProperty("kind", "warning" if warning else "")
        said.style().polish(said)
        field.setAccessibleDescription(said.text())

    def _has_lone_name(self) -> bool:
        """Whether one of the names can be sent, and nothing is typed for the other."""
        judged = [validate_name(field.text()) for field in (self._first, self._last)]
        empty = [name for name in judged if isinstance(name, InvalidName) and name.reason is NameFault.EMPTY]
        return len(empty) == 1 and any(isinstance(name, str) for name in judged)

    def _phone_counts(self) -> bool:
        """Whether the phone is judged: it is typed, or the EHR registers nobody without one (`leyr-api.md` 8)."""
        return bool(self._phone.text().strip()) or self._needs_phone

    @property
    def _needs_phone(self) -> bool:
        capabilities = self._store.snapshot.capabilities
        return capabilities is not None and capabilities.needs_phone

    def _patient(self) -> NewPatient | None:
        number = self._judged_number()
        first, last = validate_name(self._first.text()), validate_name(self._last.text())
        if self._has_lone_name() and self._one_name.isChecked():
            first, last = ("" if isinstance(name, InvalidName) else name for name in (first, last))
        if isinstance(first, InvalidName) or isinstance(last, InvalidName):
            return None
        if isinstance(number, InvalidNumber):
            if not self._number_may_be_left_out():
                return None
        elif self._is_made_up(number) or (number.doubts and not self._sure.isChecked()):
            return None
        digits = number.digits if isinstance(number, NationalNumber) else ""
        phones: tuple[str, ...] = ()
        emails: tuple[str, ...] = ()
        if self._phone_counts():
            phone = validate_phone(self._phone.text())
            if isinstance(phone, InvalidPhone):
                return None
            phones = (str(phone),)
        if self._email.text().strip():
            email = validate_email(self._email.text())
            if isinstance(email, InvalidEmail):
                return None
            emails = (str(email),)
        return NewPatient(first, last, digits, phones, emails)

    def _press(self) -> None:
        self._pressed = True
        self._show_faults()
        patient, clinic = self._patient(), self._store.snapshot.clinic
        if self._request is not None or clinic is None:
            return
        if patient is None:
            fault = self._first_fault()
            fault.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.bring_to_sight(fault)
            return
        number = self._judged_number()
        despite = number.doubts if isinstance(number, NationalNumber) and self._sure.isChecked() else ()
        request = CreateRequest(clinic.care_unit.id, patient, is_new=not self._alike.isHidden(), despite=despite)
        self._request = request.id
        self._answer.hide()
        self._show_under_way(True)
        self.create_wanted.emit(request)

    def _first_fault(self) -> QWidget:
        """What stands in the way. Of the number a warning may be all that is said, and no more is asked than a tick."""
        for field in self._fields():
            said = self._faults[field]
            if said.property("kind") == "warning":
                if not self._sure.isHidden() and not self._sure.isChecked():
                    return self._sure
            elif said.text():
                return field
        return self._number

    def _on_day(self, change: DayBegan) -> None:
        """Who is born today is not born in the future."""
        self._today = change.day
        self._show_faults()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, SimilarPeopleFound) and change.request == self._request:
            self._request = None
            self._alike.compare(change.new, change.known)
            self._show_under_way(False)
            self._page.bring_to_sight(self._alike)
        if not isinstance(change, UserNotified) or not isinstance(change.what, WriteNotice):
            return
        if self._request is None or change.what.request != self._request:
            return
        self._request = None
        self._show_under_way(False)
        if change.what.outcome is Outcome.DONE and change.what.person is not None:
            self.person_ready.emit(change.what.person)
            self.accept()
        else:
            self._show_answer(change.what)

    def _show_answer(self, notice: WriteNotice) -> None:
        snapshot = self._store.snapshot
        emr = snapshot.emr
        self._answer.setProperty("kind", notice.outcome.value)
        self._answer.style().polish(self._answer)
        other = notice.problem is not None and notice.problem.reason is Reason.OTHER_PERSON
        self._came_back = notice.person if other else None
        sentence = notice_sentence(notice, snapshot.zone, emr)
        self._answer_text.setText(sentence.why if other else sentence.text)
        if self._came_back is not None:
            self._take.setText(
                translate("NewPatientDialog", "Use {person}").format(
                    person=escape_mnemonic(person_line(self._came_back))
                )
            )
        self._take.setVisible(self._came_back is not None)
        self._answer.show()
        self._page.bring_to_sight(self._answer)

    def _take_known(self, person: Person) -> None:
        self.person_known.emit(person)
        self.accept()

    def _forget_alike(self) -> None:
        self._alike.clear()
        self._show_under_way(False)

    def _accept_other(self) -> None:
        if self._came_back is not None:
            self.person_accepted.emit(self._came_back)
            self.person_ready.emit(self._came_back)
            self.accept()

    def _show_under_way(self, under_way: bool) -> None:
        self._register.setEnabled(not under_way)
        self._register.setText(self._what_register_does(under_way))
        for field in (*self._fields(), self._sure, self._one_name):
            field.setEnabled(not under_way)

    def _what_register_does(self, under_way: bool) -> str:
        if under_way:
            return translate("NewPatientDialog", "Registering …")
        if not self._alike.isHidden():
            return translate("NewPatientDialog", "None of these: register")
        return translate("NewPatientDialog", "Register")
