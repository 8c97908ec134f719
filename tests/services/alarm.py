"""Waits between looks that end when a test says so."""

import asyncio


class Alarm:
    """Given to a service as its `sleep`. `asked` are the waits in seconds, in order."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._sleeping: list[asyncio.Future[None]] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if seconds:
            self._sleeping.append(asyncio.get_running_loop().create_future())
            await self._sleeping[-1]

    @property
    def asleep(self) -> list[asyncio.Future[None]]:
        """The waits that are not over."""
        return [sleeping for sleeping in self._sleeping if not sleeping.done()]

    def ring(self) -> None:
        """Every wait is over."""
        for sleeping in self._sleeping:
            if not sleeping.done():
                sleeping.set_result(None)
        self._sleeping.clear()
