"""Named people at the desk, and how hard their PINs are to guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter
from receptionapp.ledger import audit, users
from receptionapp.ledger.errors import NotInLedger
from receptionapp.ledger.users import LONGEST_WAIT, Clocks, MustWait
from tests.examples import examples


class Time:
    """The clocks of one computer, in the hands of somebody who sits at it."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 6, 1, 8, tzinfo=UTC)
        self.uptime = 1000.0
        self.clocks = Clocks(lambda: self.wall, lambda: self.uptime)

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.uptime += seconds


@pytest.fixture
def time(path):
    """Of the computer that has the file: a server goes by its own."""
    return Time()


@pytest.fixture
async def nina(ledger):
    ledger.set_user("")
    user = await ledger.write(lambda e: users.add(e, "Nina Berg", "hash of Nina"))
    ledger.set_user(user.name)
    return user


async def add(ledger, name, **about):
    return await ledger.write(lambda e: users.add(e, name, f"hash of {name}", **about))


class TooSoon(Exception):
    pass


async def guess(ledger, user, time, *, right=False):
    """Raises TooSoon; the seconds to wait after a wrong one."""
    begun = await ledger.write(lambda e: users.begin_pin_attempt(e, user.key, time.clocks))
    if isinstance(begun, MustWait):
        raise TooSoon(begun.seconds)
    if right:
        return await ledger.write(lambda e: users.accept_pin_attempt(e, begun, AuditAction.UNLOCKED))
    return await ledger.write(lambda e: users.reject_pin_attempt(e, begun, time.clocks))


async def record(ledger):
    found = await ledger.read(lambda c: audit.read_page(c, "konfidens", AuditFilter()))
    return [(line.action, line.outcome, line.user, line.detail) for line in found]


class TestWhoThereIs:
    async def test_the_first_one_is_administrator_and_adds_the_others(self, ledger, nina):
        ola = await add(ledger, "Ola Dahl")
        assert nina.administrator
        assert not ola.administrator
        assert await ledger.read(users.all_users) == (nina, ola)
        assert (await record(ledger))[0] == ("user_added", None, "Nina Berg", "Ola Dahl")

    async def test_nobody_else_adds_or_changes_anybody(self, ledger, nina):
        ola = await add(ledger, "Ola Dahl")
        ledger.set_user("Ola Dahl")
        for work in (
            lambda e: users.add(e, "Kari", "x"),
            lambda e: users.rename(e, nina.key, "N"),
            lambda e: users.set_active(e, nina.key, False),
            lambda e: users.set_pin(e, nina.key, "x"),
            lambda e: users.set_administrator(e, ola.key, True),
        ):
            with pytest.raises((users.NotAdministrator, users.LastAdministrator)):
                await ledger.write(work)
        await ledger.write(lambda e: users.set_pin(e, ola.key, "a new one"))  # one's own

    async def test_the_only_administrator_stays_one(self, ledger, nina):
        with pytest.raises(users.LastAdministrator):
            await ledger.write(lambda e: users.set_active(e, nina.key, False))
        with pytest.raises(users.LastAdministrator):
            await ledger.write(lambda e: users.set_administrator(e, nina.key, False))

    async def test_who_has_left_stays_in_the_list_and_gets_no_guess(self, ledger, nina, time):
        ola = await add(ledger, "Ola Dahl")
        gone = await ledger.write(lambda e: users.set_active(e, ola.key, False))
        assert gone in await ledger.read(users.all_users)
        with pytest.raises(NotInLedger):
            await guess(ledger, ola, time)

    async def test_a_name_of_the_record_is_never_given_to_somebody_else(self, ledger, nina):
        await ledger.write(lambda e: users.rename(e, nina.key, "Nina Dahl"))
        ledger.set_user("Nina Dahl")
        for name in ("nina dahl", "Nina Berg"):
            with pytest.raises(users.NameInUse):
                await add(ledger, name)
        assert (await record(ledger))[0] == ("user_changed", "renamed", "Nina Berg", "Nina Berg → Nina Dahl")


