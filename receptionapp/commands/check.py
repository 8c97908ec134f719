"""`reception check`: reach the configured connection, and say what it offers."""

import argparse
import asyncio
import json
import sys

from receptionapp.commands.settings import report_damaged_settings
from receptionapp.sentences.failures import connection_failure_text
from receptionapp.services.connection_check import ConnectionReport, as_json, as_lines, as_steps, check_connection
from receptionapp.system.credentials import KeyStoreError, leyr_account, managed_secret, read_secret
from receptionapp.system.paths import data_folder
from receptionapp.system.settings import load


def run(options: argparse.Namespace) -> int:
    """Exit 0: good; 1: refused or unreachable; 2: not configured."""
    settings = report_damaged_settings(load(data_folder(practice=False).settings)).settings
    secret = managed_secret()
    if settings.connects and not secret:
        try:
            secret = asyncio.run(read_secret(leyr_account(settings.leyr_url, settings.client_id)))
        except KeyStoreError:
            secret = None
    if not settings.connects or not secret:
        _tell(options, None, "No connection is configured: open the program and connect it, or set RECEPTION_*.")
        return 2
    report = asyncio.run(check_connection(settings.leyr_url, settings.emr, settings.client_id, secret, offer=True))
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
