"""A connection to PostgreSQL that does not wait for a server which has fallen silent.

A line can be half open: a switch or a firewall drops what is sent, and nobody says so. Linux can be asked to notice
(`tcp_user_timeout`); Windows and macOS can't, and wait for minutes. So this end has a deadline of its own.
"""

import socket
import struct
import sys
from time import monotonic
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen

T = TypeVar("T")

SILENCE_SECONDS = 8.0
"""Longer than the server lets a statement wait for a lock or work on it (`postgres.py`)."""
SILENCE_OUTSIDE_SECONDS = 3.0
"""The same outside of a transaction, where only the line is tried and nothing is waited for."""


class ImpatientConnection(Connection[Any]):
    """`silence` is how many seconds without a sign from the server it stands in a transaction."""

    silence = SILENCE_SECONDS

    def wait(self, gen: PQGen[T], *given: Any, **more: Any) -> T:
        """Raises OperationalError, with the connection closed, after so much silence."""
        seconds = min(self.silence, SILENCE_OUTSIDE_SECONDS) if self.autocommit else self.silence
        try:
            return super().wait(_end_at_silence(gen, seconds), *given, **more)
        except TimeoutError:
            self._cut()
            raise OperationalError("the server is silent") from None

    def _cut(self) -> None:
        """Close it, so that nothing that is still to be sent goes out when the line is well again: whoever wished it
        has been told that it did not happen."""
        line = socket.socket(fileno=self.pgconn.socket)
        try:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP_UNSENT)
        finally:
            line.detach()
        self.pgconn.finish()


_DROP_UNSENT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)  # `struct linger`: on, for 0 seconds


def _end_at_silence(gen: PQGen[T], seconds: float) -> PQGen[T]:
    """As `gen`. Raises TimeoutError when nothing could be read or sent for so long."""
    ready: Any = None
    last = monotonic()
    while True:
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            result: T = done.value
            return result
        ready = yield wanted
        if ready:
            last = monotonic()
        elif monotonic() - last > seconds:
            raise TimeoutError
