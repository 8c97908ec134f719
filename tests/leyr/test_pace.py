import asyncio

import pytest

from receptionapp.leyr.errors import Closing
from receptionapp.leyr.pace import Limits, Pace, TokenBucket

ONE_AT_A_TIME = Limits(under_way=1, per_second=1000, burst=1000)


def test_a_burst_of_four_goes_at_once_and_then_two_a_second() -> None:
    bucket = TokenBucket(per_second=2, burst=4)
    assert [bucket.take(100.0) for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert bucket.take(100.5) == 0
    assert bucket.take(100.5) == 0.5
    assert bucket.take(100.75) == 0.25


def test_a_long_pause_saves_up_no_more_than_a_burst() -> None:
    bucket = TokenBucket(per_second=2, burst=4)
    assert [bucket.take(0.0) for _ in range(4)] == [0] * 4
    assert [bucket.take(1_000.0) for _ in range(5)] == [0, 0, 0, 0, 0.5]


async def queue_up(pace: Pace, order: list[str], *names: str) -> list[asyncio.Task[None]]:
    async def go(name: str) -> None:
        await pace.wait_for_turn(write=name.startswith("write"))
        order.append(name)
        pace.release_turn()

    tasks = [asyncio.create_task(go(name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def test_a_waiting_write_goes_before_waiting_reads() -> None:
    """A booking must not wait behind reads that hang."""
    pace, order = Pace(ONE_AT_A_TIME), list[str]()
    await pace.wait_for_turn(write=False)
    tasks = await queue_up(pace, order, "read 1", "read 2", "write 1", "write 2")
    pace.release_turn()
    await asyncio.gather(*tasks)
    assert order == ["write 1", "write 2", "read 1", "read 2"]


async def test_no_more_than_four_are_under_way_and_the_fourth_is_a_write() -> None:
    """A booking never waits for reads that hang."""
    pace, order = Pace(Limits(per_second=1000, burst=1000)), list[str]()
    for _ in range(3):
        await pace.wait_for_turn(write=False)
    (read,) = await queue_up(pace, order, "read")
    assert order == []
    await pace.wait_for_turn(write=True)
    (write,) = await queue_up(pace, order, "write")
    assert order == []
    pace.release_turn()
    await write
    assert order == ["write"]
    pace.release_turn()
    await read


async def test_an_empty_bucket_makes_wait_until_it_drips() -> None:
    pace = Pace(Limits(under_way=10, per_second=200, burst=1))
    for _ in range(3):
        await pace.wait_for_turn(write=False)


async def test_somebody_who_leaves_the_queue_takes_no_turn() -> None:
    pace, order = Pace(ONE_AT_A_TIME), list[str]()
    await pace.wait_for_turn(write=False)
    leaving, staying = await queue_up(pace, order, "write gone", "read")
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    pace.release_turn()
    await staying
    assert order == ["read"]


async def test_a_turn_that_crosses_a_cancellation_is_handed_on() -> None:
    pace, order = Pace(ONE_AT_A_TIME), list[str]()
    await pace.wait_for_turn(write=False)
    leaving, staying = await queue_up(pace, order, "write gone", "read")
    pace.release_turn()  # gives the turn to the one who is cancelled before waking up
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    await staying
    assert order == ["read"]


async def test_closing_sends_everybody_away() -> None:
    pace, order = Pace(Limits(under_way=1, per_second=0.001, burst=1)), list[str]()
    await pace.wait_for_turn(write=False)
    pace.release_turn()
    tasks = await queue_up(pace, order, "read", "write")
    pace.close()
    assert all(isinstance(e, Closing) for e in await asyncio.gather(*tasks, return_exceptions=True))
    with pytest.raises(Closing):
        await pace.wait_for_turn(write=True)
