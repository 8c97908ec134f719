"""Takes Qt's plugins that we don't use out of a PyInstaller build, and every library that only they needed."""

import sys
from collections.abc import Callable, Iterable
from pathlib import PurePath

from parts import QT_DEAD_WEIGHT, QT_PLUGINS, THE_SYSTEMS_OWN

Entry = tuple[str, str, str]  # where in the build, where from (of a link: where it points), kind


def is_wanted_plugin(destination: str) -> bool | None:
    """Whether this file is a Qt plugin that we use; None if it is no plugin of Qt's."""
    path = PurePath(destination.replace("\\", "/"))
    if "PySide6" not in path.parts or "plugins" not in path.parts:
        return None
    folder = path.parent.name
    wanted = QT_PLUGINS.get(folder, set())
    name = path.name.split(".")[0].removeprefix("lib")
    return "*" in wanted or name in wanted or name.removeprefix("q") in wanted


def pruned(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without unused plugins, and without libraries that nothing left links to.

    `needs` gives the paths of the libraries that a file links to. Elsewhere than on Linux only Qt's own libraries are
    dropped: there the system's are not collected, and a library can be loaded late without being linked.
    """
    unwanted = QT_DEAD_WEIGHT | THE_SYSTEMS_OWN
    kept = [e for e in entries if is_wanted_plugin(e[0]) is not False and PurePath(e[0]).name not in unwanted]
    reached: set[str] = set()
    waiting = [source for destination, source, kind in kept if kind != "SYMLINK" and _is_root(destination, kind)]
    while waiting:
        source = waiting.pop()
        if source not in reached:
            reached.add(source)
            waiting += [path for path in needs(source) if PurePath(path).name not in unwanted]
    here = {destination for destination, source, kind in kept if kind != "SYMLINK" and source in reached}
    return [e for e in kept if (target(e) if e[2] == "SYMLINK" else e[0]) in here]


def _is_root(destination: str, kind: str) -> bool:
    """What is loaded by name, and so is needed although nothing links to it."""
    if kind == "EXTENSION" or is_wanted_plugin(destination) or PurePath(destination).name.startswith("libpython"):
        return True
    return sys.platform != "linux" and "PySide6" not in PurePath(destination.replace("\\", "/")).parts


def target(entry: Entry) -> str:
    """What a link points to: links are written as seen from their own folder."""
    parts: list[str] = []
    for part in (PurePath(entry[0]).parent / entry[1]).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return str(PurePath(*parts))
