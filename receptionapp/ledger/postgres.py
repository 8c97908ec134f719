"""The ledger on a PostgreSQL server, shared by the clinic's desks, and the address it is found at.

No two desks can book one time of one resource. Every writing transaction begins by raising `ledger_meta.revision`,
whose row is locked until it ends, so of all desks one writes at a time. Transactions are READ COMMITTED: the search for
what takes the time already is a later statement than the lock, and sees all that earlier writers have committed (a
snapshot of the whole transaction would be stale). A trigger checks the same once more (`overlap.py`).

The driver is psycopg in its synchronous form, on the ledger's thread: its async form refuses the Windows loop.
"""

import os
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from math import inf
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from certifi import where
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext

from receptionapp.ledger import opening
from receptionapp.ledger.database import OpenedDatabase, transact
from receptionapp.ledger.errors import LedgerError, LedgerFault

if TYPE_CHECKING:
    from receptionapp.ledger.postgres_line import ImpatientConnection

_SCHEMES = ("postgresql", "postgres")
_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_OPTIONS = ("sslmode", "sslrootcert", "host", "port")


class BadAddress(ValueError):
    """The URL can't be used. Its text names the part and never repeats it, since it may hold the password."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """`sslmode` as PostgreSQL has it, "" for what is usual: `verify-full`, or `prefer` on this computer.

    The line carries names and phone numbers, so beyond this computer it is encrypted to a server whose certificate is
    verified, or not used. `sslrootcert` is the clinic's own root; "" for those of the public. This computer is one
    address of it, or one socket: a name could lead anywhere. Raises BadAddress.
    """

    host: str
    database: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 5432
    sslmode: str = ""
    sslrootcert: str = ""

    def __post_init__(self) -> None:
        if not self.host or not self.database or not self.user:
            raise BadAddress("it must have a user, a server and the name of a database")
        if "," in self.host:
            raise BadAddress("it must name one server")
        if not self.sslmode:
            object.__setattr__(self, "sslmode", self._usual_mode)
        if self.sslmode not in _MODES:
            raise BadAddress("its sslmode is none that PostgreSQL has")
        if self.sslmode != "verify-full" and not _is_this_computer(self.host):
            raise BadAddress("the certificate of a server must be verified: sslmode=verify-full")

    @classmethod
    def read(cls, url: str, password: str = "") -> Self:
        """`password` goes before one in the URL. Raises BadAddress."""
        try:
            parts = urlsplit(url.strip())
            options = parse_qs(parts.query, keep_blank_values=True)
            port = int(options.get("port", [""])[-1] or parts.port or 5432)
        except ValueError:
            raise BadAddress("it can't be read as a URL") from None
        if parts.scheme not in _SCHEMES:
            raise BadAddress("it must begin with postgresql://")
        if "hostaddr" in options or "service" in options:
            raise BadAddress("hostaddr and service are not taken: the server is named before the database")
        if unknown := set(options) - set(_OPTIONS):
            raise BadAddress(f"it has options that are not known: {len(unknown)}")
        if any(len(values) > 1 for values in options.values()) or ("port" in options and parts.port):
            raise BadAddress("it has an option twice")
        socket = options.get("host", [""])[-1]
        if socket and (parts.hostname or not socket.startswith(_SOCKET)):
            raise BadAddress("the option host is for the folder of a socket only, in place of a server")
        return cls(
            socket or parts.hostname or "",
            unquote(parts.path.removeprefix("/")),
            unquote(parts.username or ""),
            password or unquote(parts.password or ""),
            port,
            options.get("sslmode", [""])[-1],
            options.get("sslrootcert", [""])[-1],
        )

    @property
    def _usual_mode(self) -> str:
        return "prefer" if _is_this_computer(self.host) else "verify-full"

    @property
    def url(self) -> str:
        """Without the password, for the settings and for showing."""
        is_socket = self.host.startswith(_SOCKET)
        host = "" if is_socket else f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == 5432 else f":{self.port}"
        options = {
            "host": self.host if is_socket else "",
            "sslmode": self.sslmode if self.sslmode != self._usual_mode else "",
            "sslrootcert": self.sslrootcert,
        }
        query = "&".join(f"{name}={quote(value)}" for name, value in options.items() if value)
        place = f"{quote(self.user, safe='')}@{host}{port}/{quote(self.database)}"
        return f"postgresql://{place}" + (f"?{query}" if query else "")

    def with_password(self, password: str) -> "ServerAddress":
        return replace(self, password=password) if password else self


_SOCKET = ("/", "@")
_LOCALHOST = ("localhost", "127.0.0.1")
"""The name is never looked up: the address takes its place."""


def _is_this_computer(host: str) -> bool:
    if host.startswith(_SOCKET) or host == _LOCALHOST[0]:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


CONNECT_SECONDS = 5
_ADVISORY_MIGRATION = 0x4C45594C_00000001  # one desk at a time makes or migrates the tables

# This end finds out within 8 s that the server is gone (`postgres_line.py`), the server within some 25 s. What waits
# for a lock or a statement gives up before that, and a desk that falls silent in the middle of a transaction is thrown
# out, since it holds everybody's lock.
_KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8000,  # milliseconds
}
_SERVER_SIDE = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "statement_timeout": "7s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "default_transaction_isolation": r"read\ committed",
    "synchronous_commit": "on",  # what is committed is on the disk, whatever the server's own habit is
}

_FAULTS = {
    "53100": LedgerFault.DISK_FULL,
    "55P03": LedgerFault.LOCKED,
    "57014": LedgerFault.LOCKED,  # the statement took too long
    "40001": LedgerFault.LOCKED,
    "40P01": LedgerFault.LOCKED,
    "42501": LedgerFault.NOT_WRITABLE,
    "25006": LedgerFault.NOT_WRITABLE,
    "28000": LedgerFault.REFUSED,
    "28P01": LedgerFault.REFUSED,
    "3D000": LedgerFault.REFUSED,
    "53300": LedgerFault.SERVER_GONE,
    "57P01": LedgerFault.SERVER_GONE,
    "57P02": LedgerFault.SERVER_GONE,
    "57P03": LedgerFault.SERVER_GONE,
    "57P05": LedgerFault.SERVER_GONE,
    "25P03": LedgerFault.SERVER_GONE,
}
_OVERLAP = "23P01"  # is no fault (`overlap.py`)
_FAULT_CLASSES = {"08": LedgerFault.SERVER_GONE, "58": LedgerFault.DISK_FAILED, "XX": LedgerFault.DAMAGED}

# These are said before it is known which desk speaks, so they have no code.
_NOT_VERIFIED = ("certificate", "does not support SSL")
_NOT_LET_IN = ("password authentication failed", "no password supplied", "pg_hba.conf", "does not exist")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A ledger on a server. The database must be there; its tables are made by the first desk that opens it."""

    address: ServerAddress

    def open(self) -> OpenedDatabase:
        """Connect, and bring the tables to this version. Raises LedgerError; a newer ledger is never touched."""
        made = self.engine()
        try:
            transact(made, _bring_to_head, self.fault)
        except BaseException:
            made.dispose()
            raise
        return OpenedDatabase(made)

    def fault(self, error: BaseException) -> LedgerFault | None:
        """What PostgreSQL's code says; an error without one comes from the line."""
        from psycopg import InterfaceError, OperationalError

        code: str | None = getattr(error, "sqlstate", None)
        if code is not None:
            known = _FAULTS.get(code) or _FAULT_CLASSES.get(code[:2])
            return known or (None if code == _OVERLAP else LedgerFault.UNEXPECTED)
        if isinstance(error, OperationalError) and any(words in str(error) for words in _NOT_VERIFIED):
            return LedgerFault.NOT_VERIFIED
        if isinstance(error, OperationalError) and any(words in str(error) for words in _NOT_LET_IN):
            return LedgerFault.REFUSED
        return LedgerFault.SERVER_GONE if isinstance(error, OperationalError | InterfaceError | OSError) else None

    def connect(self, **more: Any) -> "ImpatientConnection":
        """Raises the driver's errors."""
        from receptionapp.ledger.postgres_line import ImpatientConnection

        return ImpatientConnection.connect(**self.connect_arguments(), **more)

    def connect_arguments(self) -> dict[str, Any]:
        """What psycopg's `connect` is given, here, by who listens and by tests. No variable of PostgreSQL's in the
        environment decides anything (they are taken out of this program's, since a service would add to what is given),
        nor does a file in somebody's home."""
        from psycopg.pq import Conninfo

        address = self.address
        for variable in (option.envvar for option in Conninfo.get_defaults() if option.envvar):
            os.environ.pop(variable.decode(), None)
        return {
            "hostaddr": "",
            "host": _LOCALHOST[1] if address.host == _LOCALHOST[0] else address.host,
            "port": address.port,
            "dbname": address.database,
            "user": address.user,
            "password": address.password,
            "passfile": os.path.join(os.devnull, "none"),
            "sslmode": address.sslmode,
            "sslrootcert": address.sslrootcert or (where() if address.sslmode == "verify-full" else ""),
            "sslcertmode": "disable",
            "gssencmode": "disable",
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "reception",
            "client_encoding": "UTF8",
            "options": " ".join(f"-c {name}={value}" for name, value in _SERVER_SIDE.items()),
            **_KEEPALIVE,
        }

    def engine(self) -> Engine:
        """One connection, for use on one thread; a broken one is noticed before work is begun on it."""
        made = create_engine(
            URL.create("postgresql+psycopg"),
            creator=self.connect,
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,
            pool_reset_on_return="rollback",
            hide_parameters=True,
        )
        event.listen(made, "handle_error", _keep_values_out)
        return made


def _bring_to_head(connection: Connection) -> None:
    """The lock is let go with the transaction. Who waited finds the tables made."""
    line: Any = connection.connection.dbapi_connection
    line.silence = inf
    connection.execute(text("SET LOCAL statement_timeout = 0"))  # words for 200,000 people take longer
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_MIGRATION})
    if connection.execute(text("SHOW server_encoding")).scalar_one() != "UTF8":
        raise LedgerError(LedgerFault.BAD_ENCODING)
    opening.migrate_to_latest(connection)
    del line.silence


def _keep_values_out(context: ExceptionContext) -> None:
    """PostgreSQL repeats the values of a row in the details of an error, and SQLAlchemy has them in its own by now."""
    primary = getattr(getattr(context.original_exception, "diag", None), "message_primary", None)
    for error in (context.original_exception, context.sqlalchemy_exception):
        if primary and error is not None:
            error.args = (primary,)
