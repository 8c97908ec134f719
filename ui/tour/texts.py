"""What the card says: each task as a heading, and each hint as a sentence with the keys that this computer has."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from receptionapp.services.tour_progress import TourHint, TourProgress, TourTask

translate = QCoreApplication.translate


def task_heading(progress: TourProgress) -> str:
    """What has just been done, and the task that is next."""
    lesson = progress.lesson
    if lesson is None:
        return translate("Tour", "That was the tour")
    number = list(TourTask).index(lesson) + 1
    task = f"{number}. {_TASKS[lesson]()}"
    return f"✓ {_praise(progress)} {task}" if progress.latest is not None else task


def hint_text(progress: TourProgress, hint: TourHint, facts: Mapping[str, str]) -> str:
    """`facts` are the keys of the commands by their names, the EHR's name, somebody's name and a made-up number."""
    own = _IN_LESSON.get((progress.lesson, hint)) if progress.lesson else None
    return (own or _HINTS[hint])().format_map(facts)


def closing_text(progress: TourProgress, facts: Mapping[str, str]) -> str:
    """The last words."""
    said = translate("Tour", "{guide} opens the guide at any time. The tour can be taken again from the Help menu.")
    return " ".join([*([_praise(progress)] if progress.latest else []), said.format_map(facts)])


def look_button_text(emr: str) -> str:
    return translate("Tour", "Look in {emr}").format(emr=emr)


def _praise(progress: TourProgress) -> str:
    if progress.latest is TourTask.UNKNOWN and progress.contradicted:
        return translate(
            "Tour",
            "Settled, but the EHR does have it: at a real desk that patient would come, and nobody would expect it.",
        )
    return _PRAISE[progress.latest]() if progress.latest else ""


_TASKS = {
    TourTask.NEXT_FREE: lambda: translate("Tour", "Book the next free time"),
    TourTask.MOVE: lambda: translate("Tour", "Find an appointment and move it"),
    TourTask.CANCEL: lambda: translate("Tour", "Cancel an appointment"),
    TourTask.REGISTER: lambda: translate("Tour", "Register a new patient and book"),
    TourTask.UNKNOWN: lambda: translate("Tour", "When the answer never comes"),
}

_PRAISE = {
    TourTask.NEXT_FREE: lambda: translate("Tour", "Booked."),
    TourTask.MOVE: lambda: translate("Tour", "Moved."),
    TourTask.CANCEL: lambda: translate("Tour", "Cancelled."),
    TourTask.REGISTER: lambda: translate("Tour", "Registered and booked."),
    TourTask.UNKNOWN: lambda: translate("Tour", "Settled: now everybody knows how it stands."),
}

_HINTS = {
    TourHint.WAIT: lambda: translate("Tour", "Sent. The practice clinic is answering …"),
    TourHint.SEARCH: lambda: translate("Tour", "Press {next_free}. The earliest free times are looked for."),
    TourHint.TAKE_TIME: lambda: translate(
        "Tour", "Choose a time with the arrow keys and press Enter, or click it twice. It is read once more."
    ),
    TourHint.CHOOSE_TIME: lambda: translate(
        "Tour", "Click a free time in the book, or press {go_to_book}, walk with the arrow keys and press Enter."
    ),
    TourHint.FIND_PATIENT: lambda: translate(
        "Tour", "Type a few letters of a name, for example “{name}”. Press Enter when the right one is marked."
    ),
    TourHint.BOOK: lambda: translate(
        "Tour", "Read the time and the name back to the caller. Then press {book}, or the Book button."
    ),
    TourHint.CHOOSE_APPOINTMENT: lambda: translate(
        "Tour",
        "Click an appointment in the book; the one you booked will do. By keyboard: {go_to_book}, arrow keys, Enter.",
    ),
    TourHint.MOVE: lambda: translate("Tour", "Press {move}, or the button Move to another time."),
    TourHint.CHOOSE_NEW_TIME: lambda: translate(
        "Tour",
        "Choose the new time in the book, with a click or with the arrow keys and Enter. Esc keeps the old time.",
    ),
    TourHint.MOVE_NOW: lambda: translate("Tour", "Compare from and to beside the book, then press Enter on Move."),
    TourHint.CANCEL: lambda: translate(
        "Tour", "Choose the reason, then press Cancel the appointment. By keyboard: {go_to_panel}, then Tab and Enter."
    ),
    TourHint.NEW_PATIENT: lambda: translate(
        "Tour", "Press {new_patient}. Invent a name; a national number that nobody has is {number}."
    ),
    TourHint.FILL_IN: lambda: translate("Tour", "The made-up number is {number}. Enter sends it. Invent the name."),
    TourHint.OPEN_TASK: lambda: translate(
        "Tour", "The line at the top says what to tell the caller. Press {go_to_tasks} and Enter, or click it."
    ),
    TourHint.LOOK: lambda: translate(
        "Tour",
        "The answer was lost on the way: nobody here knows if it is booked. Do not book again. Look in {emr} first; "
        "in practice, press the button here.",
    ),
    TourHint.IT_IS_THERE: lambda: translate(
        "Tour", "{emr} has the appointment. Press “It is in {emr}” beside the book, and it counts as booked."
    ),
    TourHint.IT_IS_GONE: lambda: translate(
        "Tour", "{emr} does not have it. Press “It is not in {emr}” beside the book; then you may book again."
    ),
}

_IN_LESSON = {
    (TourTask.REGISTER, TourHint.CHOOSE_TIME): lambda: translate(
        "Tour", "Now the time: click a free one in the book, or press {next_free}. The patient stays chosen."
    ),
    (TourTask.UNKNOWN, TourHint.CHOOSE_TIME): lambda: translate(
        "Tour", "Book once more, for whom you like: {next_free}, or a click in the book. This time the line will fail."
    ),
}
