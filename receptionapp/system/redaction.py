"""Takes out of a text what must not be in a log: personal numbers, addresses, phones, secrets, queries of URLs.

A net under code that should log none of these, so it rather takes too much: any eight digits in a row may be a phone.
"""

import re
from urllib.parse import quote

_GAP = r"[\ \t\u00a0\u2009\u202f]?"

# A UUID is how support finds an intent, and would lose pieces of itself as numbers. Lengths are bounded so that a long
# word costs no more than a short one.
_PATTERNS = re.compile(
    rf"""
      (?P<query> \?[\w.%\[\]-]{{1,64}}=[^\s"'<>]*)
    | (?P<email> [^\s@<>"'(),;:=\[\]/]{{1,64}}@[^\s@<>"'(),;:=\[\]/]+)
    | (?P<uuid> \b[0-9a-f]{{8}}-?[0-9a-f]{{4}}-?4[0-9a-f]{{3}}-?[89ab][0-9a-f]{{3}}-?[0-9a-f]{{12}}\b)
    | (?P<number> \+?\d(?:{_GAP}\d){{7,}}(?:[-+]\d{{4,5}})? | \d{{6}}[-+.]\d{{4,5}})
    """,
    re.VERBOSE | re.IGNORECASE,
)

_PERSONAL = re.compile(r"\d{10}")


class Redaction:
    """Knows the secrets of this run."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def hide(self, secret: str) -> None:
        """From now on this never gets through, as it is or as URLs spell it."""
        if secret:
            self._secrets |= {secret, quote(secret, safe="")}

    def __call__(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "[secret]")
        before = None
        while text != before:  # a number taken out may leave what now reads as a query
            before, text = text, _PATTERNS.sub(_replacement, text)
        return text


def _replacement(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "uuid" and not _PERSONAL.search(found):
        return found
    return f"[{'number' if kind == 'uuid' else kind}]"
