"""Which desk this is, among those that share a ledger: a random id, kept in the data folder.

Names can be the same at two desks; ids can't, unless a folder was copied, and then the second to open takes a new one.
"""

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

DESK_VARIABLE = "RECEPTION_DESK"


def desk_name(chosen: str, environ: Mapping[str, str] = os.environ) -> str:
    """What other desks read: the environment's word, the setting's, or the computer's name."""
    return environ.get(DESK_VARIABLE, "").strip() or chosen.strip() or platform.node()


def read_desk_id(path: Path) -> UUID:
    """The id kept in the file, or a new one. Raises OSError."""
    try:
        return UUID(path.read_text("ascii").strip())
    except (FileNotFoundError, ValueError):
        return new_desk_id(path)


def new_desk_id(path: Path) -> UUID:
    """From now on another desk than before. Raises OSError."""
    made = uuid4()
    path.write_text(f"{made}\n", "ascii")
    return made
