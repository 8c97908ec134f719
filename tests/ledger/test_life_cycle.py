"""Bookings, cancellations, codes and crashes in any order, against a model that is a dictionary."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from receptionapp.domain.appointment import Appointment, Standing, Timeslot, standing_from_status
from receptionapp.domain.intent import Stage, Verb, may_become
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import AlreadyUnderWay, OverlapsOwn, WrongStage, WrongStanding
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import SuiteClock
from tests.examples import examples

DAY = datetime(2026, 6, 1, tzinfo=UTC)
PERSON = Person("emr_id:1", "Kari", "Nordmann")
CODES = (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
CANCELLABLE = (*CODES, Standing.BOOKED, Standing.OTHER)
STATUSES = st.sampled_from(["booked", "awaiting_confirmation", "cancelled", "completed", "arrived"])


class LifeCycle(RuleBasedStateMachine):
    intents = Bundle("intents")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.ledger = self.runner.run(Ledger.open(SqliteFile(None), Writer("konfidens", "desk"), SuiteClock()))
        self.standing: dict[UUID, Standing] = {}
        self.hour: dict[UUID, int] = {}
        self.stage: dict[UUID, Stage] = {}
        self.wish: dict[UUID, tuple[Verb, UUID, Standing]] = {}
        self.ids = iter(range(1_000_000))

    def teardown(self) -> None:
        self.runner.run(self.ledger.close())
        self.runner.close()

    def open_about(self, key: UUID) -> bool:
        open_stages = (Stage.PREPARED, Stage.SENT, Stage.UNKNOWN)
        return any(self.wish[i][1] == key and self.stage[i] in open_stages for i in self.wish)

    def wished(self, intent, key: UUID, before: Standing) -> UUID:
        self.stage[intent.id] = Stage.PREPARED
        self.wish[intent.id] = (intent.verb, key, before)
        return intent.id

    @rule(target=intents, hour=st.integers(0, 5))
    def book(self, hour):
        start = DAY + timedelta(hours=hour)
        call = self.ledger.prepare_booking("cu", Timeslot(start, start + timedelta(hours=1), "r", "s"), PERSON)
        if any(self.hour[key] == hour and standing.takes_time for key, standing in self.standing.items()):
            with pytest.raises(OverlapsOwn):
                self.runner.run(call)
            return multiple()
        intent, own = self.runner.run(call)
        self.hour[own.key], self.standing[own.key] = hour, Standing.SENDING
        return self.wished(intent, own.key, Standing.REFUSED)

    @rule(target=intents, earlier=intents)
    def cancel(self, earlier):
        return self.wish_about(self.wish[earlier][1], self.ledger.prepare_cancel, CANCELLABLE, Standing.CANCELLING)

    @rule(target=intents, earlier=intents)
    def confirm(self, earlier):
        return self.wish_about(self.wish[earlier][1], self.ledger.prepare_confirm, CODES, None)

    def wish_about(self, key, prepare, allowed, then):
        before = self.standing[key]
        if self.open_about(key) or before not in allowed:
            with pytest.raises(AlreadyUnderWay if self.open_about(key) else WrongStanding):
                self.runner.run(prepare(key))
            return multiple()
        intent, _ = self.runner.run(prepare(key))
        self.standing[key] = then or before
        return self.wished(intent, key, before)

    def step(self, intent, then: Stage, call) -> bool:
        if not may_become(self.stage[intent], then):
            with pytest.raises(WrongStage):
                self.runner.run(call)
            return False
        self.runner.run(call)
        self.stage[intent] = then
        return True

    @rule(intent=intents)
    def send(self, intent):
        self.step(intent, Stage.SENT, self.ledger.mark_sent(intent))

    @rule(intent=intents)
    def refuse(self, intent):
        if self.step(intent, Stage.REFUSED, self.ledger.settle_refused(intent, Problem(Reason.REFUSED))):
            _, key, before = self.wish[intent]
            self.standing[key] = before

    @rule(intent=intents)
    def lose_the_answer(self, intent):
        if self.step(intent, Stage.UNKNOWN, self.ledger.settle_unknown(intent, Problem(Reason.NO_ANSWER))):
            self.become_unknown(intent)

    def become_unknown(self, intent) -> None:
        verb, key, before = self.wish[intent]
        cancelling = verb is Verb.CANCEL or before is Standing.CANCEL_AWAITING_CODE
        self.standing[key] = Standing.CANCELLING_UNKNOWN if cancelling else Standing.BOOKING_UNKNOWN

    @rule(intent=intents, status=STATUSES)
    def answer(self, intent, status):
        verb, key, before = self.wish[intent]
        start = DAY + timedelta(hours=self.hour[key])
        answer = Appointment(f"a{next(self.ids)}", status, start, start + timedelta(hours=1))
        settle = {
            Verb.BOOK: self.ledger.settle_booked,
            Verb.CANCEL: self.ledger.settle_cancelled,
            Verb.CONFIRM: self.ledger.settle_confirmed,
        }[verb]
        if self.step(intent, Stage.DONE, settle(intent, answer)):
            code = (
                verb is Verb.CANCEL or before is Standing.CANCEL_AWAITING_CODE
            ) and status == "awaiting_confirmation"
            self.standing[key] = Standing.CANCEL_AWAITING_CODE if code else standing_from_status(status)

    @rule()
    def crash(self):
        self.runner.run(self.ledger.recover())
        for intent, stage in self.stage.items():
            if stage is Stage.PREPARED:
                self.stage[intent] = Stage.REFUSED
                _, key, before = self.wish[intent]
                self.standing[key] = before
            elif stage is Stage.SENT:
                self.stage[intent] = Stage.UNKNOWN
                self.become_unknown(intent)

    @invariant()
    def the_ledger_is_as_the_model(self):
        found = self.runner.run(self.ledger.appointments("cu", DAY, DAY + timedelta(days=1)))
        assert {own.key: own.standing for own in found} == self.standing

    @invariant()
    def every_unknown_outcome_is_an_open_task(self):
        tasks = self.runner.run(self.ledger.open_tasks())
        unknown = {intent for intent, stage in self.stage.items() if stage is Stage.UNKNOWN}
        assert {task.intent.id for task in tasks if task.intent and task.intent.stage is Stage.UNKNOWN} == unknown


TestLifeCycle = LifeCycle.TestCase
TestLifeCycle.settings = settings(
    max_examples=examples(10, 1_000), stateful_step_count=examples(30, 50), suppress_health_check=[HealthCheck.too_slow]
)
