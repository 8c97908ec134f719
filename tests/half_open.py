"""A line to a server that may be cut, or on which everything is held back without a word to either end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from receptionapp.ledger.postgres import ServerAddress


class Line:
    """`open` is set while it carries anything. Who connects while it `refuses` is cut off."""

    def __init__(self, to: ServerAddress) -> None:
        self._to = to
        self.open = asyncio.Event()
        self.open.set()
        self.refuses = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """End what is connected, and lose what was held back."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    @asynccontextmanager
    async def carrying(self) -> AsyncIterator[ServerAddress]:
        """Yields the address of its near end."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        try:
            yield replace(self._to, host="127.0.0.1", port=server.sockets[0].getsockname()[1])
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            writer.transport.abort()
            return
        host, port = self._to.host, self._to.port
        if host.startswith("/"):
            far_reader, far_writer = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            far_reader, far_writer = await asyncio.open_connection(host, port)
        self._writers |= {writer, far_writer}
        for source, target in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._tasks.add(task)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while part := await source.read(65536):
                await self.open.wait()
                target.write(part)
        except OSError:
            pass  # that end was cut
        finally:
            target.close()
