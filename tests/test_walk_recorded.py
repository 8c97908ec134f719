"""What a walk keeps is shapes: no value that anybody said; and a recording is held against client and sandbox."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from receptionapp.app import run
from receptionapp.leyr.recording import BadRecording, read_recording
from receptionapp.sandbox import Sandbox, Settings
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.services.walk.replay import replay
from tests.clocks import SuiteClock
from tests.e2e.foreign_leyr import ForeignLeyr
from tests.people import made_up
from tests.walking import PHONE, UNHURRIED, defaults_of_clients
from tests.watched_sandbox import WatchedSandbox, watched

RECORDINGS = Path(__file__).parent / "leyr" / "recordings"
WRITING = ("--write", "--yes", "--code", CONFIRMATION_CODE, "--phone", PHONE)
SOMEBODY = made_up("Åsleik", "Østenstad")
PLANTED = {
    "name": SOMEBODY.full_name,
    "first_name": SOMEBODY.first_name,
    "last_name": SOMEBODY.last_name,
    "external_id": SOMEBODY.number,
    "number_as_number": int(SOMEBODY.number),
    "born": "1987-03-09",
    "phones": ["+4798761234", "98 76 12 34"],
    "emails": ["asleik.ostenstad@example.org"],
    "address": {"street": "Kongleveien 47 B", "city": "Ytterfors", "postal": "7863"},
    "comment": "Gruer seg til tannlegen",
    "picture": "https://files.example.org/asleik.png",
    "ytterfors": {"kongleveien": 1},
    SOMEBODY.number: "yes",
    "Åsleik Østenstad": {"kin": ["Torgunn Østenstad"]},
    "status": "venter på Torgunn",
}
SECRETS = (
    SOMEBODY.number, "sleik", "stenstad", "98761234", "98 76 12", "asleik", "ostenstad", "Konglev", "Ytterfors",
    "ytterfors", "kongleveien", "7863", "Gruer", "tannlegen", "Torgunn", "1987-03-09", "practice-secret",
)  # fmt: skip


class TalkativeLeyr(ForeignLeyr):
    """Every item of every answer has somebody in it."""

    def answer(self, method: str, target: str, body: Any) -> Any:
        path = target.partition("?")[0]
        if method == "GET" and (path.endswith("/appointments") or "/patients/" in path):
            return [{"id": "ap/9", "emr_id": "pas/42", "start": "2026-03-02T08:00:00Z"} | self.somebody("id", "status")]
        if method == "GET" and "/resources/" in path:
            return {"id": f"of {SOMEBODY.last_name}"} | self.somebody("id")
        answer = super().answer(method, target, body)
        items = answer if isinstance(answer, list) else [answer]
        return [item | {k: v for k, v in PLANTED.items() if k not in item} for item in items]

    def somebody(self, *but: str) -> dict[str, Any]:
        return {key: value for key, value in PLANTED.items() if key not in but}


@pytest.fixture
def konfidens(monkeypatch: pytest.MonkeyPatch) -> Iterator[WatchedSandbox]:
    for name, value in UNHURRIED.items():
        monkeypatch.setitem(defaults_of_clients(), name, value)
    with watched(Sandbox(now=SuiteClock())) as leyr:
        configure(monkeypatch, leyr.url, leyr.emr)
        yield leyr


def configure(monkeypatch: pytest.MonkeyPatch, url: str, emr: str) -> None:
    for name, value in {
        "RECEPTION_LEYR_URL": url,
        "RECEPTION_LEYR_EMR": emr,
        "RECEPTION_LEYR_CLIENT_ID": "practice",
        "RECEPTION_LEYR_CLIENT_SECRET": "practice-secret",
        "RECEPTION_LEYR_TEST": "yes",
        "RECEPTION_LEDGER_KEY": "ab" * 32,
    }.items():
        monkeypatch.setenv(name, value)


async def test_nothing_that_anybody_said_is_in_the_recording_the_output_or_the_log(
    konfidens: WatchedSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, as_json in (("a", ()), ("b", ("--json",))):
        async with TalkativeLeyr().serving() as leyr:
            monkeypatch.setenv("RECEPTION_LEYR_URL", leyr.url)
            words = ["walk", *WRITING, *as_json, "--record", str(tmp_path / name)]
            await asyncio.to_thread(run, words, SuiteClock())
    told = capsys.readouterr()
    kept = (tmp_path / "a").read_text() + (tmp_path / "b").read_text()
    for where, text in (("recording", kept), ("output", told.out + told.err), ("log", caplog.text)):
        assert [secret for secret in SECRETS if secret in text] == [], where
    assert '"first_name"' in kept
    assert '"address"' in kept


def test_a_recording_keeps_what_a_developer_needs(
    konfidens: WatchedSandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    konfidens.sandbox.settings = Settings(time_format="utc")
    assert run(["walk", *WRITING, "--record", str(tmp_path / "kept.json")], SuiteClock()) == 0
    _, exchanges = read_recording((tmp_path / "kept.json").read_text())
    [booking] = [
        each for each in exchanges if each.operation.endswith("POST /emrs/{emr}/care-units/{care_unit_id}/appointments")
    ]
    assert booking.answer[0]["status"] == "booked"
    assert booking.answer[0]["start"].endswith("Z")
    assert len(booking.answer[0]["comment"]) == len("TEST (reception walk)")
    assert "content-type" in booking.headers
    times = next(each for each in exchanges if each.operation.endswith("/timeslots"))
    assert times.query == ("start", "end", "healthcare_service_id")
    assert len(times.answer) == 3
    assert times.shape.startswith("list of ")
    capsys.readouterr()


def test_a_file_that_is_there_is_not_overwritten(
    konfidens: WatchedSandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("mine")
    assert run(["walk", "--record", str(kept)], SuiteClock()) == 2
    assert kept.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err
    assert konfidens.door.calls == []


@pytest.mark.parametrize("path", sorted(RECORDINGS.glob("*.json")), ids=lambda path: path.stem)
def test_every_recording_is_read_by_the_client_and_fits_the_sandbox(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["walk", "--replay", str(path)], SuiteClock()) == 0
    said = capsys.readouterr().out
    assert said.count("good ") == len(read_recording(path.read_text())[1])


def test_there_are_recordings_of_all_profiles() -> None:
    assert {path.stem for path in RECORDINGS.glob("*.json")} >= {"konfidens", "full", "two_step"}


async def test_an_answer_that_differs_is_named_with_its_place() -> None:
    emr, exchanges = read_recording((RECORDINGS / "konfidens.json").read_text())
    content = json.loads((RECORDINGS / "konfidens.json").read_text())
    booking = next(
        each
        for each in content["exchanges"]
        if each["operation"].startswith("POST") and "appointments" in each["operation"]
    )
    del booking["answer"][0]["start"]
    booking["answer"][0]["id"] = None
    lines = await replay(emr, read_recording(json.dumps(content))[1])
    [bad] = [line for line in lines if not line.is_good]
    assert (bad.client, bad.is_read) == ("AnswerUnreadable", False)
    assert any("0.start: missing" in difference for difference in bad.differences)
    assert len(lines) == len(exchanges)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "emr": "x", "exchanges": [1]}'])
def test_what_is_no_recording_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadRecording):
        read_recording(text)
    (tmp_path / "odd.json").write_text(text)
    assert run(["walk", "--replay", str(tmp_path / "odd.json")], SuiteClock()) == 2
    assert "can't be replayed" in capsys.readouterr().err
