"""Who is at the desk: locking, unlocking, taking over, and the screens of users and of the record."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.patient import Person
from receptionapp.domain.user import User
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import Presence, PresenceStore, Refusal
from receptionapp.store.results import Results
from receptionapp.system.session_lock import SessionLock
from ui.controllers.finding import WipedPersonController
from ui.lock.cover import IdleWatch, ScreenCover
from ui.lock.page import LockPage
from ui.theme import Theme
from ui.top_bar import UserButton

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk, LedgerServices
    from ui.main_window import MainWindow


translate = QCoreApplication.translate


class DeskUserController(QObject):
    """At one window. Signals: minutes_chosen (int): lock after so many idle minutes from now on."""

    minutes_chosen = Signal(int)

    def __init__(
        self,
        window: "MainWindow",
        store: BookStore,
        presence: PresenceStore,
        record: Results,
        theme: Theme,
        minutes: int,
        *,
        practice: bool,
        minutes_managed: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._presence = presence
        self._record = record
        self._minutes = minutes
        self._practice = practice
        self._minutes_managed = minutes_managed
        self._watch: LedgerServices | None = None
        self._desk: Desk | None = None
        self._former: User | None = None
        self.page = LockPage(theme, practice=practice)
        self.screen_cover = ScreenCover(window, self.page)
        self._idle = IdleWatch(self)
        self._session = SessionLock(self)
        panel, finder, bar = window.panel, window.finder, window.message_bar
        self._forgetting = WipedPersonController(store, panel, finder, bar, self.screen_cover.clear_own_clipboard, self)
        self._make_actions()
        self._button = UserButton((self.switch_action, self.lock_action))
        window.top_bar.append(self._button)
        self._connect_parts()
        presence.changed.connect(self._on_changed)
        presence.refused.connect(self._on_refused)
        self._show()

    def attach(self, watch: "LedgerServices", desk: "Desk") -> None:
        """From now on somebody can be here."""
        self._watch = watch
        self._desk = desk
        self._session.listen(int(self._window.winId()))
        presence = self._presence.presence
        self._window.first_user_strip.setVisible(not self._practice and presence.is_read and not presence.users)
        if presence.locked:  # before this window was made
            self._show_locked(presence)
        self._show()

    def detach(self) -> None:
        """The ledger is about to be closed."""
        self._session.stop()
        self._watch = self._desk = None
        self._idle.watch(0)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self.page.set_theme(theme)

    def _make_actions(self) -> None:
        self.switch_action = _action(translate("Attendance", "&Switch user …"), "Ctrl+Shift+S", self)
        self.lock_action = _action(translate("Attendance", "&Lock"), "Ctrl+Shift+K", self)
        self.users_action = _action(translate("Attendance", "&Users …"), "", self)
        self.audit_log_action = _action(translate("Attendance", "Who &did what …"), "", self)
        self.patient_log_action = _action(translate("Attendance", "Who has looked at this &patient …"), "", self)
        self.disclosure_action = _action(translate("Attendance", "&Everything about this patient …"), "", self)
        bar = self._window.menuBar()
        menu = bar.addMenu(translate("Attendance", "&Desk"))
        menu.addActions([self.switch_action, self.lock_action])
        menu.addSeparator()
        menu.addActions([self.users_action, self.audit_log_action, self.patient_log_action, self.disclosure_action])
        bar.insertMenu(bar.actions()[-2], menu)  # before Help, which is last everywhere
        self.switch_action.triggered.connect(self._switch)
        self.lock_action.triggered.connect(lambda: self._lock("key"))
        self.users_action.triggered.connect(self._open_users)
        self.audit_log_action.triggered.connect(lambda: self._open_record(None))
        self.patient_log_action.triggered.connect(lambda: self._open_record(self._shown_person))
        self.disclosure_action.triggered.connect(self._open_disclosure)

    def _connect_parts(self) -> None:
        panel = self._window.panel
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._offer_to_dialog)
        self._window.first_user_strip.wanted.connect(self._add_first)
        self._idle.idle.connect(lambda: self._lock("idle"))
        self._session.locked.connect(lambda: self._lock("system"))
        self.page.unlock_wanted.connect(self._unlock)
        self.page.takeover_accepted.connect(self._take_over)
        self.page.takeover_declined.connect(self._put_away)
        self._window.patient_controller.number_shown.connect(self._note_number_shown)
        panel.appointment_shown.connect(self._note_opened)
        panel.slot_form.picker.person_chosen.connect(self._note_picked)
        panel.slot_form.picker.person_chosen.connect(self._show_about_patient)

    def _offer_to_dialog(self) -> None:
        """A dialog keeps the window's shortcuts from it; the desk must lock from there too."""
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog) and self.lock_action not in dialog.actions():
            dialog.addActions([self.lock_action, self.switch_action])

    def _lock(self, why: str) -> None:
        if self._watch is not None:
            self._watch.users.lock(why)

    def _switch(self) -> None:
        """Locked until the other one is here. With two of them it is clear who that is."""
        self._lock("key")
        presence = self._presence.presence
        others = [user for user in presence.active if presence.user is None or user.key != presence.user.key]
        if presence.locked and others:
            self.page.show_presence(presence, others[0])
            self.page.take_focus()

    def _unlock(self, user: object, pin: str) -> None:
        if self._watch is not None:
            self._watch.users.unlock(user, pin)  # type: ignore[arg-type]

    def _on_changed(self, before: Presence) -> None:
        presence = self._presence.presence
        if presence.locked and not before.locked:
            self._show_locked(presence)
        elif before.locked and not presence.locked:
            self._show_unlocked(presence)
        self._show()

    def _show_locked(self, presence: Presence) -> None:
        self._former = presence.user
        had_keyboard = QApplication.activeWindow() is not None  # and not the journal system, which would lose it
        self.page.show_presence(presence, presence.user)
        self.screen_cover.cover()
        if had_keyboard:
            self._window.activateWindow()  # a dialog may have had it
        self.page.take_focus()
        self.page.announce_locked()

    def _show_unlocked(self, presence: Presence) -> None:
        """The same user finds everything as it was. Another one is asked first about what is not theirs."""
        former = self._former
        same = former is None or presence.user is None or former.key == presence.user.key
        if not same and former is not None and self._is_half_done:
            self.page.ask_to_take_over(former)
            return
        if not same:
            self._clear()
        self.screen_cover.uncover()

    @property
    def _is_half_done(self) -> bool:
        panel = self._window.panel
        return self.screen_cover.holds_dialogs or panel.moving is not None or not panel.slot_form.untouched

    def _take_over(self) -> None:
        """What is in sight from now on, the new user has seen."""
        self.screen_cover.uncover()
        self._note_picked(self._window.panel.slot_form.picker.person)
        moved = self._window.panel.moving
        if moved is not None:
            self._note_opened(moved)
        self._show()

    def _put_away(self) -> None:
        self.screen_cover.discard_dialogs()
        self._clear()
        self.screen_cover.uncover()
        self._window.book_area.take_focus()
        self._show()

    def _clear(self) -> None:
        panel = self._window.panel
        panel.stop_move()
        if panel.slot_form.request is None:  # one that is under way stays until its answer is here
            panel.slot_form.clear()
        panel.card.forget_typed()
        panel.show_nothing()
        self._window.book_area.clear_selection()
        self._window.finder.clear_for_good()

    def _on_refused(self, refusal: Refusal) -> None:
        if self._presence.presence.locked:
            self.page.refuse(refusal)

    # Users and the record. What is opened rarely is read from the disk then.

    def ask_for_first_user(self) -> None:
        """The last step of a first start, unless there are users: it can be put off, and the band reminds of it."""
        if not self._presence.presence.users:
            self._add_first()

    def _add_first(self) -> None:
        if self._watch is None:
            return
        from ui.users.form import UserForm

        form = UserForm(
            self._presence, translate("Attendance", "Name the first one"), self._window, name=True, pin=True
        )
        form.ready.connect(self._watch.users.add)
        form.open()

    def _open_users(self) -> None:
        if self._watch is None:
            return
        if not self._presence.presence.users:
            self._add_first()
            return
        from ui.users.dialog import UsersDialog

        dialog = UsersDialog(
            self._presence, self._watch.users, self._minutes, self._window, minutes_managed=self._minutes_managed
        )
        dialog.minutes_chosen.connect(self._choose_minutes)
        dialog.open()

    def _choose_minutes(self, minutes: int) -> None:
        self._minutes = minutes
        self._show_idle()
        self.minutes_chosen.emit(minutes)

    def _open_record(self, whose: Person | None) -> None:
        if self._watch is None or self._desk is None:
            return
        from ui.audit.dialog import AuditLogDialog

        today = self._store.today()
        auditing, patients = self._watch.audit_log, self._desk.patients
        AuditLogDialog(self._store, self._record, auditing, patients, today, self._window, whose).open()

    def _open_disclosure(self) -> None:
        person = self._shown_person
        if self._watch is None or person is None:
            return
        from ui.disclosure.dialog import DisclosureDialog

        user = self._presence.presence.user
        DisclosureDialog(person, self._store, self._watch.disclosures, user.name if user else "", self._window).open()

    def _note_opened(self, appointment: OwnAppointment) -> None:
        if self._watch is not None:
            self._watch.view_audit.note_opened(appointment)
        self._show_about_patient()

    def _note_picked(self, person: Person | None) -> None:
        if self._watch is not None:
            self._watch.view_audit.note_picked(person)

    def _note_number_shown(self) -> None:
        if self._watch is not None:
            self._watch.view_audit.note_number_shown()

    @property
    def _shown_person(self) -> Person | None:
        return self._window.panel.person

    def _show(self) -> None:
        presence = self._presence.presence
        here = self._watch is not None
        named = here and bool(presence.active) and not presence.locked
        self.lock_action.setEnabled(named)
        self.switch_action.setEnabled(named and len(presence.active) > 1)
        administers = here and presence.may_administer
        self.users_action.setEnabled(administers)
        self.audit_log_action.setEnabled(administers)
        self._show_about_patient()
        self._window.panel.card.offer_more((self.patient_log_action, self.disclosure_action), administers)
        self._button.show_user(presence.user if here else None)
        if presence.users:
            self._window.first_user_strip.hide()
        self._show_idle()

    def _show_about_patient(self) -> None:
        administers = self._watch is not None and self._presence.presence.may_administer
        for about in (self.patient_log_action, self.disclosure_action):
            about.setEnabled(administers and self._shown_person is not None)

    def _show_idle(self) -> None:
        """Practice is not locked by idling: nobody real is in it."""
        presence = self._presence.presence
        watched = bool(self._watch and presence.user and not presence.locked and not self._practice)
        self._idle.watch(self._minutes * 60 if watched else 0)


def _action(text: str, keys: str, parent: QObject) -> QAction:
    made = QAction(text, parent)
    made.setShortcut(QKeySequence(keys))
    return made
