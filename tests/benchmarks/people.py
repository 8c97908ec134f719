"""How fast people are found: `python tests/benchmarks/people.py [PEOPLE] [ROUNDS]`. Prints one JSON object.

Times are milliseconds. An encrypted ledger on disk of so many made-up people, 200,000 by default. Every search is typed
letter by letter, and each of its beginnings is searched for, as the picker does; the time is from asking to the answer,
on the program's own loop, by way of the ledger's thread. `longest_gap_ms` is how long the loop was kept from its other
work meanwhile, which a screen would feel, and `longest_gap_own_ms` the same without the waits for a processor that
others had (`beats.py`). Names are drawn as in Norway: a few very common ones, and a long tail of rare ones.
"""

# ruff: noqa: E402 - the path must be set before anything of ours is imported

import asyncio
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from uuid import UUID

sys.path[:0] = [str(Path(__file__).parents[2])]

from qasync import QEventLoop
from sqlalchemy import Connection, insert

from receptionapp.desktop import session
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import parse_person_search
from receptionapp.ledger import people as person_words
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.schema import people
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.sandbox.people import _FIRST_NAMES, _LAST_NAMES
from tests.benchmarks.beats import Beats
from tests.benchmarks.measuring import application
from tests.clocks import SuiteClock
from ui.garbage_collection import GarbageCollector

TODAY = date(2026, 6, 1)
NEWCOMERS = 200
TAIL = 40_000  # rare last names
BEGINNINGS = [
    "Berg",
    "Ask",
    "Bjørn",
    "Brekk",
    "Dal",
    "Eik",
    "El",
    "Fjell",
    "Furu",
    "Gran",
    "Grøn",
    "Hau",
    "Hol",
    "Kross",
    "Kvam",
    "Lang",
    "Li",
    "Lys",
    "Mo",
    "Nor",
    "Rø",
    "Sand",
]
MIDDLES = ["e", "a", "er", "en", "ing", "el", "und", "ar", "is", "o", "å", "ve", "ne", "re", "te", "lo", "ha"]
ENDINGS = [
    "stad",
    "heim",
    "vik",
    "nes",
    "land",
    "rud",
    "by",
    "set",
    "dal",
    "mo",
    "bakken",
    "haug",
    "lien",
    "vold",
    "berg",
    "sen",
    "gård",
    "eng",
    "tun",
    "ås",
]
SEARCHES = (
    "hansen", "kari nordås", "åse-marie", "nilsen kari", "andersen 140385", "14.03.1985", "3. mars 1980", "912 34 567",
    "kirstiansen", "bjørn stadheim", "ødegård", "lysingheim", "rstad", "mohamed ali", "x", "sen", "krøsstun ola",
)  # fmt: skip


def made_up_people(count: int) -> Iterator[Person]:
    chance = Random(7)
    middles = [f"{a}{b}" for a in MIDDLES for b in ("", *MIDDLES)]
    tail = [chance.choice(BEGINNINGS) + chance.choice(middles) + chance.choice(ENDINGS) for _ in range(TAIL)]
    last_names = [*_LAST_NAMES, *tail]
    weights = list(accumulate([60 / (n + 8) for n in range(len(_LAST_NAMES))] + [0.003] * TAIL))
    rare = [chance.choice(BEGINNINGS) + chance.choice(MIDDLES) for _ in range(3000)]
    for number in range(count):
        first = chance.choice(rare) if chance.random() < 0.2 else chance.choice(_FIRST_NAMES)
        if chance.random() < 0.25:
            first += ("-" if chance.random() < 0.3 else " ") + chance.choice(_FIRST_NAMES)
        [last] = chance.choices(last_names, cum_weights=weights)
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))
        phone = f"+479{chance.randrange(10**7):07}" if chance.random() < 0.9 else None
        yield Person(f"emr_id:{number}", first, last, born, phone)


def fill(connection: Connection, count: int) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    origin = {"emr": "konfidens", "desk_name": "", "user_name": "", "created_at": begun, "revision": 1, "folded": ""}
    chance = Random(8)
    connection.execute(
        insert(people),
        [
            origin
            | {
                "key": UUID(int=chance.getrandbits(128)),
                "changed_at": begun + timedelta(seconds=chance.randrange(10**7)),
                "reference": person.reference,
                "first_name": person.first_name,
                "last_name": person.last_name,
                "birth_date": person.birth_date,
                "phone": person.phone,
            }
            for person in made_up_people(count)
        ],
    )
    person_words.rebuild(connection)


async def measure(count: int, rounds: int) -> dict[str, object]:
    newcomers = list(made_up_people(NEWCOMERS))  # making them takes 30 ms of the loop, which are not the program's
    with tempfile.TemporaryDirectory() as folder:
        place = SqliteFile(Path(folder) / "ledger.sqlite3", LedgerKey.new())
        ledger = await Ledger.open(place, Writer("konfidens", "bench"), SuiteClock())
        begun = time.perf_counter()
        await ledger._database.run(lambda connection: fill(connection, count))
        filled = time.perf_counter() - begun
        gc.collect()
        gc.freeze()  # what filling leaves behind is not the program's either
        beats = Beats()
        beats.listen()
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            for search in SEARCHES:
                for end in range(1, len(search) + 1):
                    begun = time.perf_counter()
                    await ledger.find_people(parse_person_search(search[:end], TODAY), 20)
                    times.setdefault(search[:end], []).append((time.perf_counter() - begun) * 1000)
        like: list[float] = []
        for person in newcomers:
            begun = time.perf_counter()
            await ledger.find_similar_people(person)
            like.append((time.perf_counter() - begun) * 1000)
        beats.rest()
        await ledger.close()
        slowest = sorted(times, key=lambda text: statistics.median(times[text]))[-5:]
        return {
            "people": count,
            "fill_s": round(filled, 1),
            "file_mb": round((Path(folder) / "ledger.sqlite3").stat().st_size / 1e6),
            "search_ms": summary([each for many in times.values() for each in many]),
            "slowest_ms": {text: round(statistics.median(times[text]), 1) for text in reversed(slowest)},
            "like_ms": summary(like),
            "longest_gap_ms": summary(beats.late),
            "longest_gap_own_ms": summary(beats.own),
        }


def summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    marks = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[int(len(ordered) * mark)], 1) for name, mark in marks.items()} | {
        "max": round(ordered[-1], 1)
    }


def main(count: int = 200_000, rounds: int = 5) -> None:
    app = application()
    sys.setswitchinterval(session.YIELD_SECONDS)
    collector = GarbageCollector(app)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        found = runner.run(measure(count, rounds))
    collector.stop()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
