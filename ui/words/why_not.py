"""Why something can't be done with an appointment from here, for the control that is greyed because of it."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.connection import Action
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.snapshot import Snapshot

translate = QCoreApplication.translate


def why_not_cancel(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    """Nothing when it can be cancelled."""
    if not _can(snapshot, Action.CANCEL):
        return _can_not(snapshot)
    new = new_one(appointment, snapshot)
    if new is not None and is_not_booked_yet(new):
        return translate("AppointmentCard", "It is being moved. First settle whether the new time is booked.")
    return _out_of_reach(appointment, snapshot, now)


def why_not_move(appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> str:
    """Nothing when it can be moved."""
    if not _can(snapshot, Action.MOVE) and not _can(snapshot, Action.CANCEL):
        return _can_not(snapshot)
    if appointment.standing is not Standing.BOOKED:
        return translate("AppointmentCard", "Only what is surely booked can be moved.")
    if new_one(appointment, snapshot) is not None:
        return translate("AppointmentCard", "Another one is taking its place already.")
    return _out_of_reach(appointment, snapshot, now)


def new_one(appointment: OwnAppointment, snapshot: Snapshot) -> OwnAppointment | None:
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
