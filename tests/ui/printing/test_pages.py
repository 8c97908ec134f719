"""The sheet laid out: every word is on some page and whole, and headings stand with what they head."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic import CareUnit, Clinic, ConnectionProfile, HealthcareService, Resource
from receptionapp.domain.day_sheet import DaySheet, FreeSpans, ResourceSheet, SheetRow
from tests.pdf_text import opened, words
from ui.printing.drawing import draw_page, render_pdf
from ui.printing.pages import HEIGHT, WIDTH, Box, Measure, Page, Rule, Text, lay_out
from ui.printing.words import PrintContext, PrintedSheet, compose_sheet

DAY, OSLO = date(2026, 11, 24), ZoneInfo("Europe/Oslo")
READ = datetime(2026, 11, 24, 7, 10, tzinfo=UTC)
CLINIC = Clinic(
    CareUnit("u", "Grønland legesenter"),
    tuple(Resource(f"r{n}", f"Lege nummer {n}") for n in range(20)),
    (HealthcareService("s0", "Konsultasjon hos lege, første gang"),),
)
LONG_NAME = "Åse-Marie Wilhelmina " + "Bjørnstad" * 9


def row(number: int, who: str, standing: Standing = Standing.BOOKED) -> SheetRow:
    begins = 480 + 15 * number
    return SheetRow(begins, begins + 15, who, date(1980, 3, 3), "+4799990030", "s0", standing)


def a_day(*rows: int, free: FreeSpans | None = None, who: str = "Kari Nordmann") -> DaySheet:
    """A resource for each number, with so many appointments."""
    lists = tuple(
        ResourceSheet(f"r{n}", tuple(row(i, f"{who} {n}:{i}") for i in range(many)), free)
        for n, many in enumerate(rows)
    )
    return DaySheet(DAY, lists, sum(rows))


def written(sheet: DaySheet, *, phones: bool = False, **around: object) -> PrintedSheet:
    known = {"by": "Nina Berg", "emr": "Konfidens"} | around
    profile = known.pop("profile", ConnectionProfile.LIVE)
    at = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
    made = PrintContext(CLINIC, OSLO, profile, at, **known)  # type: ignore[arg-type]
    return compose_sheet(sheet, made, initials_only=False, phones=phones)


def texts(page: Page) -> list[Text]:
    return [mark for mark in page if isinstance(mark, Text)]


def said(pages: tuple[Page, ...]) -> str:
    return " ".join(text.text for page in pages for text in texts(page))


def where(page: Page, words: str) -> float:
    return next(text.y for text in texts(page) if words in text.text)


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize("rows", [(0,), (8,), (9,) * 8, (30,) * 20, (70, 1, 0, 3)])
@pytest.mark.parametrize("phones", [True, False])
def test_nobody_is_lost_between_pages_and_nothing_falls_off_the_paper(rows: tuple[int, ...], phones: bool) -> None:
    pages = lay_out(written(a_day(*rows), phones=phones))
    measure = Measure()
    for n, many in enumerate(rows):
        for i in range(many):
            assert said(pages).count(f" {n}:{i} ") == 1
    for mark in (mark for page in pages for mark in page):
        right = mark.x + (measure.width(mark.text, mark.face) if isinstance(mark, Text) else 0)
        assert 200 < mark.x <= right <= WIDTH - 300
        assert 300 < mark.y < HEIGHT - 300


def test_every_page_says_which_day_it_is_how_true_it_is_and_how_many_there_are() -> None:
    pages = lay_out(written(a_day(*(9,) * 8, free=FreeSpans((), READ))))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        once = said((page,))
        for words_ in ("Tuesday 24 November 2026", "Week 48", "Grønland legesenter", f"{number} of {len(pages)}"):
            assert words_ in once
        assert "Printed 24.11.2026 09:12 by Nina Berg." in once
        assert "what was booked in Konfidens itself is not on it. Free times as read 24.11.2026 08:10." in once


def test_a_long_name_is_whole_on_several_lines() -> None:
    sheet = DaySheet(DAY, (ResourceSheet("r0", (row(0, LONG_NAME),), None),), 1)
    [page] = lay_out(written(sheet, phones=True))
    assert LONG_NAME.replace(" ", "") in said((page,)).replace(" ", "")


@pytest.mark.parametrize(
    "text", ["Anne-Marie", "a", "", "  ", "-", "a" * 80, "Al-Rashid Bjørnstad-Kristoffersen og Moe"]
)
@pytest.mark.parametrize("room", [1, 200, 700, 5000])
def test_breaking_lines_loses_no_letter(text: str, room: int) -> None:
    measure = Measure()
    face = texts(lay_out(written(a_day(0)))[0])[0].face
    lines = measure.wrapped(text, face, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure.width(line, face) <= room or len(line) == 1 for line in lines)


def test_a_heading_is_never_alone_and_a_list_that_goes_on_says_whose_it_is() -> None:
    for first in range(20, 60):
        pages = lay_out(written(a_day(first, 40)))
        for page, following in pairwise(pages):
            last_heading = max((text.y for text in texts(page) if "Lege nummer" in text.text), default=0)
            rows_below = [text for text in texts(page) if "Kari" in text.text and text.y > last_heading]
            assert len(rows_below) >= 3
            [first_name] = [text for text in texts(following) if "Lege nummer" in text.text][:1]
            is_new = where(following, "Kari") > first_name.y and " 1:0" in said((following,))
            assert is_new or "continued" in first_name.text


def test_a_list_goes_to_the_next_page_only_where_little_is_left_empty() -> None:
    """Most of a page stays used: eight resources with eight each are two or three pages, not eight."""
    assert len(lay_out(written(a_day(*(8,) * 8)))) <= 3
    many = lay_out(written(a_day(*(12,) * 6)))
    for page in many[:-1]:
        lowest = max(text.y for text in texts(page) if "Kari" in text.text)
        assert lowest > HEIGHT * 0.55


def test_an_empty_day_has_no_heads_of_columns_and_says_that_it_is_only_from_here() -> None:
    once = said(lay_out(written(a_day(0, 0))))
    assert "Patient" not in once
    assert once.count("none booked from here") == 2
    assert "Patient" in said(lay_out(written(a_day(0, 1))))


def test_free_times_that_are_not_loaded_are_said_to_be_so() -> None:
    known = FreeSpans(((540, 560), (640, 680)), READ)
    assert "Free: 09:00–09:20, 10:40–11:20" in said(lay_out(written(a_day(1, free=known))))
    assert "Free: none offered" in said(lay_out(written(a_day(1, free=FreeSpans((), READ)))))
    one_service = FreeSpans(((540, 560),), READ, "s0")
    assert "Free for Konsultasjon" in said(lay_out(written(a_day(1, free=one_service))))
    unknown = said(lay_out(written(a_day(1))))
    assert "Free times: not loaded" in unknown
    assert "Free times as read" not in unknown


def test_what_may_be_wrong_with_it_stands_on_it() -> None:
    assert "some may be missing here" in said(lay_out(written(a_day(1), is_read=False)))
    assert "shared book could not be reached" in said(lay_out(written(a_day(1), is_alone=True)))
    assert "booked elsewhere is not on it" in said(lay_out(written(a_day(1), emr="")))
    assert "Printed 24.11.2026 09:12. " in said(lay_out(written(a_day(1), by="")))
    for profile, warning in ((ConnectionProfile.PRACTICE, "PRACTICE"), (ConnectionProfile.TEST, "TEST CONNECTION")):
        assert warning in said(lay_out(written(a_day(1), profile=profile)))
    assert "made-up" not in said(lay_out(written(a_day(1))))


def test_how_each_stands_is_told_by_word_and_by_shape() -> None:
    standings = (Standing.BOOKED, Standing.AWAITING_CODE, Standing.BOOKING_UNKNOWN, Standing.CANCELLED)
    rows = tuple(row(n, f"Kari {n}", standing) for n, standing in enumerate(standings))
    [page] = lay_out(written(DaySheet(DAY, (ResourceSheet("r0", rows, None),), 4)))
    for words_ in ("Booked", "Awaiting code", "Not known", "Cancelled"):
        assert where(page, words_)
    assert sum(isinstance(mark, Box) for mark in page) == 3  # nobody waits for who has cancelled
    assert sum(isinstance(mark, Rule) and mark.height > 0 for mark in page) == 2
    struck = [mark for mark in page if isinstance(mark, Rule) and 0 < where(page, "Kari 3") - mark.y < 40]
    assert len(struck) == 4  # time, name, birth date, service


def test_the_pdf_has_the_same_words_in_black_and_no_name_in_the_open() -> None:
    sheet = a_day(3, who="Qvistiane Plantetsæther")
    made = render_pdf(lay_out(written(sheet)), "Day list 24.11.2026")
    assert "Qvistiane Plantetsæther 0:2" in words(made)
    assert re.findall(rb"([\d.]+ [\d.]+ [\d.]+) scn", opened(made))
    assert set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) scn", opened(made))) == {b"0 0 0"}
    for name in ("Qvistiane", "Plantets", "Nina"):  # title, author and metadata
        assert name.encode() not in opened(made)
        assert name.encode("utf-16-be") not in opened(made)


def test_it_is_drawn_in_black_on_whatever_is_white(qtbot: QtBot) -> None:
    picture = QImage(WIDTH // 10, HEIGHT // 10, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.scale(0.1, 0.1)
    draw_page(painter, lay_out(written(a_day(9, 9)))[0])
    painter.end()
    greys = bytes(picture.constBits())
    assert min(greys) < 40
    assert sum(grey < 128 for grey in greys) < len(greys) / 4


def test_a_public_holiday_is_named_in_red_and_the_rest_is_black() -> None:
    christmas_day = DaySheet(date(2026, 12, 25), a_day(2).lists, 2)
    (page,) = lay_out(written(christmas_day))
    assert [text.text for text in texts(page) if text.is_red] == ["Friday 25 December 2026 · Christmas Day"]
    image = QImage(WIDTH // 10, HEIGHT // 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.scale(0.1, 0.1)
        draw_page(painter, page)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert any(QColor(c).red() > QColor(c).blue() + 100 for c in colours)
    assert not any(text.is_red for text in texts(lay_out(written(a_day(2)))[0]))
