"""What became of saving and wiping, in sentences."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.store.results import DisclosureFailure
from ui.words.sentences import day_and_time
from ui.words.standing import standing_text

translate = QCoreApplication.translate


def of_why(why: DisclosureFailure) -> str:
    return {
        DisclosureFailure.LEDGER: lambda: translate(
            "Disclosure", "This desk's record could not be read or written, so nothing was done. Try again."
        ),
        DisclosureFailure.DISK_FULL: lambda: translate(
            "Disclosure", "The disk is full, so nothing was saved. Make room, or choose another disk."
        ),
        DisclosureFailure.NOT_WRITABLE: lambda: translate(
            "Disclosure",
            "It could not be saved there: the folder can't be written to, or the file is open in another program. "
            "Choose another place.",
        ),
        DisclosureFailure.NOT_ADMINISTRATOR: lambda: translate(
            "Disclosure", "Only an administrator may do that. Nothing was done."
        ),
        DisclosureFailure.STILL_NEEDED: lambda: translate(
            "Disclosure",
            "Nothing was wiped: something about this person is open or still to come. It may have been booked at "
            "another desk in this moment.",
        ),
        DisclosureFailure.NOTHING: lambda: translate("Disclosure", "There are no details of this person to wipe."),
    }[why]()


def of_needed(needed: tuple[OwnAppointment, ...], zone: ZoneInfo) -> str:
    """Why nothing can be wiped now, and what to do first."""
    shown = "\n".join(f"•  {day_and_time(own, zone)}: {standing_text(own)}" for own in needed[:5])
    unsettled = any(own.standing not in (Standing.BOOKED, Standing.OTHER, Standing.COMPLETED) for own in needed)
    to_do = (
        translate("Disclosure", "Settle what is open first; nobody would know whose it is.")
        if unsettled
        else translate(
            "Disclosure", "Cancel it first, or wait until it is over: until then the desk must know who comes."
        )
    )
    nothing = translate("Disclosure", "Nothing can be wiped yet:")
    return f"{nothing}\n{shown}\n{to_do}"
