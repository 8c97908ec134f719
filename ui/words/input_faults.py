"""What is wrong with something typed, in a sentence for the person who typed it."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.contact_details import PhoneRefusal, RefusedEmail, RefusedPhone
from receptionapp.domain.names import MAX_LENGTH, NameRefusal, RefusedName
from receptionapp.domain.national_number import Doubt, NationalNumber, Origin, Refusal, RefusedNumber

translate = QCoreApplication.translate


def of_number(judged: NationalNumber | RefusedNumber) -> str:
    """Why a national number can't be sent, or why it should be looked at once more; nothing when it is right."""
    if isinstance(judged, RefusedNumber):
        return _refused_number(judged)
    sentences = [_DOUBTS[doubt]() for doubt in judged.doubts]
    if judged.origin is Origin.SYNTHETIC:
        sentences.append(translate("Judgements", "This is the number of a made-up person."))
    return " ".join(sentences)


def of_name(refused: RefusedName) -> str:
    characters = " ".join(refused.characters)
    return {
        NameRefusal.EMPTY: lambda: translate("Judgements", "A name is needed."),
        NameRefusal.TOO_LONG: lambda: translate("Judgements", "At most {count} characters."),
        NameRefusal.NO_LETTERS: lambda: translate("Judgements", "A name has letters."),
        NameRefusal.HAS_DIGITS: lambda: translate("Judgements", "A name has no digits."),
        NameRefusal.HAS_EMOJI: lambda: translate("Judgements", "The EHR can't store this sign: {characters}"),
        NameRefusal.HAS_HIDDEN_CHARACTERS: lambda: translate(
            "Judgements", "The name holds a sign that can't be seen ({characters}). Type the name again."
        ),
        NameRefusal.HAS_OTHER_CHARACTERS: lambda: translate("Judgements", "Not part of a name: {characters}"),
    }[refused.reason]().format(count=MAX_LENGTH, characters=characters)


def of_phone(refused: RefusedPhone) -> str:
    return {
        PhoneRefusal.EMPTY: lambda: translate("Judgements", "A phone number is needed."),
        PhoneRefusal.HAS_LETTERS: lambda: translate("Judgements", "A phone number has no letters."),
        PhoneRefusal.HAS_OTHER_CHARACTERS: lambda: translate(
            "Judgements", "A phone number has digits, and a + before the country code."
        ),
        PhoneRefusal.UNKNOWN_COUNTRY_CODE: lambda: translate("Judgements", "No country has this code."),
        PhoneRefusal.TOO_SHORT: lambda: translate("Judgements", "Too few digits for a phone number."),
        PhoneRefusal.TOO_LONG: lambda: translate("Judgements", "Too many digits for a phone number."),
        PhoneRefusal.NOT_IN_USE: lambda: translate("Judgements", "No such phone number is in use."),
        PhoneRefusal.NOT_PERSONAL: lambda: translate("Judgements", "This is not a person's phone number."),
    }[refused.reason]()


def of_email(_refused: RefusedEmail) -> str:
    return translate("Judgements", "An e-mail address looks like name@example.no.")


def _refused_number(refused: RefusedNumber) -> str:
    return {
        Refusal.EMPTY: lambda: translate("Judgements", "The national number is needed."),
        Refusal.HAS_LETTERS: lambda: translate("Judgements", "A national number has digits only, not: {characters}"),
        Refusal.HAS_OTHER_CHARACTERS: lambda: translate(
            "Judgements", "A national number has digits only, not: {characters}"
        ),
        Refusal.TOO_SHORT: lambda: translate("Judgements", "{count} of 11 digits."),
        Refusal.TOO_LONG: lambda: translate("Judgements", "{count} digits; a national number has 11."),
        Refusal.NO_SUCH_DATE: lambda: translate(
            "Judgements", "The first six digits are no date. Check them with the patient."
        ),
    }[refused.reason]().format(count=refused.digit_count, characters=refused.characters)


_DOUBTS = {
    Doubt.WRONG_CHECK_DIGITS: lambda: translate(
        "Judgements", "The check digits don't fit: a digit is probably wrong. Read the number back to the patient."
    ),
    Doubt.IN_THE_FUTURE: lambda: translate("Judgements", "The birth date lies in the future."),
    Doubt.NOT_ISSUED_YET: lambda: translate("Judgements", "Numbers of this kind are not given out before 2032."),
    Doubt.REAL_OR_SYNTHETIC: lambda: translate(
        "Judgements", "This is a hospital's emergency number, or the number of a made-up person."
    ),
}
