"""What is said of an appointment: how it stands, what to do about it, and why something can't be done."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic import Action
from receptionapp.domain.intent import OutcomeCheck, OutcomeHint
from receptionapp.domain.open_task import OpenTask, TaskKind, is_not_booked_yet
from receptionapp.store.snapshot import Snapshot
from ui.words.formatting import clock_time, moment_text
from ui.words.sentences import appointment_text, day_and_time

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
        case (
            Standing.SENDING
            | Standing.BOOKED
            | Standing.AWAITING_CODE
            | Standing.CANCELLING
            | Standing.CANCELLED
            | Standing.COMPLETED
            | Standing.REFUSED
        ):
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


def why_not_cancel(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    """Nothing when it can be cancelled."""
    if not _can(snapshot, Action.CANCEL):
        return _can_not(snapshot)
    new = find_replacement(appointment, snapshot)
    if new is not None and is_not_booked_yet(new):
        return translate("AppointmentCard", "It is being moved. First settle whether the new time is booked.")
    return _out_of_reach(appointment, snapshot, now)


def why_not_move(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    """Nothing when it can be moved."""
    if not _can(snapshot, Action.MOVE) and not _can(snapshot, Action.CANCEL):
        return _can_not(snapshot)
    if appointment.standing is not Standing.BOOKED:
        return translate("AppointmentCard", "Only what is surely booked can be moved.")
    if find_replacement(appointment, snapshot) is not None:
        return translate("AppointmentCard", "Another one is taking its place already.")
    return _out_of_reach(appointment, snapshot, now)


def find_replacement(appointment: OwnAppointment, snapshot: Snapshot) -> OwnAppointment | None:
    """The one that a move put in its place, or may have; None when that came to nothing."""
    new = snapshot.appointments.get(appointment.replaced_by) if appointment.replaced_by else None
    return new if new is not None and new.standing.takes_time else None


def _out_of_reach(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    if appointment.appointment_id is None:
        return translate("AppointmentCard", "Leyr's reference for it is not known here. Change it in {emr}.").format(
            emr=snapshot.emr
        )
    if appointment.start <= now:
        return translate("AppointmentCard", "It has begun or is past, so it can't be changed here.")
    return ""


def _can_not(snapshot: Snapshot) -> str:
    emr = snapshot.emr
    if _can(snapshot, Action.MOVE):
        return translate("AppointmentCard", "{emr} can't cancel through Leyr. Cancel it in {emr}.").format(emr=emr)
    return translate("AppointmentCard", "{emr} can't move or cancel through Leyr. Change it in {emr}.").format(emr=emr)


def _can(snapshot: Snapshot, action: Action) -> bool:
    return snapshot.capabilities is None or snapshot.capabilities.can(action)


def task_text(task: OpenTask, look: OutcomeCheck | None, zone: ZoneInfo, emr: str, now: datetime) -> str:
    """One line: what it is, then what to say or do, then the latest look."""
    who = appointment_text(task.appointment, zone)
    new = day_and_time(task.new, zone) if task.new else ""
    line = _line(task).format(who=who, new=new, emr=emr)
    return f"{line} {outcome_check_text(look, zone, emr, now)}" if look else line


def outcome_check_text(look: OutcomeCheck, zone: ZoneInfo, emr: str, now: datetime) -> str:
    """ "Probably not done: the time is still free (looked at 09:41)." """
    return _LOOKS[look.hint]().format(emr=emr, time=moment_text(look.at, now, zone))


def _line(task: OpenTask) -> str:
    if task.kind is TaskKind.TWO:
        return _two(task.appointment.standing)
    if task.kind is TaskKind.OFFERED:
        return translate("Tasks", "Perhaps cancelled in {emr}, which offers the time as free again: {who}. Look there.")
    if task.kind is TaskKind.CODE:
        return _code(task.appointment.standing)
    if task.new is not None:
        return translate(
            "Tasks", "Not known if moved to {new}: {who}. Tell the caller that the time will be confirmed later."
        )
    if task.appointment.standing is Standing.CANCELLING_UNKNOWN:
        return translate("Tasks", "Not known if cancelled: {who}. Tell the caller that it may still stand.")
    return translate("Tasks", "Not known if booked: {who}. Tell the caller that the time will be confirmed later.")


def _two(standing: Standing) -> str:
    if standing.unknown:
        return translate(
            "Tasks", "Two appointments, perhaps: {who} was moved to {new}, and may still stand. The new time holds."
        )
    return translate("Tasks", "Two appointments, one to remove: {who} was moved to {new}. The new time holds.")


def _code(standing: Standing) -> str:
    if standing is Standing.CANCEL_AWAITING_CODE:
        return translate("Tasks", "Not cancelled yet: {who}. Ask the caller for the code from the message.")
    return translate("Tasks", "Not booked yet: {who}. Ask the caller for the code from the message.")


_LOOKS = {
    OutcomeHint.PROBABLY_DONE: lambda: translate("Tasks", "A look at {time}: it probably went through."),
    OutcomeHint.PROBABLY_NOT_DONE: lambda: translate("Tasks", "A look at {time}: it probably did not go through."),
    OutcomeHint.SEVERAL: lambda: translate("Tasks", "A look at {time}: {emr} has several that fit."),
    OutcomeHint.CANT_TELL: lambda: translate("Tasks", "A look at {time} could not tell."),
}


def explanation(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    """A paragraph for each matter; nothing for an appointment that just stands."""
    paragraphs = (
        _standing(appointment.standing).format(emr=snapshot.emr),
        _offered_again(snapshot.emr) if appointment.key in snapshot.offered_again else "",
        _the_other(appointment, snapshot),
        _last_look(appointment, snapshot, now),
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
        case (
            Standing.SENDING
            | Standing.BOOKED
            | Standing.CANCELLING
            | Standing.CANCELLED
            | Standing.COMPLETED
            | Standing.REFUSED
        ):
            return ""


def _offered_again(emr: str) -> str:
    return translate(
        "AppointmentCard",
        "{emr} offers this time as free again: the appointment may have been cancelled or moved there. Look in {emr} "
        "and say here what you found. Until then nobody else can be booked at this time.",
    ).format(emr=emr)


def _the_other(appointment: OwnAppointment, snapshot: Snapshot) -> str:
    """Of a move: what is with the one that takes its place, or whose place it takes."""
    new = find_replacement(appointment, snapshot)
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


def _last_look(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    look = snapshot.outcome_checks.get(appointment.key)
    if look is None or not appointment.standing.unknown:
        return ""
    return outcome_check_text(look, snapshot.zone, snapshot.emr, now)


def namesake_text(latest: OwnAppointment | None, zone: ZoneInfo) -> str:
    """What tells somebody from another of the same name and birth date: the latest appointment from here."""
    if latest is None:
        return translate("People", "another has this name and birth date; nothing booked from here")
    day = latest.start.astimezone(zone).date()
    said = translate("People", "another has this name and birth date; last here {date} {time}")
    return said.format(date=day.strftime("%d.%m.%Y"), time=clock_time(latest.start, zone))
