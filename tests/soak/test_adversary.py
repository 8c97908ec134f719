"""Whatever is answered, the desk is told what is true. `dev.py soak --answers` tries 20,000; and what protects it is
switched off here, one thing after another, to see that this is found."""

import asyncio
from typing import Any
from unittest.mock import patch

from receptionapp.domain.appointment import Appointment
from receptionapp.leyr.errors import LeyrError
from receptionapp.leyr.pace import delay_before_next
from tests.soak.adversary import COUNTS, soak
from tests.soak.odd_answers import KINDS

SEED = 3


def found(answers: int = len(KINDS)) -> dict[str, int]:
    whole = soak(answers, SEED)
    return {name: whole[name] for name in COUNTS if whole[name]}


def test_whatever_is_answered_is_told_as_it_is() -> None:
    whole = soak(len(KINDS), SEED)
    assert {name: whole[name] for name in COUNTS} == dict.fromkeys(COUNTS, 0)
    assert (whole["answers"], set(whole["kinds"])) == (len(KINDS), set(KINDS))


def test_it_finds_an_answer_about_something_else_that_is_believed() -> None:
    def believe(_verb: Any, _own: Any, answer: Appointment, _known: Any) -> Appointment:
        return answer

    with patch("receptionapp.services.writing.check_answer", believe):
        assert found()["wrong_done"]


def test_it_finds_a_write_that_was_not_marked_as_sent() -> None:
    async def forget(_ledger: Any, _intent_id: Any) -> None:
        await asyncio.sleep(0)

    with patch("receptionapp.ledger.ledger.Ledger.mark_sent", forget):
        assert found()["lost_if_killed"]


def test_it_finds_a_write_that_is_sent_again() -> None:
    def again(error: LeyrError, attempt: int, *, write: bool) -> float | None:
        return 0.0 if write else delay_before_next(error, attempt, write=False)

    with patch("receptionapp.leyr.calling.delay_before_next", again):
        assert found()["wrong_repeated"]
