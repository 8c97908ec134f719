"""Connecting this desk: to the practice clinic, to Leyr as saved, or as typed now. The secret is in the key store
only."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from receptionapp.desktop.context import SessionContext
from receptionapp.desktop.desk_lifecycle import DeskLifecycle, connect_to_leyr, open_practice_clinic
from receptionapp.desktop.window_host import WindowHost
from receptionapp.domain.clinic import CareUnit, ConnectionProfile
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.sentences.failures import connection_failure_text
from receptionapp.store.change import ProfileKnown, UserNotified
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.settings import Settings
from ui.dialogs.connect import ConnectDialog, ConnectionDetails

if TYPE_CHECKING:
    from receptionapp.leyr.errors import LeyrError


translate = QCoreApplication.translate
_log = logging.getLogger(__name__)


class ConnectionFlow:
    """`secret` is of a connection that was typed in the session before. `begin_again` ends this session for one with
    the new connection: nothing that was read or typed over the one before is in it."""

    def __init__(
        self,
        premises: SessionContext,
        screen: WindowHost,
        workplace: DeskLifecycle,
        secret: str,
        begin_again: Callable[[str], None],
    ) -> None:
        self._premises = premises
        self._secret = secret
        self._begin_again = begin_again
        self._files = LedgerFiles(premises.folder)
        self._settings = premises.settings
        self._screen = screen
        self._workplace = workplace
        self._dialog: ConnectDialog | None = None
        self._typed: ConnectionDetails | None = None

    async def connect_as_saved(self) -> None:
        self._say_whose_patients()
        if self._premises.practice:
            await self._workplace.open(await open_practice_clinic(self._premises.folder, self._premises.clock))
            return
        settings = self._settings.current
        if not settings.connects:
            self._screen.window.show_welcome()
            return
        from receptionapp.system.credentials import KeyStoreError, leyr_account, managed_secret, read_secret

        secret = managed_secret() or self._secret or None
        try:
            secret = secret or await read_secret(leyr_account(settings.leyr_url, settings.client_id))
        except KeyStoreError:
            _log.warning("the key store did not give the secret")
        if not await self._ledger_is_chosen(settings):
            self._screen.window.show_welcome()
            return
        if not secret:
            self._screen.window.show_welcome()
            self.open_dialog(
                translate("Session", "The client secret is not in this computer's key store. Enter it again.")
            )
            return
        await self._connect(ConnectionDetails(settings.leyr_url, settings.emr, settings.client_id, secret))

    def open_dialog(self, why: str = "") -> None:
        """For a connection that can be used; `why` the one before could not be."""
        saved = self._settings.current
        test = saved.profile is ConnectionProfile.TEST
        known = self._typed or ConnectionDetails(saved.leyr_url, saved.emr, saved.client_id, "", test)
        dialog = ConnectDialog(known, saved.managed, self._screen.window)
        dialog.try_wanted.connect(self._try)
        dialog.rejected.connect(lambda: self._put_away(dialog))
        self._dialog = dialog
        if why:
            dialog.show_failure(why)
        dialog.open()

    async def _connect(self, details: ConnectionDetails, *, for_the_first_time: bool = False) -> None:
        from receptionapp.leyr.connection import BadConnection, Connection

        self._premises.redaction.hide(details.client_secret)
        self._say_whose_patients()
        try:
            connection = Connection(details.url, details.emr, details.client_id, details.client_secret)
        except BadConnection as error:
            self._screen.window.show_welcome()
            self.open_dialog(connection_failure_text(error, details.emr))
            return
        line = await connect_to_leyr(connection, self._tell_of_waiting)
        await self._workplace.open(line, names_first_user=for_the_first_time)

    def _say_whose_patients(self) -> None:
        self._premises.store.apply(ProfileKnown(self._premises.profile))

    def _tell_of_waiting(self, error: "LeyrError", seconds: float) -> None:
        self._premises.store.apply(UserNotified(ReadFailure(ReadSubject.ANYTHING, error.problem, seconds)))

    def _put_away(self, dialog: ConnectDialog) -> None:
        """What was typed is kept until the program is closed; not the secret."""
        self._dialog = None
        self._typed = replace(dialog.details, client_secret="")

    def _try(self, details: ConnectionDetails) -> None:
        if self._dialog is not None:
            self._premises.tasks.start("connect", self._test_and_connect(details, self._dialog))

    async def _test_and_connect(self, details: ConnectionDetails, dialog: ConnectDialog) -> None:
        """Test it live, then keep it: address and id in the settings, the secret in the key store."""
        from receptionapp.services.connection_check import check_connection

        report = await check_connection(
            details.url,
            details.emr,
            details.client_id,
            details.client_secret,
            self._premises.clock,
            dialog.show_step,
        )
        if self._dialog is not dialog:
            return  # put away meanwhile
        if report.error is not None:
            dialog.show_failure(connection_failure_text(report.error, report.emr), report.failed)
            return
        for_the_first_time = not self._settings.current.connects
        if not await self._ledger_is_chosen(self._with(details)):
            dialog.go_back()
            return
        await self._keep(details)
        await self._ask_for_care_unit(dialog, report.care_units)
        dialog.accept()
        self._typed = None
        if self._workplace.link is not None:
            self._begin_again(details.client_secret)
            return
        await self._connect(details, for_the_first_time=for_the_first_time)

    def _with(self, details: ConnectionDetails) -> Settings:
        return replace(
            self._settings.current,
            leyr_url=details.url,
            emr=details.emr,
            client_id=details.client_id,
            test_connection="yes" if details.test else "",
        )

    async def _ledger_is_chosen(self, wanted: Settings) -> bool:
        """Ask a person where the clinic may have new credentials; False if they went back. Nobody is asked where an
        administrator has set the client id, nor where a server keeps the ledger: it refuses whom it does not know."""
        identity = wanted.identity
        if identity is None or wanted.ledger_url:
            return True
        try:
            await asyncio.to_thread(self._files.bind_earlier, self._settings.current.identity)
            file = await asyncio.to_thread(self._files.of_same_clinic, identity)
            if file is None or "client_id" in wanted.managed:
                return True
            same = await self._ask_whose_ledger(identity)
            if same is not None:
                await asyncio.to_thread(
                    lambda: self._files.give(identity, file if same else self._files.choose(identity))
                )
        except OSError:
            return True  # the ledger's own strip says what is wrong with the folder
        return same is not None

    async def _ask_whose_ledger(self, identity: ConnectionIdentity) -> bool | None:
        """Whether it is the same clinic; None for going back."""
        from ui.dialogs.whose_ledger import WhoseLedgerDialog

        dialog = WhoseLedgerDialog(identity, self._dialog or self._screen.window)
        answer: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
        dialog.answered.connect(answer.set_result)
        dialog.open()
        return await answer

    async def _keep(self, details: ConnectionDetails) -> None:
        from receptionapp.system.credentials import KeyStoreError, leyr_account, save_secret

        try:
            await save_secret(leyr_account(details.url, details.client_id), details.client_secret)
        except KeyStoreError:
            self._screen.show_message(
                translate("Session", "Connected, but only until the program closes."),
                translate("Session", "This computer has no key store for the secret, so it must be entered again."),
            )
        self._settings.save(self._with(details))

    async def _ask_for_care_unit(self, dialog: ConnectDialog, units: Sequence[CareUnit]) -> None:
        """Where there is a choice and none was made. The connection is kept already, whatever becomes of this."""
        settings = self._settings.current
        if len(units) < 2 or settings.care_unit_id in {unit.id for unit in units} or "care_unit_id" in settings.managed:
            return
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def take(care_unit_id: str) -> None:
            if not answer.done():
                answer.set_result(care_unit_id)

        dialog.care_unit_chosen.connect(take)
        dialog.ask_for_care_unit(units)
        care_unit_id = await answer
        self._settings.save(replace(self._settings.current, care_unit_id=care_unit_id))
