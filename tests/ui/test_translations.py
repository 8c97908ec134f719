"""The catalogue says all that the sources say, in bokmål that fits; and the sources say nothing past the translator."""

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.problem import Problem, Reason
from ui.book import texts
from ui.language import Language
from ui.words import formatting, sentences

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"
SOURCES = [
    file
    for part in ("ui", "receptionapp/desktop", "receptionapp/sentences")
    for file in sorted((ROOT / part).rglob("*.py"))
]
PLACEHOLDER = re.compile(r"\{\w*\}")
WEEK_OF_TUESDAY = tuple(date(2026, 11, 23 + n) for n in range(7))

# Calls that put words on the screen, and which of their arguments are words (None: all).
SHOWING = {
    "QLabel": None, "label": slice(1, None), "QPushButton": None, "QToolButton": None, "QCheckBox": None,
    "QRadioButton": None, "QGroupBox": None, "QAction": None, "QMenu": None, "QListWidgetItem": None,
    "QMessageBox": None, "QLineEdit": None, "QShortcut": slice(0, 0), "Sentence": None,
    "setText": None, "setPlainText": None, "setTitle": None, "setToolTip": None, "setStatusTip": None,
    "setWhatsThis": None, "setPlaceholderText": None, "setWindowTitle": None, "setInformativeText": None,
    "setAccessibleName": None, "setAccessibleDescription": None, "setSuffix": None, "setPrefix": None,
    "setSpecialValueText": None, "setHorizontalHeaderLabels": None, "addItem": None, "addItems": None,
    "insertItem": None, "addAction": None, "addMenu": None, "addTab": None, "addRow": None, "addButton": None,
    "drawText": None, "drawStaticText": None, "QStaticText": None, "elidedText": None, "showMessage": None,
    "QAccessibleAnnouncementEvent": None, "show_message": slice(0, 1), "_say": None, "show_failure": None,
}  # fmt: skip

# Words that are the same in every language.
SAME_EVERYWHERE = {
    "Reception",  # the program's name
    "https://api.leyr.io/api",  # what an address looks like
    "konfidens",  # what an EHR code looks like
}


@dataclass(frozen=True)
class Message:
    context: str
    source: str
    comment: str
    translation: str
    finished: bool


def messages(file: str) -> list[Message]:
    return [
        Message(
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("comment") or "",
            message.findtext("translation") or "",
            message.find("translation[@type]") is None,
        )
        for context in ET.parse(TRANSLATIONS / file).getroot().iter("context")  # noqa: S314
        for message in context.iter("message")
    ]


BOKMAL = messages("reception_nb.ts")
QT_IN_BOKMAL = messages("qt_nb.ts")


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call in the sources: where it is, the name that is called, and the call."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                moves_a_painter = name == "translate" and re.fullmatch(
                    r"(?!QCoreApplication)[\w.]+\.translate", ast.unparse(node.func)
                )
                if not moves_a_painter:
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", name, node))
    return found


def untranslated(node: ast.expr) -> Iterator[str]:
    """The literal words in an expression. What a function returns is looked at where it is made."""
    match node:
        case ast.Constant(value=str(words)):
            if any(letter.isalpha() for letter in words) and words not in SAME_EVERYWHERE:
                yield words
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")):
            yield from untranslated(value)
            for argument in node.args:
                yield from untranslated(argument)
        case ast.Call() | ast.FormattedValue() | ast.Subscript() | ast.Compare():
            return
        case ast.IfExp(body=body, orelse=orelse):
            yield from untranslated(body)
            yield from untranslated(orelse)
        case _:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    yield from untranslated(child)


def test_no_words_go_past_the_translator() -> None:
    found = [
        f"{where}: {name}({words!r})"
        for where, name, call in calls()
        if name in SHOWING
        for argument in call.args[SHOWING[name] or slice(None)]
        for words in untranslated(argument)
    ]
    assert found == []


def test_what_is_translated_is_literal() -> None:
    """lupdate reads literals, and at most a comment after them: its plural forms in Python lose texts (6.11)."""
    found = [
        where
        for where, name, call in calls()
        if name in ("translate", "tr", "QT_TRANSLATE_NOOP")
        if name != "translate"
        or call.keywords
        or len(call.args) not in (2, 3)
        or not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in call.args)
    ]
    assert found == []


def test_lupdate_found_every_text() -> None:
    """It overlooks `translate` within an f-string, for one."""
    written = {
        tuple(a.value if isinstance(a, ast.Constant) else None for a in (*call.args, ast.Constant(""))[:3])
        for _, name, call in calls()
        if name == "translate"
    }
    assert written == {(m.context, m.source, m.comment) for m in BOKMAL}


