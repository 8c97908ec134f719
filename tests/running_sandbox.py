"""A sandbox behind a real socket, on a thread of its own."""

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from receptionapp.sandbox.app import ClosableConnection, create_app, listening_socket
from receptionapp.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """Where a client finds the sandbox, and the sandbox itself."""

    url: str
    """The base URL of Leyr, such as `http://127.0.0.1:4711/api`."""

    sandbox: Sandbox

    @property
    def emr(self) -> str:
        return self.sandbox.profile.emr

    @property
    def client_id(self) -> str:
        return self.sandbox.client_id

    @property
    def client_secret(self) -> str:
        return self.sandbox.client_secret


@contextmanager
def run_in_thread(sandbox: Sandbox) -> Iterator[RunningSandbox]:
    """Serve `sandbox`, which the caller closes, on a free loopback port; stop at once at the end."""
    app = create_app(sandbox)
    listening = listening_socket(0)
    port = listening.getsockname()[1]
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = Thread(target=lambda: asyncio.run(_serve(app, listening, started)), name=f"sandbox on {port}")
    thread.start()
    loop, stop = started.result()
    try:
        yield RunningSandbox(f"http://127.0.0.1:{port}/api", sandbox)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


async def _serve(
    app: ASGIApp,
    listening: socket.socket,
    started: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]",
) -> None:
    """uvicorn without its own Server, which looks for its end ten times a second and so adds up in a test suite."""

    async def until_stopped(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError):  # the connection is gone; uvicorn would report a crash
            await app(scope, receive, send)

    config = Config(until_stopped, ws="none", lifespan="off", log_config=None, access_log=False)
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: ClosableConnection(config, state, {}), sock=listening)
    stop = asyncio.Event()
    started.set_result((loop, stop))
    await stop.wait()
    server.close()
    for connection in list(state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)  # lets the connections notice
    tasks = list(state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.wait_closed()
