"""Megabytes resident in the whole program, connected over HTTP, with 20 resources × 15 minutes × 5 days shown: 4,000
quarter hours, two of five of them our own appointments.
"""

import sys
from dataclasses import replace
from pathlib import Path

from receptionapp.store.change import AppointmentsChanged
from tests.benchmarks.full_program import loaded, run
from tests.benchmarks.measuring import made_up, tell
from ui.main_window import MainWindow


def resident() -> float:
    """Of this process now, megabytes of 1,000,000 bytes; Linux only."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) * 1024 / 1e6, 1)


async def measured(window: MainWindow) -> float:
    await loaded(window)
    while window._store.snapshot.view.day.isoweekday() != 1:  # a week that is all ahead
        window.actions_.next.trigger()
    window.actions_.week.trigger()
    await loaded(window)
    clinic = window._store.snapshot.clinic
    assert clinic is not None
    page = made_up.full_page(days=5, resources=20, minutes=15, first=window._store.snapshot.view.day)
    own = tuple(own for column in page.columns for own in column.appointments)
    unit = clinic.care_unit.id
    window._store.apply(AppointmentsChanged(tuple(replace(a, care_unit_id=unit) for a in own)))
    await loaded(window)
    return resident()


def main() -> None:
    if not sys.platform.startswith("linux"):
        tell({"rss_mb": None})
        return
    tell({"rss_mb": run(measured, starts=40)})


if __name__ == "__main__":
    main()
