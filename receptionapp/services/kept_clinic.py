"""The clinic as it was read last, in a file: so that a start without a line still shows, and prints, what this clinic's
desks have booked. Names of places, resources and services; nothing of a patient.
"""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.services.whole_file import write_whole


class KeptClinic:
    """`whose` tells one connection from another: what was read over one is never shown for the other."""

    def __init__(self, path: Path, whose: str) -> None:
        self._path = path
        self._whose = whose

    def read(self) -> Clinic | None:
        """None where there is none, it is another connection's, or it can't be read."""
        try:
            kept = json.loads(self._path.read_bytes())
            if kept["whose"] != self._whose:
                return None
            return Clinic(
                CareUnit(**kept["care_unit"]),
                tuple(Resource(**each) for each in kept["resources"]),
                tuple(HealthcareService(**each) for each in kept["services"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, clinic: Clinic) -> None:
        """For the next start. That it could not be written is no trouble now."""
        text = json.dumps({"whose": self._whose, **asdict(clinic)}, ensure_ascii=False, indent=1)
        with suppress(OSError):
            write_whole(self._path, text.encode)
