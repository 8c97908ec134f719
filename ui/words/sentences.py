"""What happened, said to a receptionist: the appointment first, then why, then what to do. Never a code as the text."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import Outcome, ReadFailure, ReadSubject, Undoable, Verb, WriteNotice
from receptionapp.domain.names import MAX_LENGTH, InvalidName, NameFault
from receptionapp.domain.national_number import InvalidNumber, NationalNumber, NumberDoubt, NumberFault, NumberOrigin
from receptionapp.domain.patient import InvalidEmail, InvalidPhone, PhoneFault
from receptionapp.domain.problem import Reason
from receptionapp.sentences.failures import problem_text
from ui.words.formatting import person_line, short_day, time_range

translate = QCoreApplication.translate


def number_fault_text(judged: NationalNumber | InvalidNumber) -> str:
    """Why a national number can't be sent, or why it should be looked at once more; nothing when it is right."""
    if isinstance(judged, InvalidNumber):
        return _refused_number(judged)
    sentences = [_DOUBTS[doubt]() for doubt in judged.doubts]
    if judged.origin is NumberOrigin.SYNTHETIC:
        sentences.append(translate("Judgements", "This is the number of a made-up person."))
    return " ".join(sentences)


def name_fault_text(refused: InvalidName) -> str:
    characters = " ".join(refused.characters)
    return {
        NameFault.EMPTY: lambda: translate("Judgements", "A name is needed."),
        NameFault.TOO_LONG: lambda: translate("Judgements", "At most {count} characters."),
        NameFault.NO_LETTERS: lambda: translate("Judgements", "A name has letters."),
        NameFault.HAS_DIGITS: lambda: translate("Judgements", "A name has no digits."),
        NameFault.HAS_EMOJI: lambda: translate("Judgements", "The EHR can't store this sign: {characters}"),
        NameFault.HAS_HIDDEN_CHARACTERS: lambda: translate(
            "Judgements", "The name holds a sign that can't be seen ({characters}). Type the name again."
        ),
        NameFault.HAS_OTHER_CHARACTERS: lambda: translate("Judgements", "Not part of a name: {characters}"),
    }[refused.reason]().format(count=MAX_LENGTH, characters=characters)


def phone_fault_text(refused: InvalidPhone) -> str:
    return {
        PhoneFault.EMPTY: lambda: translate("Judgements", "A phone number is needed."),
        PhoneFault.HAS_LETTERS: lambda: translate("Judgements", "A phone number has no letters."),
        PhoneFault.HAS_OTHER_CHARACTERS: lambda: translate(
            "Judgements", "A phone number has digits, and a + before the country code."
        ),
        PhoneFault.UNKNOWN_COUNTRY_CODE: lambda: translate("Judgements", "No country has this code."),
        PhoneFault.TOO_SHORT: lambda: translate("Judgements", "Too few digits for a phone number."),
        PhoneFault.TOO_LONG: lambda: translate("Judgements", "Too many digits for a phone number."),
        PhoneFault.NOT_IN_USE: lambda: translate("Judgements", "No such phone number is in use."),
        PhoneFault.NOT_PERSONAL: lambda: translate("Judgements", "This is not a person's phone number."),
    }[refused.reason]()


def email_fault_text(_refused: InvalidEmail) -> str:
    return translate("Judgements", "An e-mail address looks like name@example.no.")


def _refused_number(refused: InvalidNumber) -> str:
    return {
        NumberFault.EMPTY: lambda: translate("Judgements", "The national number is needed."),
        NumberFault.HAS_LETTERS: lambda: translate(
            "Judgements", "A national number has digits only, not: {characters}"
        ),
        NumberFault.HAS_OTHER_CHARACTERS: lambda: translate(
            "Judgements", "A national number has digits only, not: {characters}"
        ),
        NumberFault.TOO_SHORT: lambda: translate("Judgements", "{count} of 11 digits."),
        NumberFault.TOO_LONG: lambda: translate("Judgements", "{count} digits; a national number has 11."),
        NumberFault.NO_SUCH_DATE: lambda: translate(
            "Judgements", "The first six digits are no date. Check them with the patient."
        ),
    }[refused.reason]().format(count=refused.digit_count, characters=refused.characters)


