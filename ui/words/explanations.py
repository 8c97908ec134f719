"""What an appointment's card says beyond its standing: what it means, what to do, and what a move left behind."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.snapshot import Snapshot
from ui.words.sentences import day_and_time
from ui.words.tasks import of_look
from ui.words.why_not import new_one

translate = QCoreApplication.translate


def explanation(appointment: OwnAppointment, snapshot: Snapshot) -> str:
    """A paragraph for each matter; nothing for an appointment that just stands."""
    paragraphs = (
        _standing(appointment.standing).format(emr=snapshot.emr),
        _offered_again(snapshot.emr) if appointment.key in snapshot.offered_again else "",
        _the_other(appointment, snapshot),
        _last_look(appointment, snapshot),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _standing(standing: Standing) -> str:
    """What it means and what to do; nothing for the usual ones."""
    match standing:
        case Standing.BOOKING_UNKNOWN:
            return translate(
                "AppointmentCard",
                "No answer came when this was booked, so it may or may not be in {emr}. Tell the caller that the time "
                "will be confirmed later. Look in {emr} and say here what you found.",
            )
        case Standing.CANCELLING_UNKNOWN:
            return translate(
                "AppointmentCard",
                "No answer came when this was cancelled, so it may still stand. Look in {emr} and say here what you "
                "found.",
            )
        case Standing.AWAITING_CODE:
            return translate(
                "AppointmentCard", "Not booked yet. The patient has got a message with a code; ask for it."
            )
        case Standing.CANCEL_AWAITING_CODE:
            return translate(
                "AppointmentCard", "It still stands. The patient has got a message with a code; ask for it."
            )
        case Standing.OTHER:
            return translate(
                "AppointmentCard", "{emr} gives it a status that this program does not know. The time counts as taken."
            )
    return ""


def _offered_again(emr: str) -> str:
    """Of a booked one whose time is offered as free."""
    return translate(
        "AppointmentCard",
        "{emr} offers this time as free again: the appointment may have been cancelled or moved there. Look in {emr} "
        "and say here what you found. Until then nobody else can be booked at this time.",
    ).format(emr=emr)


def _the_other(appointment: OwnAppointment, snapshot: Snapshot) -> str:
    """Of a move: what is with the one that takes its place, or whose place it takes."""
    new = new_one(appointment, snapshot)
    if new is not None and appointment.standing.takes_time:
        when = day_and_time(new, snapshot.zone)
        if is_not_booked_yet(new):
            return translate("AppointmentCard", "It is being moved to {time}, which is not surely booked yet.").format(
                time=when
            )
        return translate(
            "AppointmentCard", "It was moved to {time}, which is booked. This one is left over: remove it."
        ).format(time=when)
    old = next((a for a in snapshot.appointments.values() if a.replaced_by == appointment.key), None)
    if old is None or not old.standing.takes_time or not appointment.standing.takes_time:
        return ""
    return translate("AppointmentCard", "The old appointment of {time} may still stand.").format(
        time=day_and_time(old, snapshot.zone)
    )


def _last_look(appointment: OwnAppointment, snapshot: Snapshot) -> str:
    look = snapshot.looks.get(appointment.key)
    return of_look(look, snapshot.zone, snapshot.emr) if look and appointment.standing.unknown else ""
