"""The user guide: whole in both languages, true to the program's words and keys, and opened where one is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QUrl
from PySide6.QtGui import QAction, QImage, QKeySequence, QShortcut, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.ui.book import made_up_days as made_up
from tests.ui.test_translations import BOKMAL
from ui.dialogs.new_patient import NewPatientDialog
from ui.guide.window import FOLDER, PAGES, GuideWindow, read_pages, shortcuts_of
from ui.language import Language
from ui.main_window import MainWindow
from ui.theme import LIGHT

LANGUAGES = ("nb", "en")
MOST_BYTES = 2_500_000
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
KEYS = re.compile(r"\{keys?:([^}]+)\}")


def source(language: str, name: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text("utf-8")


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(
        BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING)), LIGHT, "en"
    )
    qtbot.addWidget(made, before_close_func=MainWindow.allow_close)
    made.show()
    made.activateWindow()
    return made


def guide_of(window: QWidget) -> GuideWindow:
    [guide] = window.findChildren(GuideWindow)
    return guide


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_and_none_is_left_over(language: str) -> None:
    assert {file.stem for file in (FOLDER / language).glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_same_parts_in_both_languages(name: str) -> None:
    bokmal, english = (source(language, name) for language in LANGUAGES)
    assert LINK.findall(bokmal) == LINK.findall(english)
    assert [picture for _, picture in PICTURE.findall(bokmal)] == [picture for _, picture in PICTURE.findall(english)]
    assert KEYS.findall(bokmal) == KEYS.findall(english)
    assert [bokmal.count(mark) for mark in ("\n## ", "\n1. ", "\n- ")] == [
        english.count(mark) for mark in ("\n## ", "\n1. ", "\n- ")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_and_every_picture_is_there_and_described(language: str) -> None:
    shown = set()
    for name in PAGES:
        for target in LINK.findall(source(language, name)):
            assert target.removesuffix(".md") in PAGES, f"{name}: {target}"
        for words, picture in PICTURE.findall(source(language, name)):
            assert words, f"{name}: a screen reader says nothing of {picture}"
            assert not QImage(str(FOLDER / language / picture)).isNull(), f"{name}: {picture}"
            shown.add(Path(picture).name)
    assert {file.name for file in (FOLDER / language / "pictures").iterdir()} == shown


def test_the_guide_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_one_that_the_program_has(language: str, window: MainWindow) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    of_commands = shortcuts_of(window.actions_)
    of_window = {keys.toString() for action in window.findChildren(QAction) for keys in action.shortcuts()}
    of_window |= {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    for name in PAGES:
        for kind, what in re.findall(r"\{(keys?):([^}]+)\}", source(language, name)):
            assert of_commands[what] if kind == "key" else QKeySequence(what).toString() in of_window, f"{name}: {what}"
    told = {page.name: page.markdown for page in read_pages(language, of_commands)}
    assert f"`{window.actions_.next_free.shortcut().toString(native)}`" in told["next-free"]
    assert not [name for name, text in told.items() if "{" in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_key_is_written_by_hand(language: str, name: str) -> None:
    """A command's keys come from the command; Enter, Esc and Tab are the same everywhere."""
    assert not re.search(r"(Ctrl|Alt|Shift)\+|⌘|\bF\d", KEYS.sub("", source(language, name)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_in_bold_stands_so_in_the_program(language: str, name: str) -> None:
    said = {(m.translation if language == "nb" else m.source).replace("&", "") for m in BOKMAL}
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))) for text in said if "{" in text]
    for words in BOLD.findall(source(language, name)):
        assert words in said or any(pattern.fullmatch(words) for pattern in patterns), words


@pytest.mark.parametrize("name", PAGES)
def test_one_word_for_each_thing(name: str) -> None:
    avoided = r"\b(book(et|e|ing)|kanseller|avbestil|avtale|tjeneste|pasientlist|innlogg|noe gikk galt|feilkode)"
    text = LINK.sub("", PICTURE.sub("", KEYS.sub("", source("nb", name))))
    assert not re.search(avoided, text, re.IGNORECASE)
    assert not re.search('[“”"]', text)


def test_f1_opens_it_and_esc_closes_it(window: MainWindow) -> None:
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_F1)
    guide = guide_of(window)
    assert guide.isVisible()
    assert guide.page == "book"  # the keyboard was there
    assert QTest.qWaitForWindowActive(guide)
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert guide.isHidden()
    window.actions_.guide.trigger()
    assert guide_of(window) is guide


