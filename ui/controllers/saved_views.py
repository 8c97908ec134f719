"""Views of the book under F2 to F8: recalled by the key, named and saved by Ctrl+Shift and the key."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMenu, QWidget

from receptionapp.domain.layout import KEYS, SavedView, ViewSpan
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded
from ui.fields import TextField
from ui.labels import escape_mnemonic, heading_of, label, stack

translate = QCoreApplication.translate

LONGEST_NAME = 60  # characters


class SaveViewDialog(QDialog):
    """Signals: save_wanted (SavedView): with the name that was typed."""

    save_wanted = Signal(object)

    def __init__(self, present: SavedView, keys: str, replaced: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._present = present
        self.setWindowTitle(translate("SaveViewDialog", "Save as {key}").format(key=keys))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(400)
        self._name = TextField(replaced or present.name, LONGEST_NAME)
        self._name.setAccessibleName(translate("SaveViewDialog", "Name"))
        self._name.selectAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._save_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save_button.setText(translate("SaveViewDialog", "Save"))
        self._save_button.setProperty("kind", "primary")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("SaveViewDialog", "Cancel"))
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._show_state)
        column = stack(on=self, margins=(20, 20, 20, 16), spacing=8)
        kept = translate(
            "SaveViewDialog", "{key} will show the resources, the service, and the day or week as they are shown now."
        )
        column.addWidget(label("", kept.format(key=keys)))
        if replaced:
            text = translate("SaveViewDialog", "It takes the place of “{name}”.").format(name=replaced)
            column.addWidget(label("muted", text))
        column.addSpacing(4)
        heading = heading_of(self._name, translate("SaveViewDialog", "Name"))
        column.addWidget(heading)
        column.addWidget(self._name)
        column.addSpacing(8)
        column.addWidget(buttons)

    def _show_state(self) -> None:
        self._save_button.setEnabled(bool(self._name.text().strip()))

    def _save(self) -> None:
        self.save_wanted.emit(replace(self._present, name=self._name.text().strip()))
        self.accept()


class SavedViewsController(QObject):
    """Signals: wanted (SavedView): show this one. nothing_saved (its key as text).
    changed (tuple of SavedView): all that are to be remembered now, those of other care units included."""

    wanted = Signal(object)
    nothing_saved = Signal(str)
    changed = Signal(object)

    def __init__(self, store: BookStore, views: tuple[SavedView, ...], window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._views = views
        self._window = window
        self._show = {key: self._action(key, f"F{key}") for key in KEYS}
        self._save = {key: self._action(key, f"Ctrl+Shift+F{key}") for key in KEYS}
        for action in self._show.values():
            action.triggered.connect(self._want)
        for key, action in self._save.items():
            text = translate("SavedViews", "Save what is shown on {key} …").format(key=_keys(f"F{key}"))
            _name(action, text, translate("SavedViews", "Save what is shown …"))
            action.triggered.connect(self._ask_name)
        store.watch(self._show_names, ClinicLoaded)
        self._show_names()

    def fill(self, menu: QMenu) -> None:
        """List them in a menu, so that their keys work and can be seen."""
        menu.addActions(list(self._show.values()))
        menu.addSeparator()
        menu.addActions(list(self._save.values()))

    def _action(self, key: int, keys: str) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setData(key)
        return action

    def _show_names(self) -> None:
        here = self._care_unit_id is not None
        for key, action in self._show.items():
            saved = self._saved(key)
            if saved:
                _name(action, escape_mnemonic(saved.name), saved.name)
            else:
                text = translate("SavedViews", "Nothing saved on {key}").format(key=_keys(f"F{key}"))
                _name(action, text, translate("SavedViews", "A view that you save"))
            action.setEnabled(here)
            self._save[key].setEnabled(here)

    @property
    def _care_unit_id(self) -> str | None:
        clinic = self._store.snapshot.clinic
        return clinic.care_unit.id if clinic else None

    def _saved(self, key: int) -> SavedView | None:
        here = (view for view in self._views if view.care_unit_id == self._care_unit_id)
        return next((view for view in here if view.key == key), None)

    def _key(self) -> int:
        action = self.sender()
        return int(action.data()) if isinstance(action, QAction) else KEYS.start

    def _want(self) -> None:
        key = self._key()
        saved = self._saved(key)
        if saved is not None:
            self.wanted.emit(saved)
        else:
            self.nothing_saved.emit(_keys(f"F{key}"))

    def _ask_name(self) -> None:
        present = self._present(self._key())
        if present is None:
            return
        replaced = self._saved(present.key)
        dialog = SaveViewDialog(present, _keys(f"F{present.key}"), replaced.name if replaced else "", self._window)
        dialog.save_wanted.connect(self._keep)
        dialog.open()

    def _present(self, key: int) -> SavedView | None:
        snapshot = self._store.snapshot
        clinic, view = snapshot.clinic, snapshot.view
        if clinic is None:
            return None
        shown = snapshot.shown_resources()
        names = [clinic.resource_name(each) for each in shown]
        everybody = len(shown) == len(clinic.resources)
        whole = translate("SavedViews", "Everybody") if everybody else ", ".join(names[:3])
        span = translate("SavedViews", "week") if view.span is ViewSpan.WEEK else translate("SavedViews", "day")
        service = [clinic.service_name(view.service_id)] if view.service_id else []
        name = ", ".join([whole, *service, span])
        resources = () if everybody else shown
        return SavedView(clinic.care_unit.id, key, name, resources, view.span, view.service_id)

    def _keep(self, saved: SavedView) -> None:
        others = (v for v in self._views if (v.care_unit_id, v.key) != (saved.care_unit_id, saved.key))
        self._views = (*others, saved)
        self._show_names()
        self.changed.emit(self._views)


def _name(action: QAction, text: str, short: str) -> None:
    """In the menu each says its key, else a screen reader tells seven that read alike; lists tell them together."""
    action.setText(text)
    action.setIconText(short)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
