"""Ending a connection without (the rest of) an answer, which ASGI has no word for."""

from typing import cast

from starlette.types import Receive, Scope

CLOSE_CONNECTION = "sandbox.close_connection"
"""Where the server leaves the way to close the connection, in the `state` of the ASGI scope."""


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the socket; what has been sent arrives, and nothing more.

    In process, through `httpx.ASGITransport`, there is no socket: raises the `httpx.RemoteProtocolError` that a
    client sees on a real one.
    """
    close = scope.get("state", {}).get(CLOSE_CONNECTION)
    if close is None:
        import httpx  # only here, because a server needs no client library

        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
    close()
    # uvicorn answers 500 for an app that returns before the connection is known to be gone.
    while cast(str, (await receive())["type"]) != "http.disconnect":
        pass