@pytest.mark.in_full
class TestGuessing:
    async def in_a_minute(self, ledger, everybody, time, trick=lambda: None):
        """How many guesses somebody has who tries every second for a minute, by turns at everybody; in the soak every
        tenth of a second."""
        taken, tries = 0, examples(60, 600)
        for step in range(tries):
            try:
                await guess(ledger, everybody[step % len(everybody)], time)
                taken += 1
            except TooSoon:
                pass
            time.passes(60 / tries)
            trick()
        return taken

    async def test_at_most_ten_in_a_minute_at_all_users_together(self, ledger, nina, time):
        others = [await add(ledger, f"User {letter}") for letter in "ABCDE"]
        assert await self.in_a_minute(ledger, (nina, *others), time) == 10

    async def test_and_fewer_at_one_user(self, ledger, nina, time):
        assert await self.in_a_minute(ledger, (nina,), time) <= 5

    async def test_not_by_moving_the_clock(self, ledger, nina, time):
        others = [await add(ledger, f"User {letter}") for letter in "ABCDE"]
        moves = iter([3600, -7200, 86400, -86400] * 200)

        def trick():
            time.wall += timedelta(seconds=next(moves))

        assert await self.in_a_minute(ledger, (nina, *others), time, trick) == 10

    async def test_not_by_starting_the_program_again(self, open_ledger, ledger, nina, time):
        others = [await add(ledger, f"User {letter}") for letter in "ABCDE"]
        assert await self.in_a_minute(ledger, (nina, *others), time) == 10
        again = await open_ledger()
        time.uptime -= 1  # no time has passed since the last one
        with pytest.raises(TooSoon):
            await guess(again, nina, time)

    async def test_after_a_restart_of_the_computer_only_the_wall_clock_counts_and_never_backwards(
        self, ledger, nina, time
    ):
        for _ in range(3):
            await guess(ledger, nina, time)
        time.uptime = 3
        time.wall -= timedelta(days=1)
        with pytest.raises(TooSoon) as waits:
            await guess(ledger, nina, time)
        assert waits.value.args == (15,)
        time.passes(15)
        await guess(ledger, nina, time)

    async def test_not_by_ten_programs_or_desks_at_once(self, ledger, nina):
        """Each guess is spent before its PIN is judged, so those that are not judged yet count."""
        time = Time()
        others = [await add(ledger, f"User {letter}") for letter in "ABCDE"]
        begun = 0
        for step in range(30):
            time.wall += timedelta(days=step)
            user = (nina, *others)[step % 6]
            spent = await ledger.write(lambda e, key=user.key: users.begin_pin_attempt(e, key, time.clocks))
            begun += not isinstance(spent, MustWait)
        assert begun == 10

    async def test_waiting_grows_up_to_five_minutes(self, ledger, nina, time):
        waits = []
        for _ in range(9):
            waits.append(await guess(ledger, nina, time))
            time.passes(max(waits[-1], 10))
        assert waits == [0, 0, 15, 30, 60, 120, 240, LONGEST_WAIT, LONGEST_WAIT]

    async def test_who_knows_the_pin_comes_and_goes_as_often_as_they_like(self, ledger, nina, time):
        for _ in range(30):
            assert await guess(ledger, nina, time, right=True) == nina

    async def test_the_right_one_forgives_the_wrong_ones_of_that_user_and_not_those_of_the_minute(
        self, ledger, nina, time
    ):
        for _ in range(4):
            await guess(ledger, nina, time)
            await guess(ledger, nina, time)
            await guess(ledger, nina, time, right=True)
        await guess(ledger, nina, time)
        await guess(ledger, nina, time)
        with pytest.raises(TooSoon):
            await guess(ledger, nina, time)

    async def test_a_new_pin_ends_the_waiting(self, ledger, nina, time):
        ola = await add(ledger, "Ola Dahl")
        for _ in range(3):
            await guess(ledger, ola, time)
        await ledger.write(lambda e: users.set_pin(e, ola.key, "new"))
        await guess(ledger, ola, time, right=True)

    async def test_a_wrong_one_is_in_the_record_under_the_name_that_was_tried(self, ledger, nina, time):
        ola = await add(ledger, "Ola Dahl")
        await guess(ledger, ola, time)
        assert (await record(ledger))[0] == ("wrong_pin", None, "Ola Dahl", None)


def test_a_pin_is_kept_as_a_slow_salted_hash():
    from receptionapp.system.credentials import hash_pin, is_pin

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(hash_pin, ("7294", "7294"))
    assert first.startswith("$argon2id$v=19$m=65536,")
    assert first != second
    assert is_pin(first, "7294")
    assert not is_pin(first, "7295")
