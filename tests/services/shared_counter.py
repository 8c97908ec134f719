"""Desks that share a ledger on a real PostgreSQL server."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.notifications import NotificationListener
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.desk import Desk
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.services.counter import OSLO, UNHURRIED, Counter, no_wait


@dataclass
class SharedCounter(Counter):
    """`file` is not used."""

    server: PostgresServer = field(kw_only=True)
    name: str = "desk"
    desk_id: UUID = field(default_factory=uuid4)

    async def open(self) -> None:
        self.store = BookStore(
            Snapshot(View(self.clock().astimezone(OSLO).date()), OSLO, ConnectionProfile.TEST), self.clock
        )
        self.store.changed.connect(self._heard)
        self.tasks = TaskBag(lambda _, error: self.failed.append(error))
        writer = Writer(self.leyr.emr, self.name, desk_id=self.desk_id)
        self.ledger = await Ledger.open(self.server, writer, self.clock)
        await self.ledger.recover()
        self.client = LeyrClient(self.leyr.connection(), limits=UNHURRIED, timeouts=self.timeouts, sleep=no_wait)
        listening = await NotificationListener.start(self.server, self.desk_id)
        self.desk = Desk.create(self.client, self.ledger, self.store, self.tasks, self.clock, listening=listening)
        assert self.desk.other_desks
        self.desk.other_desks.start()
