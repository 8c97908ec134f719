"""What this program runs on: the same lines begin diagnostics and every crash report."""

import platform
import sys

from receptionapp import __version__


def versions() -> dict[str, str]:
    """Names and versions; nothing that tells whose computer it is."""
    return {
        "program": __version__ + (", packaged" if getattr(sys, "frozen", False) else ""),
        "Python": platform.python_version(),
        "Qt": _qt(),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
    }


def _qt() -> str:
    loaded = sys.modules.get("PySide6")
    if loaded is not None:
        return str(loaded.__version__)
    from importlib import metadata  # slow, and only without a window

    try:
        return metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return "unknown"
