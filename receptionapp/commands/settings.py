"""`reception settings` and `reception diagnostics`: what is set and who decided it, and what support needs to know."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from receptionapp.services.diagnostics import as_text, connection_sections, ledger_file_section, settings_facts
from receptionapp.system.crash import versions
from receptionapp.system.credentials import LEDGER_KEY_VARIABLE, LEDGER_PASSWORD_VARIABLE, SECRET_VARIABLE
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import DATA_DIR_VARIABLE, DataFolder, data_folder
from receptionapp.system.policy import MANAGED_SETTINGS, Policy, read_policy
from receptionapp.system.settings import LoadedSettings, SettingOrigin, load


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One line: `origin` is an `NumberOrigin`, and `where` the file, the key or the variable."""

    name: str
    value: str
    origin: str
    where: str


def run(*, as_json: bool) -> int:
    """Print them; the exit code. Raises PolicyError."""
    shown = tuple(settings_of(data_folder(practice=False), read_policy(), os.environ))
    if as_json:
        print(json.dumps([asdict(line) for line in shown], indent=2))
        return 0
    names, values = (
        max(len(text) for text in column) for column in zip(*((s.name, s.value) for s in shown), strict=True)
    )
    for line in shown:
        print(f"{line.name:{names}}  {line.value:{values}}  {line.origin}{f': {line.where}' if line.where else ''}")
    return 0


def settings_of(folder: DataFolder, policy: Policy, environ: Mapping[str, str]) -> Iterator[ShownSetting]:
    """In the order of the table, the folder first and the secrets last."""
    chosen = bool(environ.get(DATA_DIR_VARIABLE))
    by_whom = SettingOrigin.ENVIRONMENT if chosen else SettingOrigin.USUAL
    yield ShownSetting("data folder", str(folder.root), by_whom, DATA_DIR_VARIABLE if chosen else "")
    loaded = report_damaged_settings(load(folder.settings, environ, policy))
    for managed in MANAGED_SETTINGS:
        origin = loaded.origins[managed.name]
        value = getattr(loaded.settings, managed.name) or managed.default
        where = {
            SettingOrigin.POLICY: policy.sources.get(managed.name, ""),
            SettingOrigin.ENVIRONMENT: managed.variable,
            SettingOrigin.SAVED: str(folder.settings),
            SettingOrigin.USUAL: "",
        }[origin]
        yield ShownSetting(managed.name, value or "-", origin, where)
    for name, variable in (
        ("client secret", SECRET_VARIABLE),
        ("ledger key", LEDGER_KEY_VARIABLE),
        ("ledger password", LEDGER_PASSWORD_VARIABLE),
    ):
        given = bool(environ.get(variable))
        yield ShownSetting(
            name, "(not shown)", SettingOrigin.ENVIRONMENT if given else "key store", variable if given else ""
        )


def report_damaged_settings(loaded: LoadedSettings) -> LoadedSettings:
    """The same; one line on stderr if the saved ones are lost."""
    if loaded.moved_aside:
        print(
            f"The saved settings were damaged, so none are used. The file was kept: {loaded.moved_aside}",
            file=sys.stderr,
        )
    return loaded


def run_diagnostics() -> int:
    """Print it; the exit code."""
    folder = data_folder(practice=False)
    settings = report_damaged_settings(load(folder.settings)).settings
    sections = (
        ("Versions", versions()),
        *connection_sections(settings_facts(settings)),
        ledger_file_section(LedgerFiles(folder).choose(settings.identity)),
    )
    print(as_text(sections))
    return 0
