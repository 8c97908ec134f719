"""Which connection to Leyr it is: a ledger belongs to one clinic's connections."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ConnectionIdentity:
    """Tells one connection from another. A ledger belongs to one clinic, and is opened by its connections only."""

    url: str
    emr: str
    client_id: str
    test: bool

    @property
    def clinic(self) -> str:
        """A digest that stays when the clinic gets new credentials. Clinics at one address with one kind of EHR share
        it; a test and a live connection never do."""
        return _digest(_plain_url(self.url), self.emr, "test" if self.test else "live")

    @property
    def key(self) -> str:
        """A digest of all four, for files and file names: these hold no client id in the clear."""
        return f"{self.clinic}-{_digest(self.clinic, self.client_id)}"


def clinic_of(key: str) -> str:
    """The `clinic` of a `ConnectionIdentity.key`."""
    return key.partition("-")[0]


def _plain_url(url: str) -> str:
    """One spelling for all that lead to the same address."""
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        port = "" if parts.port in (None, {"https": 443, "http": 80}.get(parts.scheme)) else f":{parts.port}"
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
