"""Why this desk's record or the program can't be opened, and what to do."""

from PySide6.QtCore import QCoreApplication

from ui.words.sentences import Sentence

translate = QCoreApplication.translate


def ledger_problem_sentence(fault: str) -> Sentence:
    """`fault` is a `LedgerFault` or a `KeyFault`."""
    what = translate("LedgerSentences", "Nothing can be booked yet: this desk's record of appointments is not open.")
    return Sentence(what, _WHY.get(fault, _WHY["disk_failed"])())


_WHY = {
    "missing": lambda: translate(
        "LedgerSentences",
        "It is encrypted, and its key is not in this computer's key store. "
        "Your administrator may have the recovery key.",
    ),
    "wrong": lambda: translate(
        "LedgerSentences",
        "It is encrypted, and this key is not the one that it was written with. "
        "Your administrator may have the recovery key.",
    ),
    "wrong_key": lambda: translate(
        "LedgerSentences",
        "It is encrypted, and this key is not the one that it was written with. "
        "Your administrator may have the recovery key.",
    ),
    "unreadable": lambda: translate(
        "LedgerSentences",
        "The key that your administrator has set for this computer can't be read: "
        "RECEPTION_LEDGER_KEY must be 64 hexadecimal digits.",
    ),
    "no_store": lambda: translate(
        "LedgerSentences",
        "It must be encrypted, and this computer has no key store for its key. "
        "Your administrator can set up one, or set RECEPTION_LEDGER_KEY.",
    ),
    "store_locked": lambda: translate(
        "LedgerSentences", "This computer's key store is locked. Try again, and let it be unlocked when you are asked."
    ),
    "store_failed": lambda: translate(
        "LedgerSentences", "This computer's key store does not answer as it should. Try again, or restart the computer."
    ),
    "disk_full": lambda: translate(
        "LedgerSentences", "The disk of this computer is full. Make room, or ask your administrator, then try again."
    ),
    "locked": lambda: translate(
        "LedgerSentences",
        "Another program holds its file, such as a backup or a virus scanner. Wait a minute, then try again.",
    ),
    "damaged": lambda: translate(
        "LedgerSentences", "Its file is damaged and could not be put aside. Contact your administrator."
    ),
    "not_writable": lambda: translate(
        "LedgerSentences", "Its file can't be written to. Your administrator can give this user the right to."
    ),
    "disk_failed": lambda: translate(
        "LedgerSentences", "The disk of this computer answers with errors. Contact your administrator."
    ),
    "newer_schema": lambda: translate(
        "LedgerSentences", "It was written by a newer version of this program. Install that version on this computer."
    ),
    "server_gone": lambda: translate(
        "LedgerSentences", "The clinic's server that keeps it can't be reached. Check the network, then try again."
    ),
    "refused": lambda: translate(
        "LedgerSentences",
        "The clinic's server that keeps it does not let this computer in. Contact your administrator.",
    ),
    "bad_address": lambda: translate(
        "LedgerSentences",
        "The address of the clinic's server in the settings can't be used. Contact your administrator.",
    ),
    "moved": lambda: translate(
        "LedgerSentences",
        "It was moved to the clinic's server, and this computer's settings do not name that server. "
        "Contact your administrator.",
    ),
}
