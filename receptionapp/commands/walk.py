"""`reception walk`: through Leyr's workflows on the configured connection, with a verdict for all that is assumed.

Exit 0: walked to the end, whatever the verdicts; 1: not to the end, or something may be left in the EHR; 2: not
configured, or refused before the first call.
"""

import argparse
import asyncio
import json
import sys
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from receptionapp.commands.settings import report_damaged_settings
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.clock import Clock
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerError, OtherConnection
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.capabilities import for_emr
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import BadConnection, Connection
from receptionapp.leyr.recording import BadRecording, read_recording, record
from receptionapp.sentences.failures import connection_failure_text
from receptionapp.services.ledger_key import NoLedgerKey, find_key
from receptionapp.services.own_ledger import open_own_ledger
from receptionapp.services.walk.bookings import WALK_USER, WalkBookings
from receptionapp.services.walk.course import Exchanges, Walk, WalkPlan
from receptionapp.services.walk.replay import as_text, replay
from receptionapp.services.walk.report import (
    StepReport,
    WalkReport,
    as_json,
    assumption_lines,
    detail_lines,
    left_lines,
    step_line,
)
from receptionapp.system.credentials import find_client_secret
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import (
    AlreadyRunning,
    DataFolder,
    SingleInstance,
    data_folder,
    desk_name,
    write_atomically,
)
from receptionapp.system.settings import Settings, load

_ZONE = ZoneInfo("Europe/Oslo")
_QUESTION = (
    "What an earlier walk left is cancelled; a made-up patient is created, one time is booked for them and cancelled "
    "again. Messages may be sent.\n"
    "Go on? [y/N] "
)


class Refused(Exception):
    """Nothing was asked of Leyr; the message says why."""


@dataclass(frozen=True, slots=True)
class _Site:
    """Where the walk goes, and in whose folder."""

    folder: DataFolder
    settings: Settings
    connection: Connection

    @property
    def is_test(self) -> bool:
        return self.settings.profile is ConnectionProfile.TEST


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Carry it out; the exit code."""
    try:
        if options.replay:
            return _replay(options)
        if options.record and options.record.exists():
            raise Refused(f"{options.record} is there already. Nothing was asked of Leyr.")
        with ExitStack() as held:
            site = _site(options)
            if site.is_test:
                _take_folder(site.folder, held)
            return asyncio.run(_walk(options, site, clock))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _site(options: argparse.Namespace) -> _Site:
    """Raises Refused."""
    folder = data_folder(practice=False)
    settings = report_damaged_settings(load(folder.settings)).settings
    secret = asyncio.run(find_client_secret(settings.leyr_url, settings.client_id)) if settings.connects else None
    if not secret:
        raise Refused("No connection is configured: open the program and connect it, or set RECEPTION_*.")
    try:
        connection = Connection(settings.leyr_url, settings.emr, settings.client_id, secret)
    except BadConnection as error:
        raise Refused(connection_failure_text(error, settings.emr)) from None
    site = _Site(folder, settings, connection)
    if options.write:
        _require_writable(options, site)
    return site


def _require_writable(options: argparse.Namespace, site: _Site) -> None:
    """Raises Refused."""
    if not site.is_test:
        raise Refused(
            "This is a live connection: a made-up person in a real clinic's records is found by nobody. "
            "Nothing is written there. Mark it as a test connection if it is one."
        )
    if site.settings.ledger_url:
        raise Refused("This desk shares its record with others. Walk from the program's connection dialog instead.")
    if options.yes:
        return
    if not sys.stdin or not sys.stdin.isatty():
        raise Refused("Nobody can be asked here. Add --yes to let it write.")
    if input(_QUESTION).strip().lower() not in ("y", "yes"):
        raise Refused("Nothing was asked of Leyr.")


def _take_folder(folder: DataFolder, held: ExitStack) -> None:
    """Raises Refused."""
    folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        held.enter_context(SingleInstance(folder.lock))
    except AlreadyRunning:
        raise Refused(
            "Reception is open on this computer. Walk from its connection dialog, or close it and try again."
        ) from None


async def _walk(options: argparse.Namespace, site: _Site, clock: Clock) -> int:
    """Raises Refused."""
    known = for_emr(site.settings.emr)
    if options.write and known.needs_phone and not options.phone:
        raise Refused(f"{known.name} creates no patient without a phone. Add --phone with your own.")
    ledger = await _open_ledger(options, site, clock)
    exchanges = Exchanges()
    client = LeyrClient(site.connection, on_exchange=exchanges.hear)
    try:
        bookings = None if ledger is None else WalkBookings(client, ledger, lambda what: _ask_for_code(options, what))
        plan = WalkPlan(site.settings.care_unit_id, site.is_test, bookings, options.write, options.phone)
        report = await Walk(client, exchanges, known, plan, clock, lambda step: _tell_step(options, step)).run()
    finally:
        await client.aclose()
        if ledger is not None:
            await ledger.close()
    if options.record:
        write_atomically(options.record.absolute(), lambda: record(exchanges.all, known.emr).encode())
    _tell(options, report)
    return 0 if report.is_good else 1


def _replay(options: argparse.Namespace) -> int:
    """1 where the client can't read an answer, or the sandbox would answer otherwise. Raises Refused."""
    try:
        emr, exchanges = read_recording(options.replay.read_text("utf-8"))
    except (BadRecording, UnicodeDecodeError) as error:
        raise Refused(f"{options.replay} can't be replayed: {error}.") from None
    lines = asyncio.run(replay(emr, exchanges))
    if options.json:
        print(json.dumps([asdict(line) for line in lines], indent=2))
    else:
        print("\n".join(map(as_text, lines)))
    return 0 if all(line.is_good for line in lines) else 1


