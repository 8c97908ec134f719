"""The language of the screen: which one, its translations, and how it writes dates."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"
_LOCALES = {
    "nb": QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_SCANDINAVIAN = (
    QLocale.Language.NorwegianBokmal,
    QLocale.Language.NorwegianNynorsk,
    QLocale.Language.Danish,
    QLocale.Language.Swedish,
)


def system_language() -> str:
    """ "nb" where the computer speaks a Scandinavian language, else "en"."""
    return "nb" if QLocale.system().language() in _SCANDINAVIAN else "en"


class Language:
    """Holds the installed translation. Windows made afterwards speak it."""

    def __init__(self) -> None:
        self._translator: QTranslator | None = None

    def use(self, code: str) -> None:
        """`code` is "nb" or "en"."""
        QLocale.setDefault(_LOCALES[code])
        self.stop()
        self._translator = QTranslator()
        if self._translator.load(f"reception_{code}", str(_FOLDER)):
            QCoreApplication.installTranslator(self._translator)

    def stop(self) -> None:
        """Leave the next session to its own language."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
