"""The one cleaning of typed and pasted text, before anything judges it.

What is copied from web pages, mail and documents drags along signs that nobody sees: zero-width spaces, marks of
direction, blanks that do not break, digits of double width. The fields show what is left (`ui/fields.py`), and every
judge in `domain` cleans what it is given, so that a search, a PIN and a form read one text alike.

A right-to-left override (U+202E) stays for the judges to refuse: it shows another text than the one that is sent
(Unicode TR 36). So do all other digits than those of double width: a digit and its look-alike must not both pass.
"""

import re

_BLANK = re.compile(r"\s")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_DOUBLE_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # to their ASCII


def clean_text(text: str) -> str:
    """Without unseen signs, each kind of blank as a blank, and what has double width in its own: never longer."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _BLANK.sub(" ", text)).translate(_DOUBLE_WIDTH)


def clean_lines(text: str) -> str:
    """The same of a text of several lines, without the blanks around it."""
    return "\n".join(map(clean_text, text.splitlines())).strip()
