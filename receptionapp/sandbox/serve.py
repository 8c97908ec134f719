"""The sandbox as a program: `reception sandbox --port N --profile P`."""

import sys
from contextlib import suppress
from pathlib import Path

from uvicorn import Config, Server

from receptionapp.sandbox.app import create_app
from receptionapp.sandbox.connection import ClosableConnection
from receptionapp.sandbox.running import listening_socket
from receptionapp.sandbox.sandbox import Sandbox


def serve(port: int = 0, profile: str = "konfidens", *, file: Path | None = None, seed: int = 1) -> None:
    """Serve on the loopback interface until interrupted; port 0 is any free one.

    Prints one line with the base URL, the EHR code, the client id and the secret. Raises KeyError for a profile that
    does not exist, OSError for a port that is taken.
    """
    listening = listening_socket(port)
    with listening, Sandbox(profile, file=file, seed=seed) as sandbox:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        sys.stdout.write(
            f"{address}/api emr={sandbox.profile.emr} client-id={sandbox.client_id}"
            f" client-secret={sandbox.client_secret} docs={address}/docs\n"
        )
        sys.stdout.flush()
        config = Config(create_app(sandbox), http=ClosableConnection, ws="none", lifespan="off", log_level="warning")
        with suppress(KeyboardInterrupt):  # uvicorn stops in order first and then repeats it
            Server(config).run(sockets=[listening])
