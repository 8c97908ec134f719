"""A Leyr that is none of ours and knows nothing of our code: other ids, other times, other shapes, more fields."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.clocks import SuiteClock
from tests.plain_server import read_request, serving

UNIT, RESOURCE, NAMELESS, SERVICE = "clinic/1:a", "res/7:ø", "room:2", "svc/1:x"


def utc(moment: datetime) -> str:
    """As the API's own examples write it: UTC, with microseconds and a Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class ForeignLeyr:
    """Offers 09:00 and 10:00 UTC of the next ten days. `units`, `resources` and `services` can be replaced."""

    units: Any = field(default_factory=lambda: {"id": UNIT, "title": "Legesenteret", "founded": 1987})
    resources: Any = field(
        default_factory=lambda: [
            {"id": RESOURCE, "first_name": "Tuva", "last_name": "Øien", "name": None, "colour": {"hue": 3}},
            {"id": NAMELESS},
        ]
    )
    services: Any = field(
        default_factory=lambda: [
            {"id": SERVICE, "name": "Konsultasjon", "price": 199.5},
            {"id": "svc:none", "name": "Aldri ledig"},
        ]
    )
    status: str = "booked"
    written: list[tuple[str, str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def answer(self, method: str, target: str, body: Any) -> Any:
        address = urlsplit(target)
        parts = [unquote(part) for part in address.path.removeprefix("/api/emrs/konfidens/").split("/")]
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if method != "GET":
            self.written.append((method, "/".join(parts), body))
        match method, parts:
            case "GET", ["care-units"]:
                return self.units
            case "GET", ["care-units", _, "resources"]:
                return self.resources
            case "GET", ["care-units", _, "healthcare-services"]:
                return self.services
            case "GET", ["care-units", _, "timeslots"]:
                return self.timeslots(query)
            case "POST", ["care-units", _, "patients"]:
                names = {name: body[name] for name in ("first_name", "last_name")}
                return [{"id": "leyr:9", "emr_id": "pas/42", "x": [], **names}]
            case "POST", ["care-units", _, "appointments"]:
                return body | {
                    "id": "ap/1:2",
                    "status": self.status,
                    "start": utc(datetime.fromisoformat(body["start"])),
                }
            case "PATCH", ["care-units", _, "appointments", found]:
                return {"id": found, "status": "cancelled", "links": {"self": "/somewhere"}}
        raise AssertionError(f"nobody should ask for {method} {target}")

    def timeslots(self, query: dict[str, str]) -> list[dict[str, Any]]:
        first, last = (datetime.fromisoformat(query[name]) for name in ("start", "end"))
        midnight = SuiteClock()().replace(hour=0, minute=0, second=0, microsecond=0)
        starts = [midnight + timedelta(days=day, hours=hour) for day in range(1, 11) for hour in (9, 10)]
        if query.get("resource_id", RESOURCE) != RESOURCE or query.get("healthcare_service_id", SERVICE) != SERVICE:
            return []
        length = timedelta(minutes=20)
        return [
            {
                "start": utc(start),
                "end": utc(start + length),
                "resource_id": RESOURCE,
                "healthcare_service_id": SERVICE,
                "capacity": 1,
            }
            for start in starts
            if first <= start < last
        ]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["ForeignLeyr"]:
        async with serving(self._serve_one) as self.port:
            yield self

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _, sent = await read_request(reader)
        body = json.dumps(self.answer(method, target, json.loads(sent) if sent else None)).encode()
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
