from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, text

from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import parse_person_search
from receptionapp.ledger import people
from receptionapp.ledger.ledger import Ledger

TODAY = date(2026, 6, 1)

ÅSE = Person("emr_id:1", "Åse-Marie", "Bjørnsen", date(1985, 3, 14), "+4791234567")
JOSÉ = Person("emr_id:2", "José", "O'Brien", None, None)
ÆGIR = Person("emr_id:3", "Ægir", "Strauß 100%", date(2024, 2, 29))


@pytest.mark.parametrize("silent", [{"phone": None}, {"birth_date": None}, {"first_name": ""}, {"last_name": ""}])
async def test_what_an_answer_is_silent_about_stays_known(ledger, silent) -> None:
    await ledger.remember_person(ÅSE)
    await ledger.remember_person(replace(ÅSE, **silent))
    for typed in ("åse bjørnsen", "140385", "91234567"):
        assert await ledger.find_people(parse_person_search(typed, TODAY)) == (ÅSE,)


async def test_what_an_answer_tells_anew_takes_its_place(ledger) -> None:
    await ledger.remember_person(ÅSE)
    now = replace(ÅSE, last_name="Strand", phone="+4799990030")
    await ledger.remember_person(now)
    assert await ledger.find_people(parse_person_search("strand", TODAY)) == (now,)
    assert await ledger.find_people(parse_person_search("91234567", TODAY)) == ()


@pytest.fixture
async def known(ledger):
    for person in (ÅSE, JOSÉ, ÆGIR):
        await ledger.remember_person(person)
    return ledger


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bjø", (ÅSE,)),
        ("BJØRNSEN Åse", (ÅSE,)),
        ("mar", (ÅSE,)),
        ("åse-m", (ÅSE,)),
        ("140385", (ÅSE,)),
        ("14.03.1985", (ÅSE,)),
        ("1985-03-14", (ÅSE,)),
        ("140385 bjø", (ÅSE,)),
        ("14. mars 1985", (ÅSE,)),
        ("bjørnsen 14/3-85", (ÅSE,)),
        ("1403", (ÅSE,)),
        ("912 34 567", (ÅSE,)),
        ("+47 91234567", (ÅSE,)),
        ("ørnsen", (ÅSE,)),
        ("bjørnsne", (ÅSE,)),
        ("åse bjornsson", ()),
        ("bjrnsen åse", (ÅSE,)),
        ("bjoern", (ÅSE,)),
        ("jose", (JOSÉ,)),
        ("o'brien", (JOSÉ,)),
        ("aegir strauss", (ÆGIR,)),
        ("åsemarie", (ÅSE,)),
        ("asemaire", (ÅSE,)),
        ("åse bjørn sen", (ÅSE,)),
        ("bjø jose", ()),
        ("%", ()),
        ("_", ()),
        ("", ()),
        ("   ", ()),
    ],
)
async def test_a_person_is_found_as_people_say_and_write_it(known, text, found):
    assert await known.find_people(parse_person_search(text, TODAY)) == found


async def test_a_person_seen_again_is_brought_up_to_date(known):
    married = Person("emr_id:1", "Åse-Marie", "Haug", date(1985, 3, 14))
    await known.remember_person(married)
    with_phone = replace(married, phone=ÅSE.phone)  # of which nothing was told this time
    assert await known.find_people(parse_person_search("åse", TODAY)) == (with_phone,)
    assert await known.find_people(parse_person_search("bjørnsen", TODAY)) == ()


async def test_a_long_list_is_cut(known):
    for number in range(4, 10):
        await known.remember_person(Person(f"emr_id:{number}", "Kari", f"Nordmann {number}"))
    assert len(await known.find_people(parse_person_search("kari", TODAY), limit=3)) == 3


async def test_beginnings_come_before_parts_and_parts_before_misspellings(known):
    people = [Person(f"emr_id:1{n}", "Ola", last) for n, last in enumerate(("Stran", "Ostrand", "Strend", "Strandli"))]
    for person in people:
        await known.remember_person(person)
    found = await known.find_people(parse_person_search("strand", TODAY))
    assert [person.last_name for person in found] == ["Strandli", "Ostrand", "Strend", "Stran"]


async def test_who_was_here_last_comes_first(known):
    for number, name in enumerate(("Berg", "Bergli", "Bergan")):
        await known.remember_person(Person(f"emr_id:2{number}", "Ola", name))
    await known.remember_person(Person("emr_id:20", "Ola", "Berg"))
    found = await known.find_people(parse_person_search("berg", TODAY))
    assert [person.last_name for person in found] == ["Berg", "Bergan", "Bergli"]


async def test_people_whose_words_are_made_anew_as_after_an_upgrade_are_found(known):
    def make_anew(connection: Connection) -> None:
        connection.execute(text("DELETE FROM people_words"))
        connection.execute(text("DELETE FROM name_words"))
        people.rebuild(connection)

    await known._database.run(make_anew)
    [found] = await known.find_people(parse_person_search("bjørn åse", TODAY))
    assert found.reference == ÅSE.reference


async def test_who_may_be_the_same_is_found_by_birth_date_or_by_name(known):
    assert await known.find_similar_people(Person("", "Bjørnsen", "Åse", date(1985, 3, 14))) == (ÅSE,)
    assert await known.find_similar_people(Person("", "José", "OBrien", date(1990, 1, 1))) == (JOSÉ,)
    assert await known.find_similar_people(Person("", "Åse-Marie", "Bjørnsen", date(1990, 1, 1))) == ()
    assert await known.find_similar_people(Person("", "", "", None)) == ()


@pytest.mark.parametrize(
    ("first", "last", "typed"),
    [
        ("Anne-Marie", "Berg", "annemarie"),
        ("Annemarie", "Berg", "anne marie berg"),
        ("Kari", "Østby-Moe", "ostbymoe"),
        ("Jo", "Van Kirk", "vankirk"),
        ("Jo", "Vankirk", "van kirk"),
        ("Ana", "Delacruz", "ana de la cruz"),
        ("Ana", "de la Cruz", "lacruz"),
        ("Áilu", "Gaŧŧa", "gatta"),
        ("Áilu", "Gatta", "gaŧŧa"),
        ("Ǥáddjá", "Ŋárga-Đuoŧŧar", "narga duottar"),
        ("Ǯáhkká", "ĸiilá", "zahkka"),
    ],
)
async def test_names_are_found_joined_and_split_and_without_their_letters(
    ledger: Ledger, first: str, last: str, typed: str
) -> None:
    person = Person("emr_id:7", first, last)
    await ledger.remember_person(person)
    await ledger.remember_person(Person("emr_id:8", "Ola", "Nordmann"))
    assert await ledger.find_people(parse_person_search(typed, TODAY)) == (person,)


@pytest.mark.parametrize("typed", ["4799990030", "47 99 99 00 30", "+4799990030", "004799990030", "+47 99990030 kari"])
async def test_a_phone_number_is_read_as_registering_reads_it(ledger: Ledger, typed: str) -> None:
    person = Person("emr_id:7", "Kari", "Nordmann", None, "+4799990030")
    await ledger.remember_person(person)
    await ledger.remember_person(Person("emr_id:8", "Kari", "Nordmann", None, "+4699990030"))
    assert await ledger.find_people(parse_person_search(typed, TODAY)) == (person,)
