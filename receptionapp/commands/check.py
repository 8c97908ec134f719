"""`reception check`: reach the configured connection, and say what it offers."""

import argparse
import asyncio
import json
import sys

from receptionapp.commands.settings import report_damaged_settings
from receptionapp.domain.clock import Clock
from receptionapp.sentences.failures import connection_failure_text
from receptionapp.services.connection_check import ConnectionReport, as_json, as_lines, as_steps, check_connection
from receptionapp.system.credentials import find_client_secret
from receptionapp.system.paths import data_folder
from receptionapp.system.settings import load


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Exit 0: good; 1: refused or unreachable; 2: not configured."""
    settings = report_damaged_settings(load(data_folder(practice=False).settings)).settings
    secret = asyncio.run(find_client_secret(settings.leyr_url, settings.client_id)) if settings.connects else None
    if not secret:
        _tell(options, None, "No connection is configured: open the program and connect it, or set RECEPTION_*.")
        return 2
    connection = (settings.leyr_url, settings.emr, settings.client_id, secret)
    report = asyncio.run(check_connection(*connection, clock, offer=True))
    _tell(options, report, connection_failure_text(report.error, report.emr) if report.error else "")
    return 1 if report.error else 0


def _tell(options: argparse.Namespace, report: ConnectionReport | None, failure: str) -> None:
    if options.json:
        print(json.dumps(as_json(report, failure), indent=2))
        return
    for line in as_steps(report) if report else ():
        print(line)
    for line in ("", *as_lines(report)) if report and not failure else ():
        print(line)
    if failure:
        print(failure, file=sys.stderr)
