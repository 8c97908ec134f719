"""A file that is whole or not there at all."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, make: Callable[[], bytes]) -> None:
    """Raises OSError; a file that was there before is untouched then, and nothing is left beside it."""
    content = make()
    handle, partial = mkstemp(dir=path.parent, prefix=".reception-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink()
        raise


def is_full(error: OSError) -> bool:
    """Whether it was for want of room on the disk."""
    return error.errno in _FULL
