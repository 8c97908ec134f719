"""Everything that can go wrong between here and the EHR.

LeyrError
├── NeverSent                 nothing left this machine, or nothing that asks for anything
│   ├── Offline               no connection: cable, wifi, proxy, firewall, refused, timed out
│   ├── AddressNotFound       the host name leads nowhere
│   ├── ProxyUnusable         a proxy setting of this computer
│   ├── TlsFailed             the host could not prove who it is
│   ├── IdNotSent             an id that must not, or can't, stand in a URL
│   └── Closing               the client is shutting down
├── OutcomeUnknown            it left, and no verdict came back: a write may have happened
│   ├── NoAnswer              silence
│   ├── LineBroken            the connection broke
│   ├── AnswerUnreadable      an answer, but not one of Leyr's, or too large, or without what matters
│   ├── AnsweredOtherwise     a success that is about something else than was asked
│   ├── EmrFailed             the EHR failed on the way (`EMR_ERROR`, 5xx)
│   ├── LeyrUnavailable       503 and the like
│   └── Unexpected            `UNKNOWN_ERROR`, 500
├── Redirected                somebody pointed elsewhere; credentials are not taken there
├── ClientNotAccepted         401 of Leyr's own: wrong client id or secret
├── TooManyRequests           429
└── Refused                   Leyr or the EHR said no: nothing was changed
    ├── SlotTaken, SlotAmbiguous
    ├── PatientNotFound, CareUnitGone, ServiceGone, ResourceGone, AppointmentNotFound, NotFound
    ├── CommentTooLong, FieldMissing, TooManyItems, InputRefused
    ├── NotSupported, IdTypeNotSupported
    ├── EmrUnknown            no such EHR code
    └── EmrRefused            (`EMR_ERROR`, 4xx)
        └── EmrLinkRefused    its 401: the link between Leyr and the EHR, never our login

Every class stands for one `Reason`, which has a sentence of its own on screen.
"""

from typing import ClassVar

from receptionapp.domain.problem import Problem, Reason


class LeyrError(Exception):
    """`may_have_happened` matters for writes only: False when it is certain that nothing was changed, True when it must
    be settled, never repeated (`leyr-api.md` 6.4). `status` is the HTTP status or None. `str()` is safe to log;
    `problem.details` is not."""

    reason: ClassVar[Reason] = Reason.UNEXPECTED
    uncertain: ClassVar[bool] = False

    def __init__(
        self,
        problem: Problem | None = None,
        *,
        may_have_happened: bool | None = None,
        status: int | None = None,
    ) -> None:
        self.problem = problem or Problem(self.reason)
        self.may_have_happened = self.uncertain if may_have_happened is None else may_have_happened
        self.status = status
        super().__init__(self._summary())

    def _summary(self) -> str:
        status = f", status {self.status}" if self.status else ""
        reference = f", reference {self.problem.reference}" if self.problem.reference else ""
        return f"{type(self).__name__}: {self.problem.reason}{status}{reference}"


class NeverSent(LeyrError):
    reason = Reason.OFFLINE


class Offline(NeverSent):
    pass


class AddressNotFound(NeverSent):
    reason = Reason.ADDRESS_NOT_FOUND


class ProxyUnusable(NeverSent):
    """`problem.details` names the settings."""

    reason = Reason.PROXY_UNUSABLE


class TlsFailed(NeverSent):
    reason = Reason.TLS_FAILED


class IdNotSent(NeverSent):
    """`INPUT_REFUSED`: no id at all. `ID_TYPE_NOT_SUPPORTED`: a national number, which never goes into a URL."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(Problem(reason))


class Closing(NeverSent):
    reason = Reason.CLOSING


class OutcomeUnknown(LeyrError):
    uncertain = True


class NoAnswer(OutcomeUnknown):
    reason = Reason.NO_ANSWER


class LineBroken(OutcomeUnknown):
    reason = Reason.LINE_BROKEN


class AnswerUnreadable(OutcomeUnknown):
    reason = Reason.ANSWER_UNREADABLE


class AnsweredOtherwise(OutcomeUnknown):
    reason = Reason.ANSWERED_OTHERWISE


class EmrFailed(OutcomeUnknown):
    reason = Reason.EMR_FAILED


class LeyrUnavailable(OutcomeUnknown):
    reason = Reason.LEYR_UNAVAILABLE


class Unexpected(OutcomeUnknown):
    reason = Reason.UNEXPECTED


class Redirected(LeyrError):
    reason = Reason.REDIRECTED


class ClientNotAccepted(LeyrError):
    reason = Reason.CLIENT_NOT_ACCEPTED


class TooManyRequests(LeyrError):
    """`problem.retry_after` is how long Leyr asks us to wait, in seconds, when it says."""

    reason = Reason.TOO_MANY_REQUESTS


class Refused(LeyrError):
    reason = Reason.REFUSED


class SlotTaken(Refused):
    reason = Reason.SLOT_TAKEN


class SlotAmbiguous(Refused):
    reason = Reason.SLOT_AMBIGUOUS


class PatientNotFound(Refused):
    reason = Reason.PATIENT_NOT_FOUND


class CareUnitGone(Refused):
    reason = Reason.CARE_UNIT_GONE


class ServiceGone(Refused):
    reason = Reason.SERVICE_GONE


class ResourceGone(Refused):
    reason = Reason.RESOURCE_GONE


class AppointmentNotFound(Refused):
    reason = Reason.APPOINTMENT_NOT_FOUND


class NotFound(Refused):
    reason = Reason.NOT_FOUND


class CommentTooLong(Refused):
    reason = Reason.COMMENT_TOO_LONG


class FieldMissing(Refused):
    """`problem.field` names what is missing, when Leyr says."""

    reason = Reason.FIELD_MISSING


class TooManyItems(Refused):
    reason = Reason.TOO_MANY_ITEMS


class InputRefused(Refused):
    reason = Reason.INPUT_REFUSED


class NotSupported(Refused):
    reason = Reason.NOT_SUPPORTED


class IdTypeNotSupported(Refused):
    reason = Reason.ID_TYPE_NOT_SUPPORTED


class EmrUnknown(Refused):
    reason = Reason.EMR_UNKNOWN


class EmrRefused(Refused):
    reason = Reason.EMR_REFUSED


class EmrLinkRefused(EmrRefused):
    reason = Reason.EMR_LINK_REFUSED
