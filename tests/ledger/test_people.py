from datetime import date

import pytest

from receptionapp.domain.patient import Person

ÅSE = Person("emr_id:1", "Åse-Marie", "Bjørnsen", date(1985, 3, 14), "+4791234567")
JOSÉ = Person("emr_id:2", "José", "O'Brien", None, None)
ÆGIR = Person("emr_id:3", "Ægir", "Strauß 100%", date(2024, 2, 29))


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
        ("jose", (JOSÉ,)),
        ("o'brien", (JOSÉ,)),
        ("aegir strauss", (ÆGIR,)),
        ("ørnsen", ()),
        ("bjø jose", ()),
        ("%", ()),
        ("_", ()),
        ("", ()),
        ("   ", ()),
    ],
)
async def test_each_word_begins_a_name_or_a_birth_date(known, text, found):
    assert await known.people(text) == found


async def test_a_person_seen_again_is_brought_up_to_date(known):
    married = Person("emr_id:1", "Åse-Marie", "Haug", date(1985, 3, 14))
    await known.remember_person(married)
    assert await known.people("åse") == (married,)
    assert await known.people("bjørnsen") == ()


async def test_a_long_list_is_cut(known):
    for number in range(4, 10):
        await known.remember_person(Person(f"emr_id:{number}", "Kari", f"Nordmann {number}"))
    assert len(await known.people("kari", limit=3)) == 3
