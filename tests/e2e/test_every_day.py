"""Practice mode on days and at hours at which programs fail. `dev.py soak --days` tries more of both."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks import begin_at
from tests.e2e.learner import makes_the_first_booking
from tests.e2e.program import Program
from tests.soak.days import MOMENTS, book_after_midnight, open_practice, print_the_day


@pytest.fixture
def computer_in_auckland() -> Iterator[None]:
    """Where it is tomorrow already for half of the day. Windows takes its zone from nowhere else than its settings."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this computer can't be set for one program")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Auckland"
    time.tzset()
    yield
    del os.environ["TZ"]
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize("moment", ["a Friday afternoon", "the national number has changed"])
async def test_the_first_page_is_worth_looking_at_and_a_day_can_be_booked_and_printed(
    program: Program, tmp_path: Path, moment: str
) -> None:
    begin_at(datetime.fromisoformat(MOMENTS[moment]))
    page, person = await open_practice(program)
    page.judge()
    await makes_the_first_booking(person)
    await print_the_day(person, tmp_path / "day.pdf")
    assert await program.close() == 0


async def test_midnight_of_the_new_year_passes_while_the_book_is_open(program: Program) -> None:
    begin_at(datetime.fromisoformat("2026-12-31T23:58+01:00"))
    page, person = await open_practice(program)
    page.judge()
    begin_at(datetime.fromisoformat("2027-01-01T00:01+01:00"))
    await book_after_midnight(person)
    assert await program.close() == 0


@pytest.mark.usefixtures("computer_in_auckland")
async def test_in_the_hour_that_comes_twice_and_far_away_it_begins_the_same_and_again_nine_days_later(
    program: Program,
) -> None:
    night = datetime.fromisoformat("2026-10-25T02:30+01:00")
    for later in (timedelta(), timedelta(days=9)):
        begin_at(night + later)
        page, person = await open_practice(program)
        page.judge()
        await makes_the_first_booking(person)
        assert await program.close() == 0
