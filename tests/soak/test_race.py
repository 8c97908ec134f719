"""Of two desks that want one time exactly one gets it, and the other is told. `dev.py soak` tries it 10,000 times."""

from tests.soak.race import race

ROUNDS = 50


def test_of_two_desks_that_race_for_one_time_one_wins_and_the_other_is_told() -> None:
    found = race(ROUNDS)
    assert (found["one_won"], found["double_bookings"], found["open_intents"]) == (ROUNDS, 0, 0)
