"""The clinic is remembered for a start without a line, and never taken for another connection's."""

from pathlib import Path

import pytest

from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.services.kept_clinic import KeptClinic

CLINIC = Clinic(CareUnit("u", "Grønland"), (Resource("r", "Åse Lie"),), (HealthcareService("s", "Konsultasjon"),))


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "clinic.json"
    assert KeptClinic(file, "one").read() is None
    KeptClinic(file, "one").write(CLINIC)
    assert KeptClinic(file, "one").read() == CLINIC
    assert KeptClinic(file, "another").read() is None


@pytest.mark.parametrize("content", ["", "[]", "{", "null", '{"whose": "one"}', '{"whose": "one", "care_unit": 1}'])
def test_what_can_not_be_read_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "clinic.json"
    file.write_text(content, "utf-8")
    assert KeptClinic(file, "one").read() is None


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    KeptClinic(tmp_path / "no such folder" / "clinic.json", "one").write(CLINIC)
    assert not (tmp_path / "no such folder").exists()
