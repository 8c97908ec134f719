"""Why something could not be done and what to do: refused by Leyr or the EHR, no connection, a damaged policy."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.connection import BadConnection, ConnectionFault
from receptionapp.leyr.errors import LeyrError
from receptionapp.system.policy import PolicyError

translate = QCoreApplication.translate


def problem_text(problem: Problem, emr: str) -> str:
    """Why, and what to do about it."""
    sentence = _REASONS[problem.reason]().format(emr=emr)
    if problem.reason is Reason.FIELD_MISSING and problem.field:
        sentence += " " + translate("Sentences", "Missing: {field}.").format(field=problem.field)
    if problem.reason in _SHOW_DETAILS and problem.details:
        sentence += " " + translate("Sentences", "{emr} says: “{details}”").format(emr=emr, details=problem.details)
    if problem.reason in (Reason.TLS_FAILED, Reason.PROXY_UNUSABLE) and problem.details:
        sentence += " " + translate("Sentences", "This computer says: “{details}”").format(details=problem.details)
    if problem.reason is Reason.TOO_MANY_REQUESTS and problem.retry_after:
        sentence += " " + translate("Sentences", "Wait {seconds} s, then try again.").format(
            seconds=round(problem.retry_after)
        )
    return sentence


def connection_failure_text(error: LeyrError | BadConnection, emr: str) -> str:
    """Why a connection does not work."""
    if isinstance(error, BadConnection):
        part = {
            "url": translate("Sentences", "Leyr's address"),
            "emr": translate("Sentences", "The EHR code"),
            "client_id": translate("Sentences", "The client id"),
            "client_secret": translate("Sentences", "The client secret"),
        }[error.part]
        return translate("Sentences", "{part} can't be used. {why}").format(part=part, why=_FAULTS[error.fault]())
    reference = translate("Sentences", "Reference: {id}").format(id=error.problem.reference)
    sentence = problem_text(error.problem, emr)
    return f"{sentence} {reference}" if error.problem.reference else sentence


def policy_error_text(error: PolicyError) -> str:
    """What is wrong, where, and whom to tell. No value of the policy's is in it."""
    if error.secret:
        why = translate("Policy", "It holds a secret ({name}), which must not be there. Take it out.")
    elif error.doubled:
        why = translate("Policy", "“{name}” stands there twice. Take one out.")
    elif error.name:
        why = translate("Policy", "“{name}” is no setting of this version, or its value is none that it can have.")
    else:
        why = translate("Policy", "It is damaged, or may not be read.")
    what = translate(
        "Policy",
        "Reception was not opened: the settings that your administrator has made for this computer can't be used, and "
        "without them it might do what it should not. Show this to your administrator.",
    )
    return f"{what}\n\n{why.format(name=error.name)}\n{error.source}"


# Functions, not texts: they are translated when asked for, in the language of that moment.
_FAULTS = {
    ConnectionFault.ODD_CHARACTERS: lambda: translate(
        "Sentences", "It holds spaces or signs that an address can't have."
    ),
    ConnectionFault.NOT_HTTP: lambda: translate("Sentences", "It must begin with https://."),
    ConnectionFault.NO_HOST: lambda: translate("Sentences", "It names no server."),
    ConnectionFault.NOT_PLAIN: lambda: translate("Sentences", "It must be a plain address, without user name, ? or #."),
    ConnectionFault.NOT_ENCRYPTED: lambda: translate(
        "Sentences", "It must begin with https://, or the secret could be read on the way."
    ),
    ConnectionFault.NO_ADDRESS: lambda: translate("Sentences", "It is not an address."),
    ConnectionFault.EMPTY: lambda: translate("Sentences", "It is empty."),
    ConnectionFault.NOT_HEADER_SAFE: lambda: translate("Sentences", "It holds spaces or signs that it can't have."),
    ConnectionFault.NOT_LEYRS: lambda: translate(
        "Sentences", "It is not Leyr that answers there. The address ends with /api."
    ),
}


_SHOW_DETAILS = frozenset(
    {
        Reason.REFUSED,
        Reason.EMR_REFUSED,
        Reason.EMR_FAILED,
        Reason.INPUT_REFUSED,
        Reason.UNEXPECTED,
        Reason.OTHER_PERSON,
    }
)


