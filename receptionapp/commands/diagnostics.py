"""`reception diagnostics`: what can be told without opening the program; the rest is in its Help menu."""

from receptionapp.commands.damage import told
from receptionapp.services.diagnostics import as_text, of_ledger_file, of_line, of_settings
from receptionapp.system.paths import data_folder
from receptionapp.system.settings import load
from receptionapp.system.versions import versions


def run_diagnostics() -> int:
    """Print it; the exit code."""
    folder = data_folder(practice=False)
    settings = told(load(folder.settings)).settings
    sections = (("Versions", versions()), *of_line(of_settings(settings)), of_ledger_file(folder.ledger))
    print(as_text(sections))
    return 0
