"""What was typed to find a person, the words by which one is found, and whether two people may be one.

Everything becomes words that begin alike: names folded, a birth date as ddmmyyyy, a Norwegian phone number without its
country code. A national number is nowhere in the ledger, not even hashed, and may not serve as a key
(personopplysningsloven § 12); a typed one narrows by the birth date it tells.

In 398,939 confirmed pairs of double records most names differed by a misspelling or by exchanged first and last names
(PubMed Central, PMC4832129), while 16 to 41 % of all records share both names with another (McCoy and others, 2013). So
the birth date must be the same too; if it is unknown or one slip away, the name must be exactly the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from receptionapp.domain.birth_date import parse_birth_date
from receptionapp.domain.names import fold_name, is_one_typo_apart
from receptionapp.domain.national_number import Country, NationalNumber, validate_national_number
from receptionapp.domain.pasted_text import clean_text
from receptionapp.domain.patient import Person, validate_phone

_LETTERS = re.compile(r"[^\W_]+")
_ONLY_DIGITS = re.compile(r"[+(]?[0-9][0-9()./+-]*")
_HOME = ("+47", "0047")
_DIGITS_OF_A_PHONE = 8
_SHORTEST_NUMBER = 3  # digits; fewer tell nobody from anybody
_MOST_JOINED = 4  # names that are written in one
_LONGEST_TYPED = 200  # characters; nobody types more, but somebody may paste it


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One typed piece: some word of the person must begin with one of `beginnings`."""

    beginnings: tuple[str, ...] = field(repr=False)
    is_name: bool


def parse_person_search(text: str, today: date) -> tuple[SearchTerm, ...]:
    """The pieces of a search, all of which must fit. Nothing that can be searched for: no terms."""
    return tuple(_terms(clean_text(text[:_LONGEST_TYPED]).split(), today))


def typed_national_number(text: str, today: date) -> str | None:
    """The digits of the national number in a search, if there is one."""
    pieces = clean_text(text[:_LONGEST_TYPED]).split()
    for at in range(len(pieces)):
        for until in range(len(pieces), at, -1):
            judged = validate_national_number(" ".join(pieces[at:until]), today, (Country.NORWAY, Country.SWEDEN))
            if isinstance(judged, NationalNumber):
                return _digits("".join(pieces[at:until]))
    return None


def has_number(person: Person, number: str) -> bool:
    """Whether the EHR's own id of the person is this national number, as it is in some EHRs."""
    return _digits(person.reference.partition(":")[2] or person.reference) == number


def find_namesakes(people: Iterable[Person]) -> frozenset[str]:
    """The references of those whose name and birth date are another's too: these two tell nobody from anybody."""
    groups: dict[tuple[object, ...], set[str]] = {}
    for person in people:
        groups.setdefault((tuple(sorted(name_words(person.full_name))), person.birth_date), set()).add(person.reference)
    return frozenset(reference for group in groups.values() if len(group) > 1 for reference in group)


def search_words(person: Person) -> tuple[str, ...]:
    """Every word by which the person is found, each once."""
    words = person_name_words(person)
    if person.birth_date is not None:
        words += (date_word(person.birth_date),)
    if person.phone and (digits := _phone_digits(person.phone)):
        words += (digits,)
    return tuple(dict.fromkeys(words))


def name_words(name: str) -> tuple[str, ...]:
    return tuple(_LETTERS.findall(fold_name(name)))


def person_name_words(person: Person) -> tuple[str, ...]:
    """The words of the name, and those of one name also written in one: annemarie, ostbymoe, vankirk."""
    parts = [name_words(name) for name in (person.first_name, person.last_name)]
    joined = ("".join(words[at:]) for words in parts for at in range(len(words) - 1))
    return (*parts[0], *parts[1], *joined)


def joined_names(terms: Sequence[SearchTerm]) -> Iterator[tuple[SearchTerm, ...]]:
    """The same search with some of its names that follow each other written in one: "van kirk" may be Vankirk."""
    for at in range(len(terms)):
        for until in range(at + 2, min(at + _MOST_JOINED, len(terms)) + 1):
            if all(term.is_name for term in terms[at:until]):
                word = "".join(term.beginnings[0] for term in terms[at:until])
                yield (*terms[:at], SearchTerm((word,), is_name=True), *terms[until:])


