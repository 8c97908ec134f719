"""A desk at the made-up clinic: a client of the sandbox, in process, at a time that the test decides."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from receptionapp.sandbox import Sandbox, Settings, create_app
from tests.clocks import StoppedClock

MAIN = "L0_1"


@dataclass
class Desk:
    """What a program at the clinic can ask of Leyr, and the sandbox behind it."""

    sandbox: Sandbox
    clock: StoppedClock
    client: httpx.AsyncClient
    unit: str = MAIN
    patient: str = field(default="emr_id:P_100001")

    async def get(self, path: str, **query: str) -> httpx.Response:
        return await self.client.get(f"care-units/{self.unit}/{path}", params=query)

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self.client.post(f"care-units/{self.unit}/{path}", json=body)

    async def patch(self, path: str, body: Any) -> httpx.Response:
        return await self.client.patch(f"care-units/{self.unit}/{path}", json=body)

    async def timeslots(self, day: str = "2026-03-03", days: int = 1, **ids: str) -> list[dict[str, str]]:
        """The timeslots of some days, from midnight UTC; of the fysioterapi service unless told otherwise."""
        start = datetime.fromisoformat(day).replace(tzinfo=UTC)
        ids = ids or {"healthcare_service_id": "HS_30"}
        end = start + timedelta(days=days)
        answer = await self.get("timeslots", start=start.isoformat(), end=end.isoformat(), **ids)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def book(self, timeslot: dict[str, str], **more: str | None) -> httpx.Response:
        return await self.post("appointments", {**timeslot, "patient_id": self.patient, **more})

    async def booked(self, timeslot: dict[str, str]) -> dict[str, str]:
        answer = await self.book(timeslot)
        assert answer.status_code == 200, answer.text
        return answer.json()[0]

    async def cancel(self, appointment_id: str, **more: str) -> httpx.Response:
        return await self.patch(f"appointments/{appointment_id}", {"status": "cancelled", **more})


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 3, 2, 7, tzinfo=UTC))  # when the day begins, 08:00 in Oslo


@pytest.fixture
def clinic(clock: StoppedClock) -> Iterator[Callable[..., Sandbox]]:
    """Makes sandboxes on the test's clock and closes them."""
    made = []

    def make(profile: str = "konfidens", *, file: Path | None = None, seed: int = 1, **settings: Any) -> Sandbox:
        made.append(Sandbox(profile, file=file, now=clock, seed=seed, settings=Settings(**settings)))
        return made[-1]

    yield make
    for sandbox in made:
        sandbox.close()


@pytest.fixture
async def desk_at(clinic: Callable[..., Sandbox], clock: StoppedClock) -> AsyncIterator[Callable[..., Desk]]:
    """Makes desks: `desk_at("full", second_cancel="ok")`."""
    clients = []

    def make(profile: str = "konfidens", **settings: Any) -> Desk:
        sandbox = clinic(profile, **settings)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(sandbox)),
            base_url=f"http://sandbox/api/emrs/{sandbox.profile.emr}",
            headers={"x-leyr-client-id": sandbox.client_id, "x-leyr-client-secret": sandbox.client_secret},
        )
        clients.append(client)
        return Desk(sandbox, clock, client)

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
def desk(desk_at: Callable[..., Desk]) -> Desk:
    """A desk at a clinic that uses Konfidens."""
    return desk_at()


@pytest.fixture
def error_code() -> Callable[[httpx.Response], str]:
    """Reads the one `error_code` of a refusal."""

    def read(answer: httpx.Response) -> str:
        [item] = answer.json()["errors"]
        return item["error_code"]

    return read
