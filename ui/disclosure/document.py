"""A disclosure as a document to be read, in the language of the screen, and as PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPdfWriter, QTextDocument

from receptionapp.domain.audit import AuditLine
from receptionapp.domain.clinic import Clinic
from receptionapp.domain.disclosure import DisclosedAppointment, DisclosedIntent, Disclosure, Provenance
from ui.audit.table import action_text, detail_text, outcome_text
from ui.printing.drawing import make_pdf
from ui.words.appointments import standing_text
from ui.words.formatting import birth_date, clock_time, person_name, phone

translate = QCoreApplication.translate

STYLE = """
h1 { font-size: 17pt; font-weight: 600; }
h2 { font-size: 12pt; font-weight: 600; }
p, td, th { font-size: 9pt; }
th { text-align: left; font-weight: 600; background-color: #eef1f4; }
.said { color: #4a5560; }
"""


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """Where, when (UTC) and by whom the document is made, and in which zone its times are."""

    clinic: Clinic | None
    zone: ZoneInfo
    at: datetime
    by: str = field(repr=False)
    emr: str


def as_html(found: Disclosure, made: DocumentContext) -> str:
    """The whole document, for `pdf.as_pdf`."""
    parts = [
        _heading(found, made),
        _section(translate("Disclosure", "The person"), _facts(_person(found, made))),
        _appointments(found, made),
        _intents(found, made),
        _record(found, made),
        _section(translate("Disclosure", "What is not here"), _paragraphs(not_here(made.emr))),
    ]
    return f"<html><body>{''.join(parts)}</body></html>"


def footer(made: DocumentContext) -> str:
    """Stands below each page, with the numbers filled in there: {page} and {pages}."""
    where = made.clinic.care_unit.name if made.clinic else "Reception"
    what = translate("Disclosure", "{where} · {when} · page {page} of {pages}")
    return what.replace("{where}", where).replace("{when}", _time(made.at, made))


def not_here(emr: str) -> tuple[str, ...]:
    """What the person may also want to ask for, and where."""
    return (
        translate(
            "Disclosure",
            "This is what the appointment program has. The patient record in {emr} is not in it: the clinic gives "
            "insight into that one by itself.",
        ).format(emr=emr),
        translate(
            "Disclosure",
            "Leyr, through which the program speaks to {emr}, has logs of its own. They are asked for at Leyr.",
        ).format(emr=emr),
        translate("Disclosure", "Copies of the program's ledger that were made earlier may hold the same as this."),
    )


def _heading(found: Disclosure, made: DocumentContext) -> str:
    where = made.clinic.care_unit.name if made.clinic else ""
    by = translate("Disclosure", "made by {name}").format(name=made.by) if made.by else ""
    when = translate("Disclosure", "{when}, times as in {zone}").format(when=_time(made.at, made), zone=made.zone.key)
    title = translate("Disclosure", "Everything the appointment program has about {name}")
    line = " · ".join(part for part in (where, when, by) if part)
    return f"<h1>{escape(title.format(name=person_name(found.person)))}</h1><p class='said'>{escape(line)}</p>"


def _person(found: Disclosure, made: DocumentContext) -> Iterable[tuple[str, str]]:
    person = found.person
    yield translate("Disclosure", "Name"), person_name(person)
    if not person.is_wiped:
        yield translate("Disclosure", "Birth date"), birth_date(person.birth_date)
        yield translate("Disclosure", "Phone"), phone(person.phone) if person.phone else "–"
    yield translate("Disclosure", "Leyr's reference"), person.reference
    if found.provenance is None:
        nothing = translate("Disclosure", "none: the person was looked up, and nothing was kept but that")
        yield translate("Disclosure", "Own row in the ledger"), nothing
        return
    yield translate("Disclosure", "First written"), _time(found.provenance.created_at, made) + _who(found.provenance)
    yield translate("Disclosure", "Last changed"), _time(found.provenance.changed_at, made)
    if found.wiped_at is not None:
        yield translate("Disclosure", "Details wiped"), _time(found.wiped_at, made)


def _appointments(found: Disclosure, made: DocumentContext) -> str:
    head = (
        translate("Disclosure", "When"),
        translate("Disclosure", "With, what"),
        translate("Disclosure", "How it stands"),
        translate("Disclosure", "Comment, reason"),
        translate("Disclosure", "Written"),
    )
    title = translate("Disclosure", "Appointments that were booked or tried from here ({count})")
    rows = [_appointment(held, made) for held in found.appointments]
    return _section(title.format(count=len(rows)), _table(head, rows))


def _appointment(held: DisclosedAppointment, made: DocumentContext) -> tuple[str, ...]:
    own, slot, clinic = held.own, held.own.timeslot, made.clinic
    end = clock_time(own.end, made.zone)
    resource = clinic.resource_name(slot.resource_id) if clinic else slot.resource_id
    service = clinic.service_name(slot.healthcare_service_id) if clinic else slot.healthcare_service_id
    status = [standing_text(own), own.leyr_status or "", own.appointment_id or ""]
    return (
        f"{_time(own.start, made)}–{end}",
        f"{resource}\n{service}",
        "\n".join(dict.fromkeys(part for part in status if part)),
        "\n".join(part for part in (own.comment, own.cancel_reason) if part) or "–",
        _time(held.provenance.created_at, made) + _who(held.provenance),
    )


def _intents(found: Disclosure, made: DocumentContext) -> str:
    head = (
        translate("Disclosure", "When"),
        translate("Disclosure", "What was asked for"),
        translate("Disclosure", "What became of it"),
        translate("Disclosure", "Reference"),
        translate("Disclosure", "By"),
    )
    title = translate("Disclosure", "What was asked of {emr} ({count})")
    rows = [_intent(held, made) for held in found.intents]
    return _section(title.format(emr=made.emr, count=len(rows)), _table(head, rows))


def _intent(held: DisclosedIntent, made: DocumentContext) -> tuple[str, ...]:
    settled = _time(held.settled_at, made) if held.settled_at else ""
    outcome = [outcome_text(held.stage), detail_text(held.reason), settled]
    return (
        _time(held.provenance.created_at, made),
        action_text(held.verb),
        "\n".join(part for part in outcome if part),
        held.leyr_reference or "–",
        _who(held.provenance).strip(),
    )


def _record(found: Disclosure, made: DocumentContext) -> str:
    head = (
        translate("Disclosure", "When"),
        translate("Disclosure", "What was done"),
        translate("Disclosure", "By"),
        translate("Disclosure", "Desk"),
    )
    title = translate("Disclosure", "Who looked, and who did what ({count})")
    rows = [_line(line, made) for line in found.lines]
    return _section(title.format(count=len(rows)), _table(head, rows))


def _line(line: AuditLine, made: DocumentContext) -> tuple[str, ...]:
    said = [action_text(line.action), outcome_text(line.outcome), detail_text(line.detail)]
    nobody = translate("Disclosure", "nobody was named")
    return _time(line.at, made), ", ".join(part for part in said if part), line.user or nobody, line.desk


def _who(written: Provenance) -> str:
    return "\n" + ", ".join(part for part in (written.user, written.desk) if part)


def _time(moment: datetime, made: DocumentContext) -> str:
    return f"{moment.astimezone(made.zone):%d.%m.%Y} {clock_time(moment, made.zone)}"


def _section(title: str, content: str) -> str:
    return f"<h2>{escape(title)}</h2>{content}"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    cells = (f"<tr><td class='said' width='28%'>{_cell(name)}</td><td>{_cell(value)}</td></tr>" for name, value in rows)
    return f"<table width='100%' cellspacing='0' cellpadding='3'>{''.join(cells)}</table>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return _paragraphs([translate("Disclosure", "None.")])
    top = "".join(f"<th>{_cell(text)}</th>" for text in head)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(text)}</td>' for text in row)}</tr>" for row in rows)
    return f"<table width='100%' cellspacing='0' cellpadding='3'><thead><tr>{top}</tr></thead>{body}</table>"


def _cell(text: str) -> str:
    """Whatever a name or a comment holds, it is never read as markup."""
    return escape(text).replace("\n", "<br>")


_DPI = 300
_MARGIN = 18.0  # mm
_FOOT = 36  # points, below the text of a page


def as_pdf(html: str, style: str, footer: str, title: str) -> bytes:
    """A4, with `footer` below each page: {page} and {pages} in it are filled in. Call from any thread but the
    screen's, and wait."""
    return make_pdf(title, _DPI, _MARGIN, partial(_draw, html, style, footer))


def _draw(html: str, style: str, footer: str, writer: QPdfWriter) -> None:
    page = QRectF(0, 0, writer.width(), writer.height() - _FOOT * _DPI / 72)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(style)
    document.setPageSize(QSizeF(page.width(), page.height()))
    document.setHtml(html)
    painter = QPainter(writer)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            writer.newPage()
        _draw_page(painter, document, page, number)
        _draw_footer(painter, writer, footer.replace("{page}", str(number + 1)).replace("{pages}", str(pages)))
    painter.end()


def _draw_page(painter: QPainter, document: QTextDocument, page: QRectF, number: int) -> None:
    painter.save()
    painter.translate(0, -number * page.height())
    document.drawContents(painter, page.translated(0, number * page.height()))
    painter.restore()


def _draw_footer(painter: QPainter, writer: QPdfWriter, text: str) -> None:
    painter.save()
    font = QFont()
    font.setPointSizeF(8)
    painter.setFont(font)
    painter.setPen(QColor("#4a5560"))
    foot = QRectF(0, writer.height() - _FOOT * _DPI / 72, writer.width(), _FOOT * _DPI / 72)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
    painter.restore()
