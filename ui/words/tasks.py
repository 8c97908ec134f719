"""Open tasks as sentences: what is the matter with the appointment, what to tell the caller, what a look has shown."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import Standing
from receptionapp.domain.open_task import OpenTask, TaskKind
from receptionapp.domain.outcome import Hint, Look
from ui.words.formatting import clock_time
from ui.words.sentences import about, day_and_time

translate = QCoreApplication.translate


def of_task(task: OpenTask, look: Look | None, zone: ZoneInfo, emr: str) -> str:
    """One line: what it is, then what to say or do, then the latest look."""
    who = about(task.appointment, zone)
    new = day_and_time(task.new, zone) if task.new else ""
    line = _line(task).format(who=who, new=new, emr=emr)
    return f"{line} {of_look(look, zone, emr)}" if look else line


def of_look(look: Look, zone: ZoneInfo, emr: str) -> str:
    """ "Probably not done: the time is still free (looked at 09:41)." """
    return _LOOKS[look.hint]().format(emr=emr, time=clock_time(look.at, zone))


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
    Hint.PROBABLY_DONE: lambda: translate("Tasks", "A look at {time}: it probably went through."),
    Hint.PROBABLY_NOT_DONE: lambda: translate("Tasks", "A look at {time}: it probably did not go through."),
    Hint.SEVERAL: lambda: translate("Tasks", "A look at {time}: {emr} has several that fit."),
    Hint.CANT_TELL: lambda: translate("Tasks", "A look at {time} could not tell."),
}
