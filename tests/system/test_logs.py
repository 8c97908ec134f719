import logging

import pytest

from receptionapp.leyr.connection import BadConnection, ConnectionFault
from receptionapp.system import logs
from receptionapp.system.logs import RedactingFormatter, Redaction, start_logging, stop_logging

KARI = "01019012345"


@pytest.fixture
def log(tmp_path):
    """A started log; calling it gives what was written."""
    path = tmp_path / "logs" / "reception.log"
    loggers = [logging.getLogger(name) for name in (None, "httpx", "httpcore")]
    before = [logger.level for logger in loggers]
    redaction = Redaction()
    redaction.hide("s3cret")
    handler = start_logging(path, redaction)

    def written() -> str:
        handler.flush()
        return path.read_text(encoding="utf-8")

    yield written
    stop_logging(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def test_a_line_says_when_how_bad_who_and_what(log):
    logging.getLogger("receptionapp.test").info("started with %d resources", 8)
    assert log().rstrip().endswith("INFO receptionapp.test: started with 8 resources")
    assert log()[:2] == "20"


def test_planted_values_do_not_reach_the_file(log):
    logger = logging.getLogger("receptionapp.test")
    logger.warning("patient %s, %s", KARI, {"mail": "kari@example.no", "phone": "+47 912 34 567"})
    logger.info("sent s3cret to https://leyr.example/api/patients?name=Nordmann")
    for planted in (KARI, "kari@", "912", "s3cret", "Nordmann"):
        assert planted not in log()


def test_of_an_error_the_log_has_types_files_and_lines_and_no_text_that_may_tell_of_a_person(log):
    name = " ".join(("Kari", "Nordmann"))  # the lines of the code are logged
    logger = logging.getLogger("receptionapp.test")
    try:
        try:
            raise ValueError(f"no such patient: {name}, {KARI}")
        except ValueError as error:
            error.add_note(name)
            raise RuntimeError(f"asked for {name} with s3cret") from error
    except RuntimeError:
        logger.exception("failed for 010190 12345", stack_info=True)
    text = log()
    assert "builtins.ValueError\nand then\n" in text
    assert "builtins.RuntimeError\n" in text
    assert text.count("test_logs.py") > 1
    assert name not in text
    assert KARI not in text
    assert "010190 12345" not in text


def test_the_text_of_an_error_that_tells_of_code_is_kept(log):
    try:
        _ = object().missing
    except AttributeError:
        logging.getLogger("receptionapp.test").exception("failed")
    assert "AttributeError: 'object' object has no attribute 'missing'" in log()


def test_a_group_of_errors_is_told_part_by_part(log):
    try:
        raise ExceptionGroup(KARI, [ValueError(KARI), BadConnection("url", ConnectionFault.EMPTY)])
    except ExceptionGroup:
        logging.getLogger("receptionapp.test").exception("failed")
    assert "builtins.ValueError\n" in log()
    assert "BadConnection: url: is empty" in log()
    assert KARI not in log()


def test_a_line_that_cannot_be_formatted_tells_where_and_not_what():
    record = logging.LogRecord("receptionapp.test", logging.INFO, "desk.py", 7, "two %s %s", (KARI,), None)
    assert RedactingFormatter(Redaction()).format(record) == "a record that can't be formatted, from desk.py:7"


def test_the_http_client_does_not_log_its_addresses(log):
    for name in ("httpx", "httpcore.connection"):
        logging.getLogger(name).info("GET https://leyr.example/api/patients/1")
    assert log() == ""


def test_the_file_is_cut_before_it_grows_large(log, tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "_FILE_BYTES", 500)
    path = tmp_path / "small" / "reception.log"
    handler = start_logging(path, Redaction())
    for _ in range(100):
        logging.getLogger("receptionapp.test").info("a line like many others")
    stop_logging(handler)
    files = list(path.parent.iterdir())
    assert len(files) == 6
    assert max(file.stat().st_size for file in files) <= 500
