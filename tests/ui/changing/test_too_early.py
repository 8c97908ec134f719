"""Of an unknown outcome, that it did not come about can be answered when the request has surely landed."""

from datetime import timedelta

from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from receptionapp.store.change import InFlightChanged
from tests.ui.changing.conftest import Screen
from tests.ui.changing.test_tasks_strip import card_button, unknown
from tests.waiting import until


async def test_that_it_is_not_there_can_be_answered_from_a_time_that_is_told(screen: Screen) -> None:
    own = await unknown(screen)
    await until(lambda: own.key in screen.counter.store.snapshot.in_flight, "it is known how long it may take")
    screen.window.panel.show_appointment(own.key)
    gone = card_button(screen, "It is not in Konfidens")
    assert not gone.isEnabled()
    assert card_button(screen, "It is in Konfidens").isEnabled()
    from_then = (screen.counter.clock() + LONGEST_IN_FLIGHT).astimezone(screen.counter.store.snapshot.zone)
    card = screen.window.panel.card
    assert f"“It is not in Konfidens” can be answered from {from_then:%H:%M}" in card.settling._too_early.text()
    screen.counter.store.apply(InFlightChanged(frozenset({own.key}), None))
    assert gone.isEnabled()
    assert card.settling._too_early.isHidden()
    screen.counter.clock.now += LONGEST_IN_FLIGHT + timedelta(seconds=1)
    gone.click()
    await screen.counter.rest()
    assert not screen.now(own).standing.takes_time
