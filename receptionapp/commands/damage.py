"""A damaged settings file is put aside by whoever reads it first. Where that is a command, it must say so: the program,
when it is opened next, finds none and says nothing."""

import sys

from receptionapp.system.settings import LoadedSettings


def told(loaded: LoadedSettings) -> LoadedSettings:
    """The same; one line on stderr if the saved ones are lost."""
    if loaded.moved_aside:
        print(
            f"The saved settings were damaged, so none are used. The file was kept: {loaded.moved_aside}",
            file=sys.stderr,
        )
    return loaded
