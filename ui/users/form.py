"""A name, a PIN typed twice, or both; and what is said when one was not taken."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from receptionapp.domain.names import normalise_name
from receptionapp.domain.user import LONGEST, SHORTEST, PinFault, User, find_pin_fault
from receptionapp.store.presence import PresenceStore, Refusal, RefusalReason
from ui.dialogs.growing import GrowingDialog
from ui.fields import TextField
from ui.labels import announce, heading_of, label, push_button, stack

translate = QCoreApplication.translate

_FAULTS = {
    PinFault.NOT_DIGITS: lambda: translate("Users", "A PIN has digits only."),
    PinFault.TOO_SHORT: lambda: translate("Users", "At least {count} digits.").format(count=SHORTEST),
    PinFault.TOO_LONG: lambda: translate("Users", "At most {count} digits.").format(count=LONGEST),
    PinFault.REPEATED: lambda: translate("Users", "The same digits again and again are tried first. Choose another."),
    PinFault.RUN: lambda: translate("Users", "Digits in a row are tried first. Choose another."),
    PinFault.DATE: lambda: translate("Users", "It looks like a date or a year, which is tried first. Choose another."),
}


def pin_fault_text(fault: PinFault) -> str:
    return _FAULTS[fault]()


def wait_text(seconds: int) -> str:
    """Counted down by whoever shows it."""
    if seconds >= 60:
        minutes, rest = divmod(seconds, 60)
        return translate("Users", "Wait {minutes} min {seconds} s before the next PIN.").format(
            minutes=minutes, seconds=rest
        )
    return translate("Users", "Wait {seconds} s before the next PIN.").format(seconds=seconds)


def refusal_text(refusal: Refusal) -> str:
    """What happened, and what to do."""
    return {
        RefusalReason.WRONG_PIN: lambda: translate("Users", "That PIN is not right."),
        RefusalReason.MUST_WAIT: lambda: translate("Users", "Too many wrong PINs."),
        RefusalReason.LEFT: lambda: translate("Users", "This user is not active any more. Ask an administrator."),
        RefusalReason.NAME_IN_USE: lambda: translate(
            "Users", "Somebody has this name, or had it: the record must tell them apart. Write it another way."
        ),
        RefusalReason.LAST_ADMINISTRATOR: lambda: translate(
            "Users", "This is the only administrator. Make somebody else one first."
        ),
        RefusalReason.NOT_ADMINISTRATOR: lambda: translate("Users", "Only an administrator may do that."),
        RefusalReason.LEDGER_FAILED: lambda: translate(
            "Users", "The desk's record could not be read or written, so nothing was changed. Try again."
        ),
    }[refusal.why]()


LONGEST_NAME = 60  # characters


class UserForm(GrowingDialog):
    """Stays open until the ledger has it. Signals: ready (name, PIN, administrator); a field that is not asked for is
    empty."""

    ready = Signal(str, str, bool)

    def __init__(
        self, store: PresenceStore, title: str, parent: QWidget, *, name: bool, pin: bool, whose: User | None = None
    ) -> None:
        super().__init__(parent)
        self._asks_name, self._asks_pin = name, pin
        self._pressed = False
        first = not store.presence.users
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        self._name = _field(translate("UserForm", "Name"), whose.name if whose else "")
        self._pin = _field(translate("UserForm", "PIN"), secret=True)
        self._again = _field(translate("UserForm", "The same PIN again"), secret=True)
        self._administrator = QCheckBox(translate("UserForm", "Administrator: manages users and reads the record"))
        self._fault = label("fault")
        self._fault.hide()
        self._save = push_button(translate("UserForm", "Save"), self._press, kind="primary", default=True)
        column = stack(on=self, margins=(20, 20, 20, 16), spacing=4)
        if first:
            column.addWidget(
                label("muted", translate("UserForm", "The first one is the administrator, who can add the others."))
            )
            column.addSpacing(8)
        elif whose is not None and pin:
            column.addWidget(label("strong", whose.name))
            column.addSpacing(4)
        self._add_fields(column)
        if name and whose is None and not first:
            column.addSpacing(8)
            column.addWidget(self._administrator)
        else:
            self._administrator.hide()
        column.addSpacing(4)
        column.addWidget(self._fault)
        column.addSpacing(12)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("UserForm", "Cancel"))
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        store.refused.connect(self._refused)
        store.done.connect(self.accept)

    def _add_fields(self, column: QVBoxLayout) -> None:
        asked = ([self._name] if self._asks_name else []) + ([self._pin, self._again] if self._asks_pin else [])
        for field in asked:
            heading = heading_of(field)
            column.addSpacing(8 if field is not asked[0] else 0)
            column.addWidget(heading)
            column.addWidget(field)
            field.textEdited.connect(self._show_fault)
        if self._asks_pin:
            column.addWidget(label("muted", translate("UserForm", "4 to 12 digits.")))
        for field in (self._name, self._pin, self._again):
            field.setVisible(field in asked)

    def _what_is_wrong(self) -> tuple[str, QLineEdit]:
        """In words, none if nothing is; and the field where it is."""
        if self._asks_name and not normalise_name(self._name.text()):
            return translate("UserForm", "A name is needed: the record says who did what."), self._name
        if self._asks_pin:
            fault = find_pin_fault(self._pin.text())
            if fault is not None:
                return pin_fault_text(fault), self._pin
            if self._pin.text() != self._again.text():
                return translate("UserForm", "The two PINs are not the same."), self._again
        return "", self._name

    def _show_fault(self) -> None:
        text = self._what_is_wrong()[0] if self._pressed else ""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def _press(self) -> None:
        self._pressed = True
        self._show_fault()
        fault, field = self._what_is_wrong()
        if fault:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            announce(self, fault)
        elif self._save.isEnabled():
            self._save.setEnabled(False)
            name = normalise_name(self._name.text()) if self._asks_name else ""
            self.ready.emit(name, self._pin.text() if self._asks_pin else "", self._administrator.isChecked())

    def _refused(self, refusal: Refusal) -> None:
        self._save.setEnabled(True)
        self._fault.setText(refusal_text(refusal))
        self._fault.show()


def _field(name: str, text: str = "", *, secret: bool = False) -> TextField:
    made = TextField(text, LONGEST if secret else LONGEST_NAME)
    made.setAccessibleName(name)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return made
