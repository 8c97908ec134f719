"""The Leyr API (`leyr-api.md`): one client, its errors, and what each EHR can do through it."""

import sys

# httpx's command line, which nobody calls here, reads rich and pygments where they are installed: 50 ms of every start.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
