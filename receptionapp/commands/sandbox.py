"""`reception sandbox`: serves a Leyr server of our own on this computer until Ctrl+C."""

import argparse
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from uvicorn import Config, Server

from receptionapp.domain.clock import Clock
from receptionapp.sandbox.app import ClosableConnection, create_app, listening_socket
from receptionapp.sandbox.sandbox import Sandbox


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Serve; the exit code."""
    try:
        serve(clock, options.port, options.profile, file=options.file, seed=options.seed)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"The sandbox can't listen on port {options.port}: {error.strerror}.", file=sys.stderr)
        return 1
    except sqlite3.Error:
        print(f"The sandbox can't keep its state in {options.file}.", file=sys.stderr)
        return 1
    return 0


def serve(clock: Clock, port: int = 0, profile: str = "konfidens", *, file: Path | None = None, seed: int = 1) -> None:
    """Serve on the loopback interface until interrupted; port 0 is any free one. Raises KeyError for a profile that
    does not exist, OSError for a port that is taken."""
    listening = listening_socket(port)
    with listening, Sandbox(profile, file=file, seed=seed, now=clock) as sandbox:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        sys.stdout.write(
            f"{address}/api emr={sandbox.profile.emr} client-id={sandbox.client_id}"
            f" client-secret={sandbox.client_secret} docs={address}/docs\n"
        )
        sys.stdout.flush()
        config = Config(create_app(sandbox), http=ClosableConnection, ws="none", lifespan="off", log_level="warning")
        with suppress(KeyboardInterrupt):  # uvicorn stops in order first and then repeats it
            Server(config).run(sockets=[listening])
