"""Names of people: whether a typed one can be sent, and whether two are alike or one typo apart.

A name goes to the EHR, into a message to the patient and onto paper, so it holds what a name is written with in any
script, and nothing that hides, turns or overlays text (CWE-1007, Unicode TR 36): a bidi override can show one
person's name while another's is sent. Emoji are refused, since EHRs store them as question marks or fail.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from receptionapp.domain.pasted_text import clean_text

MAX_LENGTH = 80


class NameFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_LETTERS = "no_letters"
    HAS_DIGITS = "has_digits"
    HAS_EMOJI = "has_emoji"
    HAS_HIDDEN_CHARACTERS = "has_hidden_characters"  # control, bidi and other format characters
    HAS_OTHER_CHARACTERS = "has_other_characters"


@dataclass(frozen=True, slots=True)
class InvalidName:
    """Why a typed name can't be sent. `characters` are the first few that do not belong, safe to show: one that
    can't be seen is written as U+202E."""

    reason: NameFault
    characters: tuple[str, ...] = field(default=(), repr=False)


_MARKS_OF_WRITING = " '’.-"
_TYPED_OTHERWISE = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("‘`´", "’"))
_UNSEEN_LETTERS_AND_MARKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(
    map(chr, [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)
_NAMED_AT_MOST = 5
_NAMED_IN_THIS_ORDER = (
    NameFault.HAS_EMOJI,  # before the hidden characters: many an emoji holds some, which nobody typed
    NameFault.HAS_DIGITS,
    NameFault.HAS_HIDDEN_CHARACTERS,
    NameFault.HAS_OTHER_CHARACTERS,
)


def normalise_name(text: str) -> str:
    """The name as it is sent: composed letters (NFC), one kind of space and hyphen, one space between words."""
    composed = unicodedata.normalize("NFC", clean_text(text)).translate(_TYPED_OTHERWISE)
    return " ".join(word for word in composed.split(" ") if word)


def validate_name(text: str) -> str | InvalidName:
    """Judge a first or last name, required: the tidied name, or why it can't be sent."""
    name = normalise_name(text)
    if not name:
        return InvalidName(NameFault.EMPTY)
    if len(name) > MAX_LENGTH:
        return InvalidName(NameFault.TOO_LONG)
    strangers = {character: reason for character in name if (reason := _why_not(character))}
    for reason in _NAMED_IN_THIS_ORDER:
        found = [character for character, why in strangers.items() if why is reason]
        if found:
            return InvalidName(reason, tuple(_showable(character, reason) for character in found[:_NAMED_AT_MOST]))
    if not any(character.isalpha() for character in name):
        return InvalidName(NameFault.NO_LETTERS)
    return name


def _why_not(character: str) -> NameFault | None:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Zl", "Zp") or character in _UNSEEN_LETTERS_AND_MARKS:
        return NameFault.HAS_HIDDEN_CHARACTERS
    if category[0] == "L" or category in ("Mn", "Mc") or character in _MARKS_OF_WRITING:
        return None
    if category[0] == "N":
        return NameFault.HAS_DIGITS
    if category in ("So", "Sk") and character > "\u2000":
        return NameFault.HAS_EMOJI
    return NameFault.HAS_OTHER_CHARACTERS


def _showable(character: str, reason: NameFault) -> str:
    return f"U+{ord(character):04X}" if reason is NameFault.HAS_HIDDEN_CHARACTERS else character


_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n"}
    | {"ŧ": "t", "ǥ": "g", "ʒ": "z", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ɨ": "i", "ƶ": "z", "ɓ": "b", "ɗ": "d"}
    | dict.fromkeys("'’‘`´ʼʻ")
    | dict.fromkeys(".-\u2010\u2011", " ")
)
_LONG_A = re.compile("aa+")


def fold_name(text: str) -> str:
    """The name for searching and comparing: small letters without accents, hyphens and dots as spaces, no apostrophes.

    æ becomes ae and ø becomes o; å and aa both become a (Håkon, Haakon). oe stays: Moe and Mo are different families.
    """
    plain = unicodedata.normalize("NFKD", clean_text(text)).casefold().translate(_LETTERS_THAT_DO_NOT_DECOMPOSE)
    if not plain.isascii():
        plain = "".join(character for character in plain if not unicodedata.category(character).startswith("M"))
    return " ".join(_LONG_A.sub("a", plain).split())


def same_person_name(one: str, other: str) -> bool:
    """Whether two full names can be trusted to be one person's, when an EHR gives back somebody for a number
    (`leyr-api.md` 12.10). A False stops the booking for a person to look.

    The same words after folding, in any order; one may also have middle names that the other lacks, in the same order.
    Everything else is a difference, half a double name too: it would make siblings and spouses one.
    """
    return _same_words(one, other) or _lacks_only_middle_names(one, other) or _lacks_only_middle_names(other, one)


def _same_words(one: str, other: str) -> bool:
    words = fold_name(one).split()
    return bool(words) and Counter(words) == Counter(fold_name(other).split())


def _lacks_only_middle_names(shorter: str, longer: str) -> bool:
    few, many = _whole_words(shorter), _whole_words(longer)
    if not 2 <= len(few) < len(many) or (few[0], few[-1]) != (many[0], many[-1]):
        return False
    rest = iter(many)
    return all(word in rest for word in few)


def _whole_words(name: str) -> list[str]:
    return [word for written in normalise_name(name).split(" ") if (word := fold_name(written))]


def is_one_typo_apart(one: str, other: str) -> bool:
    """Whether at most one slip lies between the two words."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = _same_beginning(short, long)
    left, right = short[same:], long[same:]
    if len(left) < len(right):
        return left == right[1:]
    return left[1:] == right[1:] or _exchanged(right) == left


def is_beginning_one_typo_apart(typed: str, word: str) -> bool:
    """Whether a beginning of `word` is at most one slip away from what is typed so far."""
    same = _same_beginning(typed, word)
    left, right = typed[same:], word[same:]
    return any(
        rest.startswith(wanted)
        for rest, wanted in (
            (right[1:], left[1:]),  # another letter
            (right[1:], left),  # one left out
            (right, left[1:]),  # one too many
            (_exchanged(right), left),
        )
    )


def _same_beginning(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _exchanged(word: str) -> str:
    return word[1::-1] + word[2:] if len(word) > 1 else word
