"""The notice of a newer version: read from a real server, believed only with its signature, and never backwards."""

import json
import os
import runpy
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from receptionapp.system.updates import (
    LARGEST,
    LONGEST_SUMMARY,
    FeedRefused,
    UpdateMemory,
    find_update,
    load_update_memory,
    read_feed,
)

SIGN_FEED = runpy.run_path(str(Path(__file__).parents[2] / "packaging" / "sign_feed.py"))
TODAY = date(2026, 11, 24)
NOTICE: dict[str, Any] = {
    "version": "1.4.0",
    "issued": "2026-11-20",
    "news": {"en": "Printing of the day.", "nb": "Utskrift av dagen."},
    "link": "https://reception.example/download",
}


class Publisher:
    """A web server on this machine, and the key of whoever publishes there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.redirect = ""
        self._key = folder / "key"
        self.key: str = SIGN_FEED["make_key"](self._key)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/feed.json"

    def publishes(self, **changes: Any) -> None:
        feed = self.folder / "feed.json"
        feed.write_text(json.dumps(NOTICE | changes), encoding="utf-8")
        SIGN_FEED["sign"](self._key, feed)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append(self.path)
                file = publisher.folder / self.path.strip("/")
                self.send_response(302 if publisher.redirect else 200 if file.exists() else 404)
                if publisher.redirect:
                    self.send_header("Location", publisher.redirect)
                self.end_headers()
                if file.exists():
                    self.wfile.write(file.read_bytes())

            def log_message(self, *_: Any) -> None: ...

        return Handler


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    made = Publisher(tmp_path)
    made.publishes()
    yield made
    made.close()


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "updates.json"


def test_a_signed_notice_of_a_newer_version_is_told(publisher: Publisher, memory: Path) -> None:
    found = find_update(publisher.address, publisher.key, "1.3.9", memory, TODAY)
    assert found is not None
    assert (found.version, found.link, found.news["nb"]) == ("1.4.0", NOTICE["link"], "Utskrift av dagen.")


@pytest.mark.parametrize("current", ["1.4.0", "1.4", "1.10.0", "2.0"])
def test_the_same_or_an_older_version_says_nothing(publisher: Publisher, memory: Path, current: str) -> None:
    assert find_update(publisher.address, publisher.key, current, memory, TODAY) is None
    assert load_update_memory(memory).trouble == ""


def test_it_is_asked_for_once_a_day(publisher: Publisher, memory: Path) -> None:
    for _ in range(3):
        find_update(publisher.address, publisher.key, "1.0", memory, TODAY)
    assert publisher.asked == ["/feed.json", "/feed.json.sig"]
    assert find_update(publisher.address, publisher.key, "1.0", memory, TODAY + timedelta(days=1)) is not None


@pytest.mark.parametrize("old", [{"version": "1.3.5"}, {"issued": "2026-11-19"}])
def test_an_old_notice_played_again_is_not_believed(publisher: Publisher, memory: Path, old: dict[str, str]) -> None:
    find_update(publisher.address, publisher.key, "1.3.0", memory, TODAY)
    publisher.publishes(**old)
    assert find_update(publisher.address, publisher.key, "1.3.0", memory, TODAY + timedelta(days=1)) is None
    seen = load_update_memory(memory)
    assert (seen.version, seen.issued) == ("1.4.0", "2026-11-20")
    assert seen.trouble == "older than one seen before"


def test_what_is_not_signed_by_the_key_is_not_believed(publisher: Publisher, memory: Path, tmp_path: Path) -> None:
    other = SIGN_FEED["make_key"](tmp_path / "other")
    for key in (other, "", "no key", "AAAA"):
        with pytest.raises(FeedRefused, match="not signed by the key"):
            read_feed(publisher.address, key)
    signed = tmp_path / "feed.json"
    signed.write_bytes(signed.read_bytes().replace(b"reception.example", b"elsewhere.example"))
    with pytest.raises(FeedRefused, match="not signed by the key"):
        read_feed(publisher.address, publisher.key)
    assert find_update(publisher.address, publisher.key, "1.0", memory, TODAY) is None
    assert load_update_memory(memory).trouble == "not signed by the key in the settings"
    (tmp_path / "feed.json.sig").unlink()
    with pytest.raises(FeedRefused, match="not read"):
        read_feed(publisher.address, publisher.key)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"link": "http://reception.example"}, "link is not https"),
        ({"link": "javascript:alert(1)"}, "link is not https"),
        ({"link": "https://user@reception.example"}, "link is not https"),
        ({"link": 7}, "link is not https"),
        ({"version": "1.4-rc1; rm"}, "no version"),
        ({"version": 14}, "no version"),
        ({"issued": "yesterday"}, "no notice"),
        ({"news": "all"}, "no notice"),
        ({"news": {"en": 5}}, "no notice"),
    ],
)
def test_a_signed_notice_with_something_odd_in_it_is_not_believed(
    publisher: Publisher, wrong: dict[str, Any], why: str
) -> None:
    publisher.publishes(**wrong)
    with pytest.raises(FeedRefused, match=why):
        read_feed(publisher.address, publisher.key)


def test_its_text_is_one_short_line_without_hidden_signs(publisher: Publisher) -> None:
    publisher.publishes(news={"en": "New:\n\tprint\u202e\x1b[31m" + "x" * 500})
    text = read_feed(publisher.address, publisher.key).news["en"]
    assert text.startswith("New: print [31m")
    assert len(text) == LONGEST_SUMMARY


def test_a_redirect_is_not_followed(publisher: Publisher) -> None:
    publisher.redirect = "/feed.json"
    with pytest.raises(FeedRefused, match="not read"):
        read_feed(publisher.address, publisher.key)
    assert len(publisher.asked) == 1


def test_no_more_than_64_kilobytes_are_read(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(FeedRefused, match="too long"):
        read_feed(publisher.address, publisher.key)


@pytest.mark.parametrize(
    "address", ["http://reception.example/f", "ftp://reception.example", "file:///etc/passwd", "https://u@h/f", "feed"]
)
def test_only_https_is_asked_and_plain_http_on_this_very_computer(address: str) -> None:
    with pytest.raises(FeedRefused, match="must begin with https"):
        read_feed(address, "")


@pytest.mark.parametrize("address", ["", "off"])
def test_off_asks_nobody_and_leaves_nothing(memory: Path, address: str) -> None:
    assert find_update(address, "", "1.0", memory, TODAY) is None
    assert not memory.exists()


def test_a_damaged_memory_is_no_memory(publisher: Publisher, memory: Path) -> None:
    memory.write_text('{"asked_on": [')
    assert load_update_memory(memory) == UpdateMemory()
    assert find_update(publisher.address, publisher.key, "1.0", memory, TODAY) is not None


def test_a_key_is_never_written_over_one_that_is_there(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        SIGN_FEED["make_key"](tmp_path / "key")
    if os.name == "posix":
        assert (tmp_path / "key").stat().st_mode & 0o077 == 0
