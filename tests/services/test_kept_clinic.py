"""The clinic is remembered for a start without a line, and never taken for another connection's."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.services.clinics import ClinicCache, Clinics
from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from receptionapp.system.settings import Settings
from tests.clocks import StoppedClock
from tests.services.counter import OSLO, Counter

CLINIC = Clinic(CareUnit("u", "Grønland"), (Resource("r", "Åse Lie"),), (HealthcareService("s", "Konsultasjon"),))


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "clinic.json"
    assert ClinicCache(file, "one").read() is None
    ClinicCache(file, "one").write(CLINIC)
    assert ClinicCache(file, "one").read() == CLINIC
    assert ClinicCache(file, "another").read() is None


def test_two_clinics_with_an_ehr_of_the_same_kind_are_two() -> None:
    ours = Settings(leyr_url="https://api.leyr.io/api", emr="konfidens", client_id="grønland")
    theirs = replace(ours, client_id="nydalen")
    assert ours.identity is not None
    assert theirs.identity is not None
    assert ours.identity.key != theirs.identity.key


async def test_another_care_unit_than_the_wished_one_is_not_shown_for_it(counter: Counter, tmp_path: Path) -> None:
    kept = ClinicCache(tmp_path / "clinic.json", "one")
    kept.write(CLINIC)
    counter.leyr.fail("drop_before", "GET", times=1000)
    for wished, shown in (("another", None), ("u", CLINIC)):
        store = BookStore(Snapshot(View(date(2026, 3, 2)), OSLO), StoppedClock())
        await Clinics(counter.client, store, counter.clock, kept).open(wished)
        assert store.snapshot.clinic == shown


@pytest.mark.parametrize("content", ["", "[]", "{", "null", '{"whose": "one"}', '{"whose": "one", "care_unit": 1}'])
def test_what_can_not_be_read_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "clinic.json"
    file.write_text(content, "utf-8")
    assert ClinicCache(file, "one").read() is None


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    ClinicCache(tmp_path / "no such folder" / "clinic.json", "one").write(CLINIC)
    assert not (tmp_path / "no such folder").exists()