def test_the_catalogue_is_up_to_date(tmp_path: Path) -> None:
    """If this fails: `python3 dev.py translations`, translate what is unfinished, and again."""
    for name in ("reception_nb.ts", "qt_nb.ts"):
        shutil.copy(TRANSLATIONS / name, tmp_path)
    subprocess.run([sys.executable, str(TRANSLATIONS / "update.py"), str(tmp_path)], check=True, timeout=50)
    made, kept = tmp_path / "reception_nb.ts", TRANSLATIONS / "reception_nb.ts"
    assert made.read_text("utf-8") == kept.read_text("utf-8")
    assert made.with_suffix(".qm").read_bytes() == kept.with_suffix(".qm").read_bytes()


def test_everything_is_translated() -> None:
    assert [m.source for m in (*BOKMAL, *QT_IN_BOKMAL) if not m.finished or not m.translation] == []


def test_translations_keep_the_placeholders() -> None:
    assert [
        (m.source, m.translation)
        for m in BOKMAL
        if sorted(set(PLACEHOLDER.findall(m.source))) != sorted(set(PLACEHOLDER.findall(m.translation)))
    ] == []


def test_translations_keep_the_shape() -> None:
    """As many mnemonics, the same ending, and the quotation marks of the language."""
    ending = re.compile(r"(…|[.:?!])?$")
    assert [
        (m.source, m.translation)
        for m in BOKMAL
        if m.source.count("&") != m.translation.count("&")
        or (m.context != "Dates" and ending.findall(m.source)[0] != ending.findall(m.translation)[0])
        or re.search('[“”"]', m.translation)
        or m.translation != m.translation.strip()
    ] == []


def test_one_word_for_each_thing() -> None:
    """`docs/glossary.md`: the words that were decided against, and what is never said."""
    avoided = r"\b(book(et|e|ing)|kanseller|avbestil|avtale|tjeneste|pasientlist|innlogg|noe gikk galt|feilkode)"
    assert [m.translation for m in BOKMAL if re.search(avoided, m.translation, re.IGNORECASE)] == []


@pytest.fixture
def bokmal(qapp: QApplication) -> Iterator[None]:
    before, language = QLocale(), Language()
    language.use("nb")
    yield
    QCoreApplication.removeTranslator(language._translator)
    QLocale.setDefault(before)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    Language().use("en")
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("bokmal")
def test_days_are_written_as_norwegians_write_them() -> None:
    tuesday = date(2026, 11, 24)
    assert formatting.long_day(tuesday) == "Tirsdag 24. november 2026"
    assert formatting.short_day(tuesday) == "tir. 24. nov."
    assert formatting.week_title(WEEK_OF_TUESDAY) == "Uke 48 · 23.–29. november 2026"
    assert formatting.week_title((date(2026, 11, 30), date(2026, 12, 6))) == "Uke 49 · 30. nov.–6. desember 2026"
    assert formatting.short_day(date(2027, 5, 17)) == "man. 17. mai"
    assert formatting.day_titles(tuesday)[1] == "Tir. 24. nov."
    assert texts.long_day(tuesday) == "tirsdag 24. november"
    assert texts.long_date(date(1980, 3, 3)) == "3. mars 1980"
    assert texts.short_date(date(1980, 3, 3)) == "03.03.1980"


@pytest.mark.usefixtures("english")
def test_days_are_written_as_the_english_write_them() -> None:
    tuesday = date(2026, 11, 24)
    assert formatting.long_day(tuesday) == "Tuesday 24 November 2026"
    assert formatting.short_day(tuesday) == "Tue 24 Nov"
    assert formatting.week_title(WEEK_OF_TUESDAY) == "Week 48 · 23–29 November 2026"
    assert formatting.week_title((date(2026, 11, 30), date(2026, 12, 6))) == "Week 49 · 30 Nov–6 December 2026"
    assert formatting.day_titles(tuesday)[1] == "Tue 24 Nov"


@pytest.mark.usefixtures("bokmal")
def test_qts_own_texts_are_in_bokmal() -> None:
    for context, source, said in (("QLineEdit", "Select All", "Merk alt"), ("QShortcut", "Left", "Venstre")):
        assert QCoreApplication.translate(context, source) == said


@pytest.mark.usefixtures("bokmal")
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_a_whole_sentence(reason: Reason) -> None:
    problem = Problem(reason, details="Feil 17", reference="r-1", field="reason", retry_after=4.6)
    said = sentences.read_failure_sentence(ReadFailure(ReadSubject.TIMESLOTS, problem), "Konfidens").text
    assert said.startswith("Ledige timer kunne ikke hentes. ")
    assert said.endswith(" Referanse: r-1")
    assert not re.search(r"[{}]|\.\.|\s{2}", said)
    for sentence in re.split(r"(?<=[.»]) ", said):
        assert sentence[0].isupper(), sentence