_REASONS = {
    Reason.SLOT_TAKEN: lambda: translate("Sentences", "This time is no longer free. Choose another."),
    Reason.SLOT_AMBIGUOUS: lambda: translate(
        "Sentences", "The time is not unique. Choose practitioner and service, then try again."
    ),
    Reason.PATIENT_NOT_FOUND: lambda: translate(
        "Sentences", "This patient is not found in {emr}. Look the patient up again."
    ),
    Reason.CARE_UNIT_GONE: lambda: translate(
        "Sentences", "The clinic set-up is out of date. Refresh, or contact the administrator."
    ),
    Reason.SERVICE_GONE: lambda: translate("Sentences", "This service is no longer offered. Refresh the services."),
    Reason.RESOURCE_GONE: lambda: translate("Sentences", "This practitioner can't be booked. Refresh the clinic."),
    Reason.APPOINTMENT_NOT_FOUND: lambda: translate(
        "Sentences", "The appointment was not found. It may be changed or removed in {emr}; look there."
    ),
    Reason.COMMENT_TOO_LONG: lambda: translate("Sentences", "The comment is too long. Shorten it and try again."),
    Reason.FIELD_MISSING: lambda: translate("Sentences", "Something is missing in what was sent."),
    Reason.TOO_MANY_ITEMS: lambda: translate("Sentences", "Too many at once."),
    Reason.INPUT_REFUSED: lambda: translate(
        "Sentences", "{emr} refused the information. Check number, name and phone."
    ),
    Reason.ID_TYPE_NOT_SUPPORTED: lambda: translate("Sentences", "{emr} can't search by this kind of number."),
    Reason.NOT_SUPPORTED: lambda: translate("Sentences", "{emr} can't do this through Leyr. Do it in {emr}."),
    Reason.REFUSED: lambda: translate("Sentences", "The request was refused. Nothing was changed."),
    Reason.NOT_FOUND: lambda: translate("Sentences", "It was not found. Nothing was changed."),
    Reason.CLIENT_NOT_ACCEPTED: lambda: translate(
        "Sentences",
        "Leyr does not accept this program's client id or secret. Contact your administrator. Nothing was changed.",
    ),
    Reason.EMR_UNKNOWN: lambda: translate(
        "Sentences", "Leyr does not know this EHR code. Contact your administrator. Nothing was changed."
    ),
    Reason.EMR_LINK_REFUSED: lambda: translate(
        "Sentences",
        "{emr} did not let Leyr in; the link between them must be renewed. Contact your administrator.",
    ),
    Reason.EMR_REFUSED: lambda: translate("Sentences", "{emr} did not accept this. Nothing was changed."),
    Reason.EMR_FAILED: lambda: translate("Sentences", "{emr} failed while answering."),
    Reason.LEYR_UNAVAILABLE: lambda: translate("Sentences", "Leyr is not available right now. Try again in a minute."),
    Reason.TOO_MANY_REQUESTS: lambda: translate("Sentences", "Leyr asks for a pause. Nothing was changed."),
    Reason.UNEXPECTED: lambda: translate("Sentences", "Leyr could not say what went wrong."),
    Reason.OFFLINE: lambda: translate(
        "Sentences", "Leyr can't be reached; nothing was sent. Check the network and try again."
    ),
    Reason.ADDRESS_NOT_FOUND: lambda: translate(
        "Sentences", "Leyr's address is not found; nothing was sent. Check the network and the address."
    ),
    Reason.PROXY_UNUSABLE: lambda: translate(
        "Sentences",
        "A proxy setting of this computer can't be used; nothing was sent. Contact your administrator.",
    ),
    Reason.TLS_FAILED: lambda: translate(
        "Sentences", "The connection to Leyr is not safe; nothing was sent. Contact your administrator."
    ),
    Reason.NO_ANSWER: lambda: translate("Sentences", "No answer came in time."),
    Reason.LINE_BROKEN: lambda: translate("Sentences", "The line broke before the answer came."),
    Reason.ANSWER_UNREADABLE: lambda: translate("Sentences", "The answer could not be read."),
    Reason.ANSWERED_OTHERWISE: lambda: translate("Sentences", "The answer does not fit what was asked."),
    Reason.REDIRECTED: lambda: translate(
        "Sentences", "Leyr's address points somewhere else; nothing was sent there. Contact your administrator."
    ),
    Reason.NO_CARE_UNITS: lambda: translate(
        "Sentences", "{emr} offers no care units through Leyr. Contact your administrator."
    ),
    Reason.OWN_OVERLAP: lambda: translate(
        "Sentences", "This clinic already has an appointment on that time. Choose another."
    ),
    Reason.ALREADY_UNDER_WAY: lambda: translate("Sentences", "It is already under way. Wait for the answer."),
    Reason.UNDER_WAY_ELSEWHERE: lambda: translate(
        "Sentences",
        "Another desk is changing this appointment, or began to and got no answer. Nothing was sent from here. "
        "What comes of it is shown here, or stands among the tasks at the top.",
    ),
    Reason.BEING_MOVED: lambda: translate(
        "Sentences", "It is being moved. See to the task at the top first: only then is it certain which one stands."
    ),
    Reason.OTHER_PERSON: lambda: translate(
        "Sentences", "{emr} answered with somebody of another name or number. Compare both with what was typed."
    ),
    Reason.TEXT_UNFIT: lambda: translate(
        "Sentences", "A text holds a hidden character that can't be kept. Type it again instead of pasting it."
    ),
    Reason.NOT_WRITTEN_YET: lambda: translate(
        "Sentences", "Leyr has answered, but that is not written down yet. It is tried until it is; do not repeat it."
    ),
    Reason.LEDGER_FAILED: lambda: translate(
        "Sentences", "It could not be written down on this computer. Check that its disk is not full."
    ),
    Reason.LEDGER_LOCKED: lambda: translate(
        "Sentences", "It could not be written down: another program holds the record just now. Try again in a moment."
    ),
    Reason.LEDGER_DAMAGED: lambda: translate(
        "Sentences",
        "It could not be written down: the record is damaged, or answers with an error. Contact your administrator.",
    ),
    Reason.LEDGER_NOT_WRITABLE: lambda: translate(
        "Sentences",
        "It could not be written down: the record was moved, replaced or made read-only. Contact your administrator.",
    ),
    Reason.LEDGER_NEWER: lambda: translate(
        "Sentences",
        "Another desk has a newer version of this program, and the clinic's shared book is kept as that one needs it. "
        "Install that version on this computer, and start it again.",
    ),
    Reason.LEDGER_PUT_BACK: lambda: translate(
        "Sentences",
        "What was booked, moved or cancelled after that copy was made is in {emr} only. "
        "Look there before you tell a caller how it stands.",
    ),
    Reason.SETTLED_MEANWHILE: lambda: translate(
        "Sentences", "It was settled meanwhile, at another desk or by Leyr's answer; this is how it stands."
    ),
    Reason.LEDGER_OUT_OF_REACH: lambda: translate(
        "Sentences",
        "The clinic's shared book can't be reached, and nothing is booked without it. Try again when it is back.",
    ),
    Reason.FOUND_IN_LIST: lambda: translate("Sentences", "{emr}'s own list of appointments says so."),
    Reason.ON_ITS_WAY: lambda: translate(
        "Sentences", "The request may still arrive there. Look in {emr} again in three minutes, and say it then."
    ),
    Reason.SAID_OTHERWISE: lambda: translate(
        "Sentences", "It was settled here before, and now a late answer of {emr} says otherwise."
    ),
    Reason.SAID_BY_PERSON: lambda: translate("Sentences", "Somebody here looked in {emr} and said so."),
    Reason.CLOSING: lambda: translate("Sentences", "The program is closing."),
    Reason.MADE_UP_NUMBER: lambda: translate(
        "Sentences", "It is the number of a made-up person, and this connection is for real patients. Nothing was sent."
    ),
    Reason.NUMBER_DOUBTED: lambda: translate(
        "Sentences", "The number is probably mistyped, and nobody has said that it is right. Nothing was sent."
    ),
}
