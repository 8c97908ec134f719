"""A Leyr with a full week, in a process of its own: `python -m tests.benchmarks.full_clinic STARTS`.

The sandbox answers, except for three lists: 20 resources, 6 services, and for each service and resource STARTS
timeslots on each of the five days from the Monday that is asked for. 50 starts make 30,000 timeslots.
"""

import json
import sys
from datetime import datetime, time, timedelta
from functools import cache
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server

from receptionapp.domain.clinic_time import week_days
from receptionapp.sandbox import Sandbox, create_app
from receptionapp.sandbox.app import listening_socket
from tests.benchmarks.measuring import made_up
from tests.clocks import SuiteClock

RESOURCES, SERVICES, DAYS = 20, 6, 5


def named(letter: str, count: int) -> bytes:
    return json.dumps([{"id": f"{letter}{n}", "name": f"Behandler {n + 1}"} for n in range(count)]).encode()


@cache
def timeslots(start: str, service: str, starts: int) -> bytes:
    """One answer, in the clinic's own offset, as Leyr is seen to write it."""
    asked = datetime.fromisoformat(start).astimezone(made_up.OSLO).date()
    step = timedelta(minutes=600 / starts)
    slots = []
    for day in week_days(asked)[:DAYS]:
        opening = datetime.combine(day, time(7), made_up.OSLO)
        for resource in range(RESOURCES):
            for n in range(starts):
                begins = opening + n * step
                slots.append(
                    {
                        "start": begins.isoformat(),
                        "end": (begins + step).isoformat(),
                        "resource_id": f"r{resource}",
                        "healthcare_service_id": service,
                    }
                )
    return json.dumps(slots).encode()


def full(app: ASGIApp, starts: int) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        query = {key: values[0] for key, values in parse_qs(scope.get("query_string", b"").decode()).items()}
        body = None
        if path.endswith("/resources"):
            body = named("r", RESOURCES)
        elif path.endswith("/healthcare-services"):
            body = named("s", SERVICES)
        elif path.endswith("/timeslots"):
            body = timeslots(query["start"], query["healthcare_service_id"], starts)
        served = app if body is None else Response(body, media_type="application/json")
        await served(scope, receive, send)

    return answer


def main() -> None:
    listening = listening_socket(0)
    with listening, Sandbox("konfidens", now=SuiteClock()) as sandbox:
        sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}/api\n")
        sys.stdout.flush()
        app = full(create_app(sandbox), int(sys.argv[1]))
        Server(Config(app, ws="none", lifespan="off", log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
