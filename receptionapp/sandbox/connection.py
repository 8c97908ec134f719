"""One HTTP connection of uvicorn whose socket a fault can close."""

from asyncio import Transport

from uvicorn.protocols.http.h11_impl import H11Protocol

from receptionapp.sandbox.hang_up import CLOSE_CONNECTION


class ClosableConnection(H11Protocol):
    """Hands the app, in the `state` of each request's scope, the way to close the socket."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, CLOSE_CONNECTION: transport.close}