_DOUBTS = {
    NumberDoubt.WRONG_CHECK_DIGITS: lambda: translate(
        "Judgements", "The check digits don't fit: a digit is probably wrong. Read the number back to the patient."
    ),
    NumberDoubt.IN_THE_FUTURE: lambda: translate("Judgements", "The birth date lies in the future."),
    NumberDoubt.NOT_ISSUED_YET: lambda: translate("Judgements", "Numbers of this kind are not given out before 2032."),
    NumberDoubt.REAL_OR_SYNTHETIC: lambda: translate(
        "Judgements", "This is a hospital's emergency number, or the number of a made-up person."
    ),
    NumberDoubt.CENTURY_NOT_TOLD: lambda: translate(
        "Judgements", "A D-number doesn't tell the century. Ask the patient in which year they were born."
    ),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`what` happened, in a few words; `why` and what to do, in whole sentences; `reference` for support."""

    what: str = field(repr=False)
    why: str = field(default="", repr=False)
    reference: str | None = None

    @property
    def text(self) -> str:
        """All of it on one line."""
        reference = translate("Sentences", "Reference: {id}").format(id=self.reference) if self.reference else ""
        return " ".join(part for part in (self.what, self.why, reference) if part)


def notice_sentence(notice: WriteNotice, zone: ZoneInfo, emr: str) -> Sentence:
    """One write's outcome. `emr` is the EHR's name, as people call it."""
    what = _what_happened(notice, zone, emr).replace(": .", ".")
    reference = notice.problem.reference if notice.problem else None
    return Sentence(what, _why(notice, emr), reference)


def read_failure_sentence(failed: ReadFailure, emr: str) -> Sentence:
    """A read without an answer: nothing was changed by it."""
    what = {
        ReadSubject.ANYTHING: translate("Sentences", "No answer yet."),
        ReadSubject.CLINIC: translate("Sentences", "The clinic could not be read."),
        ReadSubject.TIMESLOTS: translate("Sentences", "Free times could not be read."),
        ReadSubject.PEOPLE: translate("Sentences", "Patients could not be looked up."),
        ReadSubject.LEDGER: translate("Sentences", "This desk's own record could not be read."),
        ReadSubject.SHARED_LEDGER: translate("Sentences", "The clinic's shared book was put back from an older copy."),
    }[failed.what]
    why = problem_text(failed.problem, emr)
    if failed.retry_in is not None:
        again = translate("Sentences", "Trying again in {seconds} s.").format(seconds=round(failed.retry_in))
        why = f"{why} {again}"
    return Sentence(what, why, failed.problem.reference)


def appointment_text(appointment: OwnAppointment, zone: ZoneInfo) -> str:
    """ "Kari Nordmann, born 03.03.1980, Tue 24 Nov 09:20–09:40" """
    return translate("Sentences", "{person}, {day} {time}").format(
        person=person_line(appointment.person),
        day=short_day(appointment.start.astimezone(zone).date()),
        time=time_range(appointment.start, appointment.end, zone),
    )


def day_and_time(appointment: OwnAppointment, zone: ZoneInfo) -> str:
    """ "Tue 24 Nov 09:20–09:40" """
    return translate("Sentences", "{day} {time}").format(
        day=short_day(appointment.start.astimezone(zone).date()),
        time=time_range(appointment.start, appointment.end, zone),
    )


def undo_text(undoable: Undoable, zone: ZoneInfo) -> str:
    """What a press on Undo does. Without the person: it stands in a menu."""
    sentence = {
        Verb.BOOK: lambda: translate("Sentences", "Undo: cancel the booking of {time}"),
        Verb.CANCEL: lambda: translate("Sentences", "Undo: book {time} again"),
        Verb.MOVE: lambda: translate("Sentences", "Undo: move {time} back to {old}"),
    }[undoable.verb]()
    old = day_and_time(undoable.old, zone) if undoable.old else ""
    return sentence.format(time=day_and_time(undoable.appointment, zone), old=old)


def _what_happened(notice: WriteNotice, zone: ZoneInfo, emr: str) -> str:
    who = appointment_text(notice.appointment, zone) if notice.appointment else ""
    if notice.verb is Verb.CREATE_PATIENT:
        who = person_line(notice.person) if notice.person else ""
    old = day_and_time(notice.old, zone) if notice.old else ""
    if notice.outcome is Outcome.HALF_DONE:
        return _two(undo=notice.undo).format(who=who, old=old)
    if _is_gone(notice):
        return translate("Sentences", "Not in {emr} any more: {who}.").format(who=who, emr=emr)
    if _is_unheard_of(notice):
        return translate("Sentences", "Sent, but not surely booked: {who}.").format(who=who)
    if (other := _refused_otherwise(notice)) is not None:
        return other.format(who=who, emr=emr, old=old)
    sentences = _UNDONE if notice.undo else _WHAT
    return sentences[notice.verb][notice.outcome]().format(who=who, emr=emr, old=old)


def _refused_otherwise(notice: WriteNotice) -> str | None:
    """Of a refused wish about an appointment that does not stand as before, or of which that was not read."""
    own, problem = notice.appointment, notice.problem
    if notice.outcome is not Outcome.REFUSED or notice.verb not in _NOT or own is None:
        return None
    if own.standing is Standing.CANCELLED and notice.verb is Verb.MOVE:
        return translate("Sentences", "Not moved, it is cancelled: {who}.")
    if own.standing is Standing.CANCELLED and notice.verb is Verb.CANCEL:
        return translate("Sentences", "It was cancelled before: {who}.")
    nobody_judged = notice.verb is Verb.CONFIRM and problem is not None and problem.reason in _NEVER_SENT
    if problem is not None and (problem.reason in _SAYS_NOT_HOW_IT_STANDS or nobody_judged):
        return translate("Sentences", "Not undone: {who}.") if notice.undo else _NOT[notice.verb]()
    return None


def _two(*, undo: bool) -> str:
    if undo:
        return translate(
            "Sentences", "Half undone, two appointments now: {who} is booked again, and {old} may still stand."
        )
    return translate("Sentences", "Two appointments now: {who} is booked, and the old one of {old} may still stand.")


def _why(notice: WriteNotice, emr: str) -> str:
    if notice.outcome is Outcome.WAITING:
        why = translate("Sentences", "Ask the patient for the code from the message, and enter it on the right.")
        if notice.verb is Verb.MOVE:
            why += " " + translate("Sentences", "The old time stands until then; remove it afterwards.")
        return why
    if notice.outcome is Outcome.HALF_DONE:
        return _why_two(notice, emr)
    if notice.appointment and _is_unheard_of(notice):
        return translate(
            "Sentences",
            "Leyr gives it the status “{status}”, which this program does not know. "
            "Look in {emr} how it stands before you tell the caller.",
        ).format(status=notice.appointment.leyr_status, emr=emr)
    if notice.problem is None:
        return ""
    if _is_gone(notice):
        return translate(
            "Sentences", "It was cancelled or removed there before, and now counts as cancelled here. Its time is free."
        )
    why = problem_text(notice.problem, emr)
    if notice.outcome is Outcome.UNKNOWN:
        why += " " + _TO_DO_WHEN_UNKNOWN[notice.verb]().format(emr=emr)
    return why


def _is_gone(notice: WriteNotice) -> bool:
    done = notice.verb is Verb.CANCEL and notice.outcome is Outcome.DONE
    return done and notice.problem is not None and notice.problem.reason is Reason.APPOINTMENT_NOT_FOUND


def _is_unheard_of(notice: WriteNotice) -> bool:
    """It is there, but Leyr does not call it booked."""
    own = notice.appointment
    return notice.outcome is Outcome.DONE and own is not None and own.standing is Standing.OTHER


def _why_two(notice: WriteNotice, emr: str) -> str:
    """Of a move that left two: why, and what to do."""
    to_do = translate("Sentences", "Tell the caller the new time. Then remove the old one: choose it at the top.")
    return f"{problem_text(notice.problem, emr)} {to_do}" if notice.problem else to_do


# Functions, not texts: they are translated when asked for, in the language of that moment.
_WHAT = {
    Verb.BOOK: {
        Outcome.DONE: lambda: translate("Sentences", "Booked: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not booked yet: {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not booked: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if booked: {who}."),
    },
    Verb.CANCEL: {
        Outcome.DONE: lambda: translate("Sentences", "Cancelled: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not cancelled yet: {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not cancelled, it still stands: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if cancelled: {who}."),
    },
    Verb.CONFIRM: {
        Outcome.DONE: lambda: translate("Sentences", "Confirmed: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Still waiting for a code: {who}."),
        Outcome.REFUSED: lambda: translate("Sentences", "The code was not accepted: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if confirmed: {who}."),
    },
    Verb.MOVE: {
        Outcome.DONE: lambda: translate("Sentences", "Moved: {who}, from {old}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not moved yet: {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not moved, it stands as before: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if moved: {who}, from {old}."),
    },
    Verb.CREATE_PATIENT: {
        Outcome.DONE: lambda: translate("Sentences", "Patient registered in {emr}: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Patient not registered yet."),
        Outcome.REFUSED: lambda: translate("Sentences", "The patient was not registered."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if the patient was registered."),
    },
}

# What undoing came to: the verb is the one that was sent for it.
_UNDONE = {
    Verb.BOOK: {
        Outcome.DONE: lambda: translate("Sentences", "Undone, booked again: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not undone yet: {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not undone, it is still cancelled: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if undone and booked again: {who}."),
    },
    Verb.CANCEL: {
        Outcome.DONE: lambda: translate("Sentences", "Undone, cancelled again: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not undone yet: cancelling {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not undone, it is still booked: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if undone and cancelled: {who}."),
    },
    Verb.MOVE: {
        Outcome.DONE: lambda: translate("Sentences", "Undone, moved back: {who}."),
        Outcome.WAITING: lambda: translate("Sentences", "Not undone yet: {who} waits for a code."),
        Outcome.REFUSED: lambda: translate("Sentences", "Not undone, it stays where it is: {who}."),
        Outcome.UNKNOWN: lambda: translate("Sentences", "Not known if undone and moved back: {who}."),
    },
}

_TO_DO_WHEN_UNKNOWN = {
    Verb.BOOK: lambda: translate(
        "Sentences",
        "Tell the caller that the time will be confirmed later. Look in {emr} whether it is there, "
        "and say so on the right. Do not book it again before that.",
    ),
    Verb.CANCEL: lambda: translate(
        "Sentences", "Look in {emr} whether it is gone, and say so on the right. Until then it may still stand."
    ),
    Verb.CONFIRM: lambda: translate("Sentences", "Look in {emr} how the appointment stands, and say so on the right."),
    Verb.MOVE: lambda: translate(
        "Sentences",
        "Tell the caller that the new time will be confirmed later. Look in {emr} where the appointment is now, "
        "and say so on the right. Do not move it again before that.",
    ),
    Verb.CREATE_PATIENT: lambda: translate(
        "Sentences", "Registering the same person again is safe: {emr} gives back the one who is there."
    ),
}

_NOT = {
    Verb.BOOK: lambda: translate("Sentences", "Not booked: {who}."),
    Verb.CANCEL: lambda: translate("Sentences", "Not cancelled: {who}."),
    Verb.MOVE: lambda: translate("Sentences", "Not moved: {who}."),
    Verb.CONFIRM: lambda: translate("Sentences", "Not confirmed: {who}."),
}

_SAYS_NOT_HOW_IT_STANDS = frozenset(
    {
        Reason.APPOINTMENT_NOT_FOUND,
        Reason.BEING_MOVED,
        Reason.UNDER_WAY_ELSEWHERE,
        Reason.LEDGER_FAILED,
        Reason.LEDGER_OUT_OF_REACH,
        Reason.LEDGER_LOCKED,
        Reason.LEDGER_DAMAGED,
        Reason.LEDGER_NOT_WRITABLE,
        Reason.LEDGER_NEWER,
    }
)
_NEVER_SENT = frozenset(
    {
        Reason.OFFLINE,
        Reason.ADDRESS_NOT_FOUND,
        Reason.PROXY_UNUSABLE,
        Reason.TLS_FAILED,
        Reason.TOO_MANY_REQUESTS,
        Reason.TEXT_UNFIT,
        Reason.CLOSING,
    }
)


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
    "bad_encoding": lambda: translate(
        "LedgerSentences",
        "The clinic's database is not made for every letter (its encoding must be UTF8). Contact your administrator.",
    ),
    "unexpected": lambda: translate(
        "LedgerSentences", "The clinic's database answers with an error. Contact your administrator."
    ),
    "other_connection": lambda: translate(
        "LedgerSentences",
        "The clinic's server does not know this connection to Leyr. Your administrator can add it: "
        "reception ledger add-connection. Then try again.",
    ),
    "not_verified": lambda: translate(
        "LedgerSentences",
        "The clinic's server that keeps it shows no certificate that this computer trusts, so nothing was sent to it. "
        "Contact your administrator.",
    ),
    "moved": lambda: translate(
        "LedgerSentences",
        "It was moved to the clinic's server, and this computer's settings do not name that server. "
        "Contact your administrator.",
    ),
}
