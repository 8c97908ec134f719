"""Opening a care unit: the one that was wished for, also when that takes another try."""

from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.problem import Reason
from tests.services.counter import Counter
from tests.watched_sandbox import WatchedSandbox


async def test_a_refresh_after_a_failed_start_opens_the_care_unit_that_was_wished(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    await counter.close()
    await counter.open()
    wished = leyr.sandbox.care_units[1].id
    leyr.fail("emr_error_400", path="*/care-units")
    counter.desk.navigation.open_care_unit(wished)
    await counter.rest()
    assert counter.store.snapshot.clinic is None
    counter.desk.navigation.refresh()
    await counter.rest()
    assert counter.care_unit_id == wished


async def test_a_care_unit_that_is_no_longer_there_gives_way_to_the_first(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    counter.desk.navigation.open_care_unit("closed down")
    await counter.rest()
    assert counter.care_unit_id == leyr.sandbox.care_units[0].id


async def test_a_care_unit_that_cannot_be_read_is_told_and_the_shown_one_stays(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    leyr.fail("emr_error_401", path="*/resources")
    counter.desk.navigation.open_care_unit(leyr.sandbox.care_units[1].id)
    await counter.rest()
    [failure] = counter.told
    assert isinstance(failure, ReadFailure)
    assert (failure.what, failure.problem.reason) == (ReadSubject.CLINIC, Reason.EMR_LINK_REFUSED)
    assert counter.care_unit_id == leyr.sandbox.care_units[0].id
    assert counter.store.snapshot.reads_under_way == 0


async def test_another_care_unit_keeps_the_service_only_if_it_has_it(counter: Counter, leyr: WatchedSandbox) -> None:
    first, second = leyr.sandbox.care_units
    only_there = next(s.id for s in first.services if s not in second.services)
    counter.desk.navigation.choose_service(only_there)
    counter.desk.navigation.open_care_unit(second.id)
    await counter.rest()
    assert counter.store.snapshot.view.service_id is None
