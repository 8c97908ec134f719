"""How long the event loop stands still while 30,000 timeslots arrive over loopback HTTP: real client, service, store
and window. A timer strikes every millisecond; a stall is by how much one of its strikes is late.
"""

from tests.benchmarks.beats import Beats
from tests.benchmarks.full_program import loaded, run
from tests.benchmarks.measuring import p, tell
from tests.waiting import until
from ui.main_window import MainWindow

STARTS = 50  # of 20 resources × 6 services × 5 days
ROUNDS = 5


async def measured(window: MainWindow) -> list[float]:
    await loaded(window)
    while window._store.snapshot.view.day.isoweekday() != 1:  # a week that is all ahead
        window.actions_.next.trigger()
    await loaded(window)
    beats = Beats()
    for _ in range(ROUNDS):
        beats.listen()
        window.actions_.refresh.trigger()
        await until(lambda: window._store.snapshot.reads_under_way, "a read begins")
        await loaded(window)
        beats.rest()
    count = sum(len(answer.timeslots) for answer in window._store.snapshot.slots.values())
    assert count >= STARTS * 20 * 6 * 5, count
    return beats.late


def main() -> None:
    late = run(measured, starts=STARTS)
    tell({"stall_ms": {"p99": p(0.99, late), "max": round(max(late), 2)}})


if __name__ == "__main__":
    main()
