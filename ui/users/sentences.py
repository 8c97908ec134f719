"""What is said about PINs, users and why something of theirs was not taken."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.user import LONGEST, SHORTEST, PinFault
from receptionapp.store.presence import Refusal, Refused

translate = QCoreApplication.translate

_FAULTS = {
    PinFault.NOT_DIGITS: lambda: translate("Users", "A PIN has digits only."),
    PinFault.TOO_SHORT: lambda: translate("Users", "At least {count} digits.").format(count=SHORTEST),
    PinFault.TOO_LONG: lambda: translate("Users", "At most {count} digits.").format(count=LONGEST),
    PinFault.REPEATED: lambda: translate("Users", "The same digits again and again are tried first. Choose another."),
    PinFault.RUN: lambda: translate("Users", "Digits in a row are tried first. Choose another."),
    PinFault.DATE: lambda: translate("Users", "It looks like a date or a year, which is tried first. Choose another."),
}


def of_pin_fault(fault: PinFault) -> str:
    return _FAULTS[fault]()


def of_wait(seconds: int) -> str:
    """Counted down by whoever shows it."""
    if seconds >= 60:
        minutes, rest = divmod(seconds, 60)
        return translate("Users", "Wait {minutes} min {seconds} s before the next PIN.").format(
            minutes=minutes, seconds=rest
        )
    return translate("Users", "Wait {seconds} s before the next PIN.").format(seconds=seconds)


def of_refusal(refusal: Refusal) -> str:
    """What happened, and what to do."""
    return {
        Refused.WRONG_PIN: lambda: translate("Users", "That PIN is not right."),
        Refused.MUST_WAIT: lambda: translate("Users", "Too many wrong PINs."),
        Refused.LEFT: lambda: translate("Users", "This user is not active any more. Ask an administrator."),
        Refused.NAME_IN_USE: lambda: translate(
            "Users", "Somebody has this name, or had it: the record must tell them apart. Write it another way."
        ),
        Refused.LAST_ADMINISTRATOR: lambda: translate(
            "Users", "This is the only administrator. Make somebody else one first."
        ),
        Refused.NOT_ADMINISTRATOR: lambda: translate("Users", "Only an administrator may do that."),
        Refused.LEDGER_FAILED: lambda: translate(
            "Users", "The desk's record could not be read or written, so nothing was changed. Try again."
        ),
    }[refusal.why]()
