"""What other desks on one PostgreSQL ledger say, heard on a connection and a thread of its own.

That connection holds the desk's advisory lock, by which the others know that it is at work. A lost one is made again
for ever; whoever hears `ServerReached` reads what it missed from the ledger.
"""

import asyncio
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4

from receptionapp.ledger import entry
from receptionapp.ledger.database import translate_errors
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.postgres import PostgresServer

if TYPE_CHECKING:
    from psycopg import Connection


_ASK_EVERY = 5.0  # seconds of silence, after which the line is tried
_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between attempts to connect again, the last for ever


OWN_CONNECTION_GONE_AFTER = 60.0
"""Seconds after which the server has noticed that a broken connection of this program is gone (`postgres.py`: 25 s).
Whoever goes by this desk's id then is another program."""


class DeskIdInUse(Exception):
    """Another program uses that desk id, or the server still holds an old connection of this program."""


@dataclass(frozen=True, slots=True)
class LedgerWritten:
    """Somebody has written under this revision."""

    revision: int


@dataclass(frozen=True, slots=True)
class HoldsChanged:
    """Somebody has begun or ended to work on a timeslot."""


@dataclass(frozen=True, slots=True)
class ServerLost:
    """The server can't be reached, from now on."""


@dataclass(frozen=True, slots=True)
class ServerReached:
    """The server is reached again."""


@dataclass(frozen=True, slots=True)
class DeskIdChanged:
    """While the server could not be reached, another program took this desk's id. This desk has a new id from now
    on."""

    desk_id: UUID


Notification = LedgerWritten | HoldsChanged | ServerLost | ServerReached | DeskIdChanged


class NotificationListener:
    """Begun once, by one desk. `new_id` makes the desk another one, on this thread, and may raise OSError."""

    def __init__(self, server: PostgresServer, desk_id: UUID, new_id: Callable[[], UUID]) -> None:
        self._server = server
        self._desk_id = desk_id
        self._new_id = new_id
        self._holds_id = threading.Event()
        self._loop = asyncio.get_running_loop()
        self.notifications: asyncio.Queue[Notification] = asyncio.Queue()
        self._begun: asyncio.Future[None] = self._loop.create_future()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="ledger news", daemon=True)

    @classmethod
    async def start(cls, server: PostgresServer, desk_id: UUID, new_id: Callable[[], UUID] = uuid4) -> Self:
        """Returns when the desk is known to be at work. Raises LedgerError, DeskIdInUse."""
        made = cls(server, desk_id, new_id)
        made._thread.start()
        try:
            await made._begun
        except BaseException:
            await made.aclose()
            raise
        return made

    @property
    def holds_id(self) -> bool:
        """Whether the server lets nobody else be this desk now. Without that, a wish under its id may be another's."""
        return self._holds_id.is_set()

    async def aclose(self) -> None:
        """Ends the connection and the thread; a connection that is being made is waited for."""
        self._wake.send(b"x")
        await asyncio.to_thread(self._thread.join)
        self._wake.close()
        self._woken.close()

    # On the thread of its own.

    def _run(self) -> None:
        attempt = 0
        others_since: float | None = None
        while True:
            try:
                with translate_errors(self._server.fault), self._connect() as connection:
                    self._holds_id.set()
                    self._greet(first=attempt == 0)
                    attempt, others_since = 1, None
                    self._listen(connection)
                    return
            except (LedgerError, DeskIdInUse) as error:
                self._holds_id.clear()
                if attempt == 0:
                    self._tell_begun(error)
                    return
                if attempt == 1:
                    self._say(ServerLost())
                others_since = self._seen_as_others(error, others_since)
                if self._is_ended_within(_WAITS[min(attempt, len(_WAITS)) - 1]):
                    return
                attempt += 1

    def _seen_as_others(self, error: Exception, since: float | None) -> float | None:
        """Since when (monotonic seconds) the id is in use; once that can't be by this program itself, take another."""
        if not isinstance(error, DeskIdInUse):
            return None
        now = time.monotonic()
        if since is None or now - since < OWN_CONNECTION_GONE_AFTER:
            return now if since is None else since
        with suppress(OSError):  # tried again at the next attempt
            self._desk_id = self._new_id()
            self._say(DeskIdChanged(self._desk_id))
        return since

    def _connect(self) -> "Connection":
        connection = self._server.connect(autocommit=True)
        try:
            key = entry.lock_key(self._desk_id)
            [(ours,)] = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchall()
            if not ours:
                raise DeskIdInUse
            for channel in (entry.CHANGES_CHANNEL, entry.HOLDS_CHANNEL):
                connection.execute(f"LISTEN {channel}".encode())
        except BaseException:
            connection.close()
            raise
        return connection

    def _greet(self, *, first: bool) -> None:
        if first:
            self._tell_begun(None)
        else:
            self._say(ServerReached())

    def _listen(self, connection: "Connection") -> None:
        """Returns when it is ended. Raises what the driver raises when the line breaks."""
        while True:
            ready, _, _ = select.select([connection.fileno(), self._woken.fileno()], [], [], _ASK_EVERY)
            if self._woken.fileno() in ready:
                return
            if not ready:
                connection.execute("SELECT 1")
            for notice in connection.notifies(timeout=0):
                self._hear(notice.channel, notice.payload)

    def _hear(self, channel: str, payload: str) -> None:
        if channel == entry.HOLDS_CHANNEL:
            self._say(HoldsChanged())
            return
        revision, _, desk_id = payload.partition(" ")
        if desk_id != str(self._desk_id) and revision.isdigit():
            self._say(LedgerWritten(int(revision)))

    def _is_ended_within(self, seconds: float) -> bool:
        return bool(select.select([self._woken], [], [], seconds)[0])

    def _say(self, what: Notification) -> None:
        self._loop.call_soon_threadsafe(self.notifications.put_nowait, what)

    def _tell_begun(self, error: Exception | None) -> None:
        self._loop.call_soon_threadsafe(_settle, self._begun, error)


def _settle(begun: "asyncio.Future[None]", error: Exception | None) -> None:
    if begun.done():
        return
    if error is None:
        begun.set_result(None)
    else:
        begun.set_exception(error)
