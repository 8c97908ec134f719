"""Names over columns: shortened in one way, and never so far that two people read alike."""

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.short_names import Title, ways_to_shorten

CLINIC = ("Ingrid Bråthen, psykolog", "Håkon Sæther, psykolog", "Laboratoriet", "Grupperom 1")
FIRST = ("Kari", "Knut", "Ane-Marie", "Tor Erik", "Å")
LAST = ("Hansen", "Haugen", "Ødegård", "Li")
ROLE = ("", ", lege", ", psykolog")

people = st.builds("{} {}{}".format, st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from(ROLE))
rooms = st.sampled_from(("Laboratoriet", "Grupperom 1", "Grupperom 2", "Akuttrom 2", ""))
pages = st.lists(people | rooms, max_size=12)


@given(pages)
def test_no_way_makes_two_names_alike_that_are_not(names: list[str]) -> None:
    for titles in ways_to_shorten(names):
        assert len(titles) == len(names)
        by_title: dict[Title, str] = {}
        for name, title in zip(names, titles, strict=True):
            assert by_title.setdefault(title, name) == name


@given(pages)
def test_whole_names_are_tried_first(names: list[str]) -> None:
    assert next(ways_to_shorten(names)) == tuple(Title(name) for name in names)


@given(pages)
def test_every_title_begins_as_the_name_or_the_role_that_it_stands_for(names: list[str]) -> None:
    for titles in ways_to_shorten(names):
        for name, title in zip(names, titles, strict=True):
            begins = {part[:1].casefold() for part in name.split(", ")}
            assert title.upper[:1].casefold() in begins


def test_a_role_goes_down_to_the_second_line_and_then_away() -> None:
    assert [titles[0] for titles in ways_to_shorten(CLINIC)][:5] == [
        Title("Ingrid Bråthen, psykolog"),
        Title("Ingrid Bråthen", "psykolog"),
        Title("Ingrid Bråthen"),
        Title("Ingrid", "Bråthen"),
        Title("Ingrid B."),
    ]


def test_all_are_shortened_in_one_way() -> None:
    assert tuple(map(Title, ("Ingrid B.", "Håkon S.", "Laboratoriet", "Grupperom 1"))) in set(ways_to_shorten(CLINIC))


def test_kari_and_knut_hansen_are_never_both_k_hansen() -> None:
    uppers = [[title.upper for title in titles] for titles in ways_to_shorten(("Kari Hansen", "Knut Hansen", "Per Li"))]
    assert ["Kari H.", "Knut H.", "Per L."] in uppers
    assert not any("K. Hansen" in way or "KH" in way for way in uppers)
    assert uppers[-1] == ["KaH", "KnH", "PeL"]


def test_two_of_one_name_keep_their_roles_however_short_their_names_get() -> None:
    for kari, other, per in ways_to_shorten(("Kari Hansen, lege", "Kari Hansen, psykolog", "Per Li, lege")):
        assert kari != other
        assert {kari.lower, other.lower} == {"lege", "psykolog"} or "," in kari.upper
        assert per.lower in ("", "lege", "Li")


def test_a_room_keeps_the_number_that_tells_it_from_the_others() -> None:
    assert all("1" in titles[3].upper for titles in ways_to_shorten(CLINIC))
