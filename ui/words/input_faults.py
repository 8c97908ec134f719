"""What is wrong with something typed, in a sentence for the person who typed it."""

from PySide6.QtCore import QCoreApplication

from receptionapp.domain.contact_details import InvalidEmail, InvalidPhone, PhoneFault
from receptionapp.domain.names import MAX_LENGTH, InvalidName, NameFault
from receptionapp.domain.national_number import InvalidNumber, NationalNumber, NumberDoubt, NumberFault, NumberOrigin

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
}
