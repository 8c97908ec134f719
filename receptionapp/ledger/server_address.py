"""Where the shared ledger is, read from a URL such as `postgresql://reception@server.clinic.example/ledger`."""

from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

_SCHEMES = ("postgresql", "postgres")
_UNPROTECTED = ("disable", "allow", "prefer")
_PASSED_ON = ("sslmode", "sslrootcert", "host", "port")


class BadAddress(ValueError):
    """The URL can't be used. Its text names the part and never repeats it, since it may hold the password."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """`sslmode` as PostgreSQL has it.

    The line carries names and phone numbers, so beyond this computer it is encrypted or not used: `require` is the
    least, and an address that asks for less is refused. `require` still believes any server that answers; `verify-full`
    with the clinic's own certificate is better (`docs/several-desks.md`).
    """

    host: str
    database: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 5432
    sslmode: str = "require"
    sslrootcert: str = ""

    @classmethod
    def read(cls, url: str, password: str = "") -> Self:
        """`password` goes before one in the URL. Raises BadAddress."""
        try:
            parts = urlsplit(url.strip())
            port = parts.port or 5432
        except ValueError:
            raise BadAddress("it can't be read as a URL") from None
        if parts.scheme not in _SCHEMES:
            raise BadAddress("it must begin with postgresql://")
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := set(options) - set(_PASSED_ON):
            raise BadAddress(f"it has options that are not known: {len(unknown)}")
        host = options.get("host") or parts.hostname or ""
        database = unquote(parts.path.removeprefix("/"))
        if not host or not database or not parts.username:
            raise BadAddress("it must have a user, a server and the name of a database")
        sslmode = options.get("sslmode") or ("prefer" if _is_this_computer(host) else "require")
        if sslmode in _UNPROTECTED and not _is_this_computer(host):
            raise BadAddress("the line to a server must be encrypted: sslmode=require or verify-full")
        return cls(
            host,
            database,
            unquote(parts.username),
            password or unquote(parts.password or ""),
            int(options.get("port") or port),
            sslmode,
            options.get("sslrootcert", ""),
        )

    @property
    def url(self) -> str:
        """Without the password, for the settings and for showing."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        place = f"/{quote(self.database)}?host={quote(self.host)}" if host.startswith("/") else ""
        port = "" if self.port == 5432 else f":{self.port}"
        user = quote(self.user, safe="")
        rest = place or f"{host}{port}/{quote(self.database)}"
        extra = f"sslrootcert={quote(self.sslrootcert)}" if self.sslrootcert else ""
        mode = f"sslmode={self.sslmode}" if self.sslmode not in ("prefer", "require") else ""
        query = "&".join(part for part in (mode, extra) if part)
        return f"postgresql://{user}@{rest}" + (f"{'&' if place else '?'}{query}" if query else "")

    def with_password(self, password: str) -> "ServerAddress":
        return replace(self, password=password) if password else self


def _is_this_computer(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
