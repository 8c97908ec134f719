"""How the names of those on a page are shortened: all of them in one way, and only as far as they stay different.

"Ingrid Bråthen, psykolog" is a name and a role, as the clinic wrote it; "Grupperom 1" is a place and its number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

_MOST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Title:
    """`upper` is a column's first line, and `lower` what goes before the count on its second."""

    upper: str
    lower: str = ""


Titles = tuple[Title, ...]


def ways_to_shorten(names: Sequence[str]) -> Iterator[Titles]:
    """A title for each name, in one way after another, the fullest first. None makes two names alike that are not."""
    parts = [_Parts.of(name) for name in names]
    for titles in _ways(parts):
        if len(set(titles)) == len(set(names)):
            yield tuple(titles)
    yield _initials(parts)


@dataclass(frozen=True, slots=True)
class _Parts:
    """`first` are all names but the last; nothing for "Laboratoriet"."""

    whole: str
    who: str
    role: str
    first: str
    last: str

    @classmethod
    def of(cls, name: str) -> "_Parts":
        who, _, role = name.partition(", ")
        first, _, last = who.rpartition(" ")
        return cls(name, who, role, first, last)

    @property
    def is_numbered(self) -> bool:
        """The number is what tells "Grupperom 1" from the others."""
        return bool(self.first) and any(character.isdigit() for character in self.last)


def _ways(parts: list[_Parts]) -> Iterator[list[Title]]:
    yield [Title(p.whole) for p in parts]
    yield [Title(p.who, p.role) for p in parts]
    yield _with_roles_of_namesakes(parts, [p.who for p in parts])
    yield [_over_two_lines(p) for p in parts]
    abbreviations = [partial(_abbreviated, letters=letters) for letters in range(_MOST_LETTERS, 1, -1)]
    shorteners: list[Callable[[_Parts], str]] = [_first_and_initial, _initial_and_last, _first_alone, *abbreviations]
    for shorter in shorteners:
        names = [shorter(p) for p in parts]
        if len(set(names)) == len({p.who for p in parts}):
            yield _with_roles_of_namesakes(parts, names)
        elif shorter is _first_alone and len({p.role for p in parts}) == len(parts):
            yield [Title(p.role[:1].upper() + p.role[1:] or p.who) for p in parts]


def _with_roles_of_namesakes(parts: list[_Parts], shorter: list[str]) -> list[Title]:
    """Two people of one name are told apart by their roles, which nobody else needs."""
    names = [p.who for p in parts]
    return [Title(s, p.role if names.count(p.who) > 1 else "") for p, s in zip(parts, shorter, strict=True)]


def _over_two_lines(p: _Parts) -> Title:
    return Title(p.first, p.last) if p.first and not p.is_numbered else Title(p.who)


def _first_and_initial(p: _Parts) -> str:
    if not p.first:
        return p.who
    return p.who if p.is_numbered else f"{p.first} {p.last[:1]}."


def _initial_and_last(p: _Parts) -> str:
    if not p.first:
        return p.who
    return f"{p.first[:5]}. {p.last}" if p.is_numbered else f"{p.first[:1]}. {p.last}"


def _first_alone(p: _Parts) -> str:
    if not p.first:
        return p.who
    return f"{p.first[:1]}. {p.last}" if p.is_numbered else p.first.split()[0]


def _abbreviated(p: _Parts, letters: int) -> str:
    """So many letters of the first name, and the initial of the last. Half a name can be another's: a point says so."""
    word = p.first or p.who
    short = word if len(word) <= letters else f"{word[:letters].rstrip('-. ')}."
    if not p.first:
        return short
    return f"{short} {p.last}" if p.is_numbered else f"{short} {p.last[:1]}."


def _initials(parts: list[_Parts]) -> Titles:
    """The shortest there is: initials, with as many more letters for all as it takes."""
    different = len({p.who for p in parts})
    for letters in range(1, _MOST_LETTERS):
        names = [_initials_of(p, letters) for p in parts]
        if len(set(names)) == different:
            break
    else:
        names = [p.who for p in parts]
    return tuple(_with_roles_of_namesakes(parts, names))


def _initials_of(p: _Parts, letters: int) -> str:
    if p.is_numbered:
        return f"{p.first[:letters]}{p.last}"
    first, *others = p.who.split() or [p.whole]
    return first[:letters] + "".join(word[:1] for word in others) if others else first[: letters + 2]