async def _open_ledger(options: argparse.Namespace, site: _Site, clock: Clock) -> Ledger | None:
    """This connection's, whatever other ledgers lie beside it. None where there is nothing to read and nothing to
    write. Raises Refused where it is needed and can't be opened."""
    files, identity = LedgerFiles(site.folder), site.settings.identity
    if not site.is_test or site.settings.ledger_url or identity is None:
        return None
    writer = Writer(site.settings.emr, desk_name(site.settings.desk), WALK_USER)
    ledger: Ledger | None = None
    try:
        while ledger is None:
            file = files.choose(identity)
            if not options.write and not file.is_file():
                return None
            with suppress(OtherConnection):  # which is noted: the next choice is another file
                ledger = await open_own_ledger(files, file, await find_key(file), identity, writer, clock)
        await ledger.recover()
    except (LedgerError, NoLedgerKey, OSError) as error:
        if not options.write:
            return None
        fault = getattr(error, "fault", None) or "the file can't be read"
        raise Refused(f"The record of appointments can't be opened ({fault}), so nothing is written.") from None
    return ledger


async def _ask_for_code(options: argparse.Namespace, what: str) -> str | None:
    """The one that was given, or what somebody types."""
    if options.code:
        return str(options.code)
    if not sys.stdin or not sys.stdin.isatty():
        return None
    return (await asyncio.to_thread(input, f"The code of {what}: ")).strip() or None


def _tell_step(options: argparse.Namespace, step: StepReport) -> None:
    if options.json:
        return
    print(step_line(step))
    for line in detail_lines(step):
        print(line)


def _tell(options: argparse.Namespace, report: WalkReport) -> None:
    if options.json:
        print(json.dumps(as_json(report), indent=2))
    else:
        print()
        for line in assumption_lines(report):
            print(line)
        print(f"\n{report.requests} requests" + ("" if report.is_to_the_end else "; the walk did not come to its end"))
    for line in left_lines(report.left, report.emr_name, _ZONE):
        print(line, file=sys.stderr)
