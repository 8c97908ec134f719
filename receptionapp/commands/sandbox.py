"""`reception sandbox`: a Leyr server of our own on this computer, until Ctrl+C."""

import argparse
import sqlite3
import sys

from receptionapp.sandbox.serve import serve


def run(options: argparse.Namespace) -> int:
    """Serve; the exit code."""
    try:
        serve(options.port, options.profile, file=options.file, seed=options.seed)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"The sandbox can't listen on port {options.port}: {error.strerror}.", file=sys.stderr)
        return 1
    except sqlite3.Error:
        print(f"The sandbox can't keep its state in {options.file}.", file=sys.stderr)
        return 1
    return 0
