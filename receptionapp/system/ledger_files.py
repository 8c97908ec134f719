"""Which ledger file is a connection's. Everything that reads, copies or writes a ledger's file finds it here.

`ledgers.json` has file names by `ConnectionIdentity.key`; several keys have one file where the clinic got new
credentials. Each ledger also says itself whose it is (`ledger/connections.py`), and that is what counts: when this file
is lost, opening the ledgers makes it again.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path

from receptionapp.domain.connection import ConnectionIdentity, clinic_of
from receptionapp.system.paths import DataFolder, write_atomically


class LedgerFiles:
    """Of one data folder. All of it waits for the disk, and raises OSError."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def read(self) -> dict[str, Path]:
        """File by key. One that can't be understood is as good as none."""
        try:
            found = json.loads(self._folder.ledgers.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        names = found.items() if isinstance(found, dict) else ()
        return {
            key: self._folder.root / name for key, name in names if isinstance(name, str) and name == Path(name).name
        }

    def choose(self, identity: ConnectionIdentity | None) -> Path:
        """The file to open for it: its own, or the one of a version that did not ask whose it is, or a new one. None
        is practice mode, or a desk that is not connected."""
        if identity is None:
            return self._folder.ledger
        given = self.read()
        own = f"ledger-{identity.key}"
        names = chain(("ledger", own), (f"{own}-{number}" for number in count(2)))
        files = (self._folder.root / f"{name}.sqlite3" for name in names)
        return given.get(identity.key) or next(file for file in files if file not in given.values())

    def of_same_clinic(self, identity: ConnectionIdentity) -> Path | None:
        """The ledger of the same address, EHR and test mark with other credentials, of several the one written last.
        None where there is none, or this connection has a ledger already."""
        given = self.read()
        if identity.key in given:
            return None
        files = {file for key, file in given.items() if clinic_of(key) == identity.clinic and file.is_file()}
        return max(files, key=lambda file: file.stat().st_mtime, default=None)

    def has_new_credentials(self, identity: ConnectionIdentity) -> bool:
        """Whether a person has said that it is the same clinic as another connection."""
        given = self.read()
        others = (file for key, file in given.items() if key != identity.key and clinic_of(key) == identity.clinic)
        return given.get(identity.key) in tuple(others)

    def bind_earlier(self, identity: ConnectionIdentity | None) -> None:
        """A ledger of a version that did not ask whose it is stays with the connection that it was used with."""
        given = self.read()
        unbound = self._folder.ledger.is_file() and self._folder.ledger not in given.values()
        if identity is not None and identity.key not in given and unbound:
            self.give(identity, self._folder.ledger)

    def give(self, identity: ConnectionIdentity, file: Path) -> None:
        """From now on the file is this connection's too."""
        self._write(self.read() | {identity.key: file})

    def assign(self, keys: Iterable[str], file: Path) -> None:
        """The file is of these connections and of no others."""
        others = {key: each for key, each in self.read().items() if each != file}
        self._write(others | dict.fromkeys(keys, file))

    def _write(self, given: Mapping[str, Path]) -> None:
        if given != self.read():
            names = {key: file.name for key, file in given.items()}
            write_atomically(self._folder.ledgers, json.dumps(names, indent=1, sort_keys=True).encode)
