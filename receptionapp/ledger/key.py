"""The key of an encrypted ledger, and how a file tells whose it is.

SQLCipher begins every file with 16 public bytes (its salt). Here they are a digest of the random key: with the mark of
another key a file that does not open is not damaged, and must never be put aside for that; with the key's own mark it
is.
"""

import hmac
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from receptionapp.domain.pasted_text import clean_text

_BYTES = 32
_MARK_BYTES = 16
_PURPOSE = b"Reception ledger mark"
_PLAIN = b"SQLite format 3\0"
_SPACING = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"[0-9a-fA-F]{64}")
_GROUP = 4  # digits


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """256 random bits, with which SQLCipher encrypts without deriving anything from them first."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def read(cls, text: str) -> Self:
        """From 64 hexadecimal digits, with blanks, line ends and hyphens. Raises ValueError, whose text does not hold
        them."""
        digits = _SPACING.sub("", clean_text(text))
        if not _DIGITS.fullmatch(digits):
            raise ValueError("a ledger key is 64 hexadecimal digits")
        return cls(bytes.fromhex(digits))

    @property
    def digits(self) -> str:
        return self.secret.hex()

    @property
    def grouped(self) -> str:
        """For people: four groups of four digits a line."""
        groups = [self.digits[at : at + _GROUP] for at in range(0, len(self.digits), _GROUP)]
        return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))

    @property
    def mark(self) -> bytes:
        """With what every file of this key begins. Not secret."""
        return hmac.digest(self.secret, _PURPOSE, "sha256")[:_MARK_BYTES]

    @property
    def literal(self) -> str:
        """For `PRAGMA key` and `ATTACH … KEY`: the raw key, and the mark as the salt."""
        return f"\"x'{self.digits}{self.mark.hex()}'\""


def mark_of(path: Path) -> bytes | None:
    """Whose file it is; None if there is none, or nothing in it, or it is not encrypted. Raises OSError."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep its reader waiting
            return None
        with path.open("rb") as file:
            mark = file.read(_MARK_BYTES)
    except (FileNotFoundError, IsADirectoryError):
        return None
    return None if mark in (b"", _PLAIN) else mark