def date_word(day: date) -> str:
    return f"{day.day:02}{day.month:02}{day.year:04}"


def _terms(pieces: list[str], today: date) -> Iterator[SearchTerm]:
    at = 0
    while at < len(pieces):
        if not any(character.isdigit() for character in pieces[at]):
            yield from (SearchTerm((word,), is_name=True) for word in name_words(pieces[at]))
            at += 1
            continue
        taken, term = _number(pieces[at:], today)
        if term.beginnings:
            yield term
        at += taken


def _number(pieces: list[str], today: date) -> tuple[int, SearchTerm]:
    """The number or date at the beginning of `pieces`, and how many of these it takes."""
    run = next((n for n, piece in enumerate(pieces) if not _ONLY_DIGITS.fullmatch(piece)), len(pieces))
    may_be_cut = len(_digits("".join(pieces[:run]))) > _DIGITS_OF_A_PHONE
    lengths = (run, *(n for n in (3, 2, 1) if may_be_cut or n > run))  # "912 34 567" is one, and so is "3. mars 1980"
    for taken in lengths:
        written = " ".join(pieces[:taken])
        if beginnings := _dates(written, today):
            return taken, SearchTerm(beginnings, is_name=False)
    for taken in lengths:
        if isinstance(phone := validate_phone(" ".join(pieces[:taken])), str):
            return taken, SearchTerm((_phone_digits(phone),), is_name=False)
    taken = 1 if may_be_cut else max(run, 1)
    digits = _phone_digits(" ".join(pieces[:taken]))
    return taken, SearchTerm((digits,) if len(digits) >= _SHORTEST_NUMBER else (), is_name=False)


def _dates(written: str, today: date) -> tuple[str, ...]:
    """Words of the birth dates that this may mean; six digits may also begin a phone number."""
    judged = validate_national_number(written, today, (Country.NORWAY, Country.SWEDEN))
    if isinstance(judged, NationalNumber):
        return (date_word(judged.birth_date),) if judged.birth_date else ()
    born = parse_birth_date(written, today) or parse_birth_date(_digits(written), today)
    if born is None:
        return ()
    if str(born.year) in "".join(written.split()):
        return (date_word(born),)
    return (date_word(born), *map(date_word, _a_century_before(born)), _digits(written))


def _a_century_before(born: date) -> tuple[date, ...]:
    try:
        return (born.replace(year=born.year - 100),)
    except ValueError:  # 29 February 1900
        return ()


def _phone_digits(written: str) -> str:
    compact = "".join(written.split())
    for code in _HOME:
        compact = compact.removeprefix(code)
    return _digits(compact)


def _digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")


_TOO_SHORT_TO_MISSPELL = 2  # letters: Bo, Li and Ås are too many different people


def may_be_same(one: Person, other: Person) -> bool:
    """Whether a person should look at the two side by side before both are kept."""
    if one.birth_date is not None and one.birth_date == other.birth_date:
        return have_similar_names(one.full_name, other.full_name)
    return _dates_may_be_same(one.birth_date, other.birth_date) and _same_names(one.full_name, other.full_name)


def have_similar_names(one: str, other: str) -> bool:
    """Whether every word of the shorter name has its own in the longer one, at most one slip away, or the names are so
    without blanks. A lone word is no name to compare."""
    few, many = sorted((name_words(one), name_words(other)), key=len)
    if not few:
        return False
    if is_one_typo_apart("".join(few), "".join(many)):
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
    return is_one_typo_apart(one, other)


def _same_names(one: str, other: str) -> bool:
    words = sorted(name_words(one))
    return bool(words) and words == sorted(name_words(other))


def _dates_may_be_same(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return True
    exchanged = (one.day, one.month) == (other.month, other.day)
    return (one.year == other.year and exchanged) or is_one_typo_apart(date_word(one), date_word(other))
