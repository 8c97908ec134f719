"""The sandbox on a real socket."""

import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from time import perf_counter

import httpx
import pytest

from receptionapp.sandbox import FAULTS
from tests.running_sandbox import run_in_thread


@pytest.fixture
def leyr(clinic):
    with run_in_thread(clinic()) as leyr:
        yield leyr


@pytest.fixture
def client(leyr):
    headers = {"x-leyr-client-id": leyr.client_id, "x-leyr-client-secret": leyr.client_secret}
    with httpx.Client(base_url=f"{leyr.url}/emrs/{leyr.emr}", headers=headers, timeout=10) as client:
        yield client


def a_booking(client):
    query = {"start": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z", "healthcare_service_id": "HS_30"}
    timeslot = client.get("care-units/L0_1/timeslots", params=query).json()[0]
    return {**timeslot, "patient_id": "P_100001"}


def test_it_answers_on_the_loopback_interface(leyr, client):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api", leyr.url)
    assert len(client.get("care-units").json()) == 2


@pytest.mark.parametrize(("name", "booked"), [("drop_before", 0), ("drop_after", 1)])
def test_a_drop_closes_the_socket_without_an_answer(leyr, client, name, booked):
    body = a_booking(client)
    before = len(leyr.sandbox.appointments())
    leyr.sandbox.faults.next_calls(name, method="POST")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        client.post("care-units/L0_1/appointments", json=body)
    assert len(leyr.sandbox.appointments()) - before == booked
    assert client.get("care-units").status_code == 200


def test_a_truncated_answer_ends_early(leyr, client):
    leyr.sandbox.faults.next_calls("truncated")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        client.get("care-units")
    assert client.get("care-units").status_code == 200


def test_a_write_that_the_client_gave_up_on_still_takes_effect(leyr, client):
    body = a_booking(client)
    before = len(leyr.sandbox.appointments())
    leyr.sandbox.faults.next_calls(replace(FAULTS["slow"], delay=0.1), method="POST")
    with pytest.raises(httpx.ReadTimeout):
        client.post("care-units/L0_1/appointments", json=body, timeout=0.02)
    while len(leyr.sandbox.appointments()) == before:
        threading.Event().wait(0.01)
    answer = client.post("care-units/L0_1/appointments", json=body)
    assert answer.json()["errors"][0]["error_code"] == "NO_TIMESLOTS_AVAILABLE"


def test_it_stops_at_once_without_a_trace_even_with_calls_under_way(clinic, capfd, caplog):
    before = threading.active_count()
    sandbox = clinic()
    sandbox.faults.next_calls(replace(FAULTS["slow"], delay=60))
    failures = []

    def wait_long(url):
        try:
            httpx.get(url, timeout=30)
        except httpx.HTTPError as error:
            failures.append(error)

    with run_in_thread(sandbox) as leyr:
        waiting = threading.Thread(target=wait_long, args=(f"{leyr.url}/emrs/konfidens/care-units",))
        waiting.start()
        while sandbox.faults.rules():  # until the call has arrived
            threading.Event().wait(0.01)
        started = perf_counter()
    assert perf_counter() - started < 5
    waiting.join()
    assert isinstance(failures[0], httpx.RemoteProtocolError | httpx.ReadError)
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []


def test_two_can_run_at_once(clinic):
    with run_in_thread(clinic()) as one, run_in_thread(clinic("full")) as other:
        assert one.url != other.url
        assert (one.emr, other.emr) == ("konfidens", "cliniko")


@pytest.fixture
def program(tmp_path):
    code = (
        "from pathlib import Path; from receptionapp.commands.sandbox import serve; "
        "from tests.clocks import StoppedClock; serve(StoppedClock(), 0, 'full', file=Path('p.db'))"
    )
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    ) as program:
        yield program
        program.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt cannot be sent to one program there")
def test_as_a_program_it_says_in_one_line_where_it_is_and_how_to_get_in(program):
    line = program.stdout.readline()
    found = re.fullmatch(r"(\S+/api) emr=cliniko client-id=(\S+) client-secret=(\S+) docs=(\S+/docs)\n", line)
    url, client_id, client_secret, docs = found.groups()
    headers = {"x-leyr-client-id": client_id, "x-leyr-client-secret": client_secret}
    assert len(httpx.get(f"{url}/emrs/cliniko/care-units", headers=headers).json()) == 2
    assert "Leyr sandbox" in httpx.get(docs).text
    program.send_signal(signal.SIGINT)
    assert program.communicate(timeout=20) == ("", "")
