"""How an appointment stands, in words: in a few for blocks, lists and paper, in full for its card."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing

translate = QCoreApplication.translate


def standing_text(appointment: OwnAppointment) -> str:
    """In a few words."""
    return standing_words(appointment.standing, appointment.leyr_status)


def standing_in_full(appointment: OwnAppointment) -> str:
    """Where the question is asked which of two things is not known, and where nothing beside it says “status”."""
    match appointment.standing:
        case Standing.BOOKING_UNKNOWN:
            return translate("Standing", "Not known if booked")
        case Standing.CANCELLING_UNKNOWN:
            return translate("Standing", "Not known if cancelled")
        case Standing.CANCEL_AWAITING_CODE:
            return translate("Standing", "Cancelling waits for the code")
        case Standing.OTHER:
            return appointment.leyr_status or translate("Standing", "Status not known")
    return standing_text(appointment)


def standing_words(standing: Standing, status: str | None) -> str:
    """In a few words; `status` is Leyr's own word, for a standing that this version does not know."""
    match standing:
        case Standing.SENDING:
            return translate("Standing", "Booking …")
        case Standing.BOOKED:
            return translate("Standing", "Booked")
        case Standing.AWAITING_CODE:
            return translate("Standing", "Awaiting code")
        case Standing.CANCELLING:
            return translate("Standing", "Cancelling …")
        case Standing.CANCEL_AWAITING_CODE:
            return translate("Standing", "Cancelling: awaiting code")
        case Standing.CANCELLED:
            return translate("Standing", "Cancelled")
        case Standing.COMPLETED:
            return translate("Standing", "Completed")
        case Standing.REFUSED:
            return translate("Standing", "Not booked")
        case Standing.BOOKING_UNKNOWN:
            return translate("Standing", "Not known")
        case Standing.CANCELLING_UNKNOWN:
            return translate("Standing", "Cancelling not known")
        case Standing.OTHER:
            return translate("Standing", "Status: {status}").format(status=status or "?")