def test_f1_works_in_a_dialog_and_the_guide_can_be_read_beside_it(window: MainWindow, qtbot: QtBot) -> None:
    assert QTest.qWaitForWindowActive(window)
    dialog = NewPatientDialog(window._store, "", made_up.TUESDAY, window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_F1)
    guide = guide_of(window)
    assert guide.page == "patient"
    assert QTest.qWaitForWindowActive(guide)
    QTest.keyClick(guide.windowHandle(), Qt.Key.Key_N)  # as the window system sends it, unless the dialog blocks it
    assert guide._search.text() == "n"
    QTest.keyClick(guide.windowHandle(), Qt.Key.Key_Escape)
    assert guide.isHidden()
    dialog.close()


def test_headings_are_larger_than_the_text(guide: GuideWindow) -> None:
    page = guide.findChild(QTextBrowser).document()
    assert page.firstBlock().layout().lineAt(0).height() > 1.4 * guide.fontMetrics().height()


@pytest.mark.parametrize(
    ("take_focus", "page"),
    [
        (lambda window: window.panel.find_patient(), "patient"),
        (lambda window: window.finder.take_focus(), "next-free"),
        (lambda window: window.panel.show_next_free_again(), "next-free"),
        (lambda window: window.side_panel.setFocus(), "start"),
    ],
)
def test_it_opens_at_the_page_for_where_one_is(
    take_focus: Callable[[MainWindow], None], page: str, window: MainWindow
) -> None:
    assert QTest.qWaitForWindowActive(window)
    window.setFocus()
    take_focus(window)
    window.actions_.guide.trigger()
    assert guide_of(window).page == page


@pytest.fixture
def guide(qtbot: QtBot, window: MainWindow) -> GuideWindow:
    made = GuideWindow("en", read_pages("en", shortcuts_of(window.actions_)), window)
    made.open_at("start")
    return made


def listed(guide: GuideWindow) -> list[str]:
    contents = guide.findChild(QListWidget)
    items = [contents.item(row) for row in range(contents.count())]
    return [item.data(Qt.ItemDataRole.UserRole) for item in items if not item.isHidden()]


def test_a_link_leads_to_its_page(guide: GuideWindow) -> None:
    guide.findChild(QTextBrowser).anchorClicked.emit(QUrl("unknown.md"))
    assert guide.page == "unknown"
    assert guide.findChild(QTextBrowser).toPlainText().startswith("When the answer never came")


def test_a_search_keeps_the_pages_that_have_the_words_and_marks_the_first(guide: GuideWindow) -> None:
    guide._search.setText("promised an answer")
    assert listed(guide) == ["unknown"]
    assert guide.page == "unknown"
    assert guide.findChild(QTextBrowser).textCursor().selectedText().casefold() == "promised an answer"
    guide._search.setText("xyzzy")
    assert listed(guide) == []
    guide._search.clear()
    assert listed(guide) == list(PAGES)


def test_enter_goes_from_place_to_place_and_on_to_the_next_page(guide: GuideWindow) -> None:
    guide._search.setText("esc")
    seen = [guide.page]
    for _ in range(40):
        QTest.keyClick(guide._search, Qt.Key.Key_Return)
        seen.append(guide.page)
    assert set(seen) == set(listed(guide))


def test_pictures_come_from_the_folder_and_nothing_from_elsewhere(guide: GuideWindow) -> None:
    reader = guide.findChild(QTextBrowser)
    image = int(QTextDocument.ResourceType.ImageResource.value)
    assert not reader.loadResource(image, QUrl("pictures/start.png")).isNull()
    assert reader.loadResource(image, QUrl("https://example.com/other.png")).isNull()
    assert reader.loadResource(int(QTextDocument.ResourceType.HtmlResource.value), QUrl("start.md")) is None


@pytest.fixture
def bokmal(qapp: QApplication) -> Iterator[None]:
    before, language = QLocale(), Language()
    language.use("nb")
    yield
    QCoreApplication.removeTranslator(language._translator)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("bokmal")
def test_it_speaks_bokmal(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    keys = dict.fromkeys(shortcuts_of_a_window(qtbot), "X")
    guide = GuideWindow("nb", read_pages("nb", keys), window)
    guide.open_at("cancel")
    assert guide.windowTitle() == "Brukerveiledning"
    assert guide.findChild(QTextBrowser).toPlainText().startswith("Avlyse en time")


def shortcuts_of_a_window(qtbot: QtBot) -> dict[str, str]:
    made = MainWindow(
        BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING)), LIGHT, "nb"
    )
    qtbot.addWidget(made, before_close_func=MainWindow.allow_close)
    return shortcuts_of(made.actions_)
