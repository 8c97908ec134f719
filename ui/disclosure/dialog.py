"""Everything this program has about one person: how much, saved as a file, wiped at the person's wish."""

import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QGridLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.disclosure import Disclosure, as_json
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.results import (
    DisclosureFailed,
    DisclosureFailure,
    DisclosureGathered,
    DisclosureResult,
    DisclosureSaved,
    PersonDetailsWiped,
)
from ui.dialogs.growing import GrowingDialog, ask_where_to_save
from ui.disclosure.document import STYLE, DocumentContext, as_html, as_pdf, footer, not_here
from ui.labels import announce, label, push_button, stack
from ui.words.appointments import standing_text
from ui.words.formatting import facts, person_line, person_name
from ui.words.sentences import day_and_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from receptionapp.services.disclosures import Disclosures

translate = QCoreApplication.translate


class WipeDialog(GrowingDialog):
    """Signals: wanted: it was read, ticked and pressed. Whoever wipes closes it, or says with `show_failure` why
    not."""

    wanted = Signal()

    def __init__(self, person: Person, backups: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("WipeDialog", "Wipe details"))
        self.setMinimumWidth(480)
        self._read = QCheckBox(translate("WipeDialog", "The person asked for this, and I have checked who it is"))
        self._read.toggled.connect(self._show_ready)
        self._wipe = push_button(
            translate("WipeDialog", "Wipe for good"), self._press, kind="danger", auto_default=False
        )
        self._fault = label("fault")
        self._fault.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("WipeDialog", "Cancel"))
        cancel.setDefault(True)
        buttons.addButton(self._wipe, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        column = stack(label("title", person_line(person)), on=self, margins=(20, 20, 20, 16), spacing=4)
        for heading, text in _what(backups):
            column.addSpacing(12)
            column.addWidget(label("strong", heading))
            column.addWidget(label("", text))
        column.addSpacing(16)
        column.addWidget(self._read)
        column.addWidget(self._fault)
        column.addSpacing(12)
        column.addWidget(buttons)
        self._show_ready()
        self._read.setFocus()

    def show_failure(self, why: str) -> None:
        """Nothing was wiped."""
        self._fault.setText(why)
        self._fault.show()
        self._show_ready()

    def _show_ready(self) -> None:
        self._wipe.setEnabled(self._read.isChecked())

    def _press(self) -> None:
        self._fault.hide()
        self._wipe.setEnabled(False)
        self.wanted.emit()


def _what(backups: int) -> tuple[tuple[str, str], ...]:
    copies = (
        translate(
            "WipeDialog",
            "Daily copies of the ledger made until now keep the details until they are replaced, after {days} days. "
            "Copies kept elsewhere are yours to delete.",
        ).format(days=backups)
        if backups
        else translate("WipeDialog", "Copies of the ledger that were made until now are yours to delete.")
    )
    return (
        (
            translate("WipeDialog", "What goes, at every desk"),
            translate(
                "WipeDialog",
                "Name, birth date, phone number, and what was written about the appointments. It can't be undone.",
            ),
        ),
        (
            translate("WipeDialog", "What stays"),
            translate(
                "WipeDialog",
                "That there were appointments, when and with whom at the clinic, with Leyr's reference for the "
                "patient and no name. The record of who did what, which also says that this was done.",
            ),
        ),
        (
            translate("WipeDialog", "What is not reached from here"),
            translate("WipeDialog", "The patient record in the EHR, and Leyr's logs.") + " " + copies,
        ),
    )


def failure_text(why: DisclosureFailure) -> str:
    return {
        DisclosureFailure.LEDGER: lambda: translate(
            "Disclosure", "This desk's record could not be read or written, so nothing was done. Try again."
        ),
        DisclosureFailure.DISK_FULL: lambda: translate(
            "Disclosure", "The disk is full, so nothing was saved. Make room, or choose another disk."
        ),
        DisclosureFailure.NOT_WRITABLE: lambda: translate(
            "Disclosure",
            "It could not be saved there: the folder can't be written to, or the file is open in another program. "
            "Choose another place.",
        ),
        DisclosureFailure.NOT_ADMINISTRATOR: lambda: translate(
            "Disclosure", "Only an administrator may do that. Nothing was done."
        ),
        DisclosureFailure.STILL_NEEDED: lambda: translate(
            "Disclosure",
            "Nothing was wiped: something about this person is open or still to come. It may have been booked at "
            "another desk in this moment.",
        ),
        DisclosureFailure.NOTHING: lambda: translate("Disclosure", "There are no details of this person to wipe."),
    }[why]()


def still_needed_text(needed: tuple[OwnAppointment, ...], zone: ZoneInfo) -> str:
    """Why nothing can be wiped now, and what to do first."""
    shown = "\n".join(f"•  {day_and_time(own, zone)}: {standing_text(own)}" for own in needed[:5])
    unsettled = any(own.standing not in (Standing.BOOKED, Standing.OTHER, Standing.COMPLETED) for own in needed)
    to_do = (
        translate("Disclosure", "Settle what is open first; nobody would know whose it is.")
        if unsettled
        else translate(
            "Disclosure", "Cancel it first, or wait until it is over: until then the desk must know who comes."
        )
    )
    nothing = translate("Disclosure", "Nothing can be wiped yet:")
    return f"{nothing}\n{shown}\n{to_do}"


class DisclosureDialog(GrowingDialog):
    """`by` is who is at the desk, "" if nobody is named."""

    def __init__(self, person: Person, store: BookStore, disclosing: "Disclosures", by: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._person = person
        self._store = store
        self._disclosing = disclosing
        self._by = by
        self._found: Disclosure | None = None
        self._wiping: WipeDialog | None = None
        self.setWindowTitle(translate("Disclosure", "Everything about this person"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(20)
        self._figures.setVerticalSpacing(4)
        self._figures.setColumnStretch(1, 1)
        self._name = label("title", person_name(person))
        self._facts = label("muted", facts(person))
        self._why_not = label("muted")
        self._said = label("strong")
        self._said.hide()
        self._pdf = push_button(
            translate("Disclosure", "Save as PDF …"), lambda: self._ask_where("pdf"), auto_default=False
        )
        self._json = push_button(
            translate("Disclosure", "Save as JSON …"), lambda: self._ask_where("json"), auto_default=False
        )
        self._wipe = push_button(translate("Disclosure", "Wipe details …"), self._ask_to_wipe, auto_default=False)
        self._wipe.setProperty("kind", "danger")
        self._pdf.setProperty("kind", "primary")
        self._pdf.setDefault(True)
        self._lay_out()
        self._show_ready()
        disclosing.results.result.connect(self._show_result)
        disclosing.gather(person)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("Disclosure", "Close"))
        close.setAutoDefault(False)
        buttons.addButton(self._wipe, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self._json, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._pdf, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = stack(self._name, self._facts, 12, self._figures, 12, on=self, margins=(20, 20, 20, 16), spacing=4)
        emr = self._made().emr
        for text in not_here(emr)[:2]:
            column.addWidget(label("muted", text))
        column.addSpacing(8)
        column.addWidget(self._why_not)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addSpacing(12)
        column.addWidget(buttons)

    def _show_result(self, what: DisclosureResult) -> None:
        match what:
            case DisclosureGathered():
                self._show(what.disclosure)
            case DisclosureSaved():
                self._say(translate("Disclosure", "Saved. The file holds personal data: give it to nobody else."))
            case PersonDetailsWiped():
                self._show_wiped(what)
            case DisclosureFailed():
                self._show_failure(what.why)
        self._show_ready()

    def _show(self, found: Disclosure) -> None:
        self._found = found
        self._name.setText(person_name(found.person))
        self._facts.setText(facts(found.person))
        self._clear_figures()
        rows = (
            (translate("Disclosure", "Details"), self._details(found)),
            (translate("Disclosure", "Appointments from here"), str(len(found.appointments))),
            (translate("Disclosure", "Asked of {emr}").format(emr=self._made().emr), str(len(found.intents))),
            (translate("Disclosure", "Lines of who looked and did what"), str(len(found.lines))),
        )
        for row, (name, value) in enumerate(rows):
            heading = label("", name)
            heading.setWordWrap(False)
            self._figures.addWidget(heading, row, 0)
            self._figures.addWidget(label("strong", value), row, 1)
        needed = found.still_needed_appointments(self._store.now())
        self._why_not.setText(still_needed_text(needed, self._store.snapshot.zone) if needed else "")
        self._why_not.setVisible(bool(needed))

    def _details(self, found: Disclosure) -> str:
        if found.provenance is None:
            return translate("Disclosure", "none, only looked up")
        if found.person.is_wiped:
            return translate("Disclosure", "wiped")
        return translate("Disclosure", "name, birth date, phone number")

    def _clear_figures(self) -> None:
        while (item := self._figures.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _show_ready(self) -> None:
        found = self._found
        for save in (self._pdf, self._json):
            save.setEnabled(found is not None)
        wipes = found is not None and found.may_be_wiped and not found.still_needed_appointments(self._store.now())
        self._wipe.setEnabled(wipes)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        announce(self, text)

    def _ask_where(self, kind: str) -> None:
        """The name of the file names nobody."""
        title = translate("Disclosure", "Save everything about this person")
        name = f"reception-{self._store.today()}-{secrets.token_hex(3)}.{kind}"
        ask_where_to_save(self, title, name, lambda file: self._save(Path(file), kind))

    def _save(self, path: Path, kind: str) -> None:
        self._said.hide()
        for save in (self._pdf, self._json):
            save.setEnabled(False)
        make = self._make_pdf if kind == "pdf" else self._make_json
        self._disclosing.save(self._person, path, make)

    def _make_json(self, found: Disclosure) -> "Callable[[], bytes]":
        made = self._made()
        return lambda: as_json(found, made.clinic, made.zone, made.at, made.by).encode()

    def _make_pdf(self, found: Disclosure) -> "Callable[[], bytes]":
        made = self._made()
        return partial(as_pdf, as_html(found, made), STYLE, footer(made), self.windowTitle())

    def _made(self) -> DocumentContext:
        snapshot = self._store.snapshot
        emr = snapshot.emr
        return DocumentContext(snapshot.clinic, snapshot.zone, self._store.now(), self._by, emr)

    def _ask_to_wipe(self) -> None:
        self._said.hide()
        self._wiping = WipeDialog(self._person, self._disclosing.backups, self)
        self._wiping.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wiping.wanted.connect(lambda: self._disclosing.wipe(self._person))
        self._wiping.finished.connect(self._no_longer_wiping)
        self._wiping.open()

    def _no_longer_wiping(self) -> None:
        self._wiping = None

    def _show_wiped(self, what: PersonDetailsWiped) -> None:
        if self._wiping is not None:
            self._wiping.accept()
        self._person = Person(self._person.reference, "", "")
        said = translate("Disclosure", "The details are wiped, at every desk.")
        if not what.log_emptied:
            said += " " + translate("Disclosure", "The ledger's log keeps them until the program is closed.")
        self._say(said)
        self._disclosing.gather(self._person)

    def _show_failure(self, why: DisclosureFailure) -> None:
        if self._wiping is not None:
            self._wiping.show_failure(failure_text(why))
        else:
            self._say(failure_text(why))
        if why in (DisclosureFailure.STILL_NEEDED, DisclosureFailure.NOTHING):
            self._disclosing.gather(self._person)  # it was so when the dialog was opened; it is otherwise now
