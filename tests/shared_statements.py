"""One memory of compiled SQL for all ledgers of a test run.

SQLAlchemy keeps what it compiled by engine, and nearly every test opens a ledger of its own: a tenth of the tests'
time went into compiling the same statements again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import sqlalchemy
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

_LEDGERS = ("receptionapp.ledger.sqlite_file", "receptionapp.ledger.postgres")


@contextmanager
def shared_statements() -> Iterator[None]:
    dialects: dict[Any, Dialect] = {}  # by address and driver; what was compiled belongs to one of them
    compiled: LRUCache[Any, Any] = LRUCache(2_000)

    def create_engine(address: Any, **more: Any) -> Engine:
        made = sqlalchemy.create_engine(address, **more)
        made.dialect = dialects.setdefault((str(address), more.get("module")), made.dialect)
        made.update_execution_options(compiled_cache=compiled)
        return made

    with patch(f"{_LEDGERS[0]}.create_engine", create_engine), patch(f"{_LEDGERS[1]}.create_engine", create_engine):
        yield
