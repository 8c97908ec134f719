"""A Leyr server of our own, for practice mode and for tests. Imports nothing from the rest of `receptionapp`.

`Sandbox` is the made-up clinic and its switches, `create_app` serves it; `running.run_in_thread` puts it on a socket in
a thread. Every rule is marked DOC (a public Leyr page says so) or INF (deduced), with the
section of `leyr-api.md` that it comes from, so that a look at the real thing can correct it.
"""

from receptionapp.sandbox.app import create_app
from receptionapp.sandbox.clinic import Settings
from receptionapp.sandbox.faults import FAULTS, Fault
from receptionapp.sandbox.sandbox import Sandbox

__all__ = ["FAULTS", "Fault", "Sandbox", "Settings", "create_app"]
