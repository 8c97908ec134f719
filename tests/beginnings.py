"""Where a thread or a task began: noted for each of them, and written out only for those that are left."""

import traceback
from types import CodeType, FrameType

Beginning = tuple[tuple[CodeType, int], ...]
_LIMIT = 12  # frames


def noted(frame: FrameType | None) -> Beginning:
    """`traceback` would look on the disk for every file that it names."""
    found: list[tuple[CodeType, int]] = []
    while frame is not None and len(found) < _LIMIT:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return tuple(found)


def story(name: str, beginning: Beginning) -> str:
    """The latest call last."""
    lines = [traceback.FrameSummary(code.co_filename, line, code.co_name) for code, line in reversed(beginning)]
    return f"{name}, begun at\n{''.join(traceback.StackSummary.from_list(lines).format())}"
