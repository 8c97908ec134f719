"""Whether somebody about to be registered may be somebody who is known already.

In 398,939 confirmed pairs of double records most names differed by a misspelling or by exchanged first and last names,
while 16 to 41 % of all people share both names with somebody (`peers.md` 3a). So a like name alone says nothing: the
birth date must be the same, or itself one slip away or unknown, and then the name must be the very same.
"""

from datetime import date

from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import date_word, name_words
from receptionapp.domain.spelling import one_slip_apart

_TOO_SHORT_TO_MISSPELL = 2  # letters: Bo, Li and Ås are too many different people


def may_be_same(one: Person, other: Person) -> bool:
    """Whether a person should look at the two side by side before both are kept."""
    if one.birth_date is not None and one.birth_date == other.birth_date:
        return close_names(one.full_name, other.full_name)
    return _dates_may_be_same(one.birth_date, other.birth_date) and _same_names(one.full_name, other.full_name)


def close_names(one: str, other: str) -> bool:
    """Whether every word of the shorter name has its own word in the longer one, in any order, each at most one slip
    away; or the names are so when written without blanks. A lone word is no name to compare."""
    few, many = sorted((name_words(one), name_words(other)), key=len)
    if not few:
        return False
    if one_slip_apart("".join(few), "".join(many)):
        return True
    return len(few) > 1 and _all_find_partners(few, many)


def _all_find_partners(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    if not few:
        return True
    word, rest = few[0], few[1:]
    return any(
        _close_words(word, partner) and _all_find_partners(rest, many[:at] + many[at + 1 :])
        for at, partner in enumerate(many)
    )


def _close_words(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= _TOO_SHORT_TO_MISSPELL:
        return one == other
    return one_slip_apart(one, other)


def _same_names(one: str, other: str) -> bool:
    words = sorted(name_words(one))
    return bool(words) and words == sorted(name_words(other))


def _dates_may_be_same(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return True
    exchanged = (one.day, one.month) == (other.month, other.day)
    return (one.year == other.year and exchanged) or one_slip_apart(date_word(one), date_word(other))
