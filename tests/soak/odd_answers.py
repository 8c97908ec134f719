"""Every way to answer a write, by name. None lies where nobody could find it out: what is not what was asked differs in
something that is said, and what is refused in Leyr's own words did not happen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from tests.soak.odd_leyr import RESOURCES, SERVICES, UNITS, Exchange, Patient, Record, message

APPOINTMENTS = ("book", "cancel", "move", "confirm", "undo")
ALL = (*APPOINTMENTS, "register")
HTML = b"<html><body>Blocked</body></html>"


@dataclass(frozen=True)
class Kind:
    """`patience` is how long the desk waits for it, in seconds. `code`: the EHR asks for a code."""

    answer: Callable[[Exchange], Awaitable[None]]
    verbs: tuple[str, ...] = ALL
    patience: float = 30.0
    code: bool = False
    behind_timeslots: bool = False


KINDS: dict[str, Kind] = {}
Answer = Callable[[Exchange], Awaitable[None]]


def kind(name: str, *verbs: str, **more: Any) -> Callable[[Answer], Answer]:
    def keep(answer: Answer) -> Answer:
        KINDS[name] = Kind(answer, verbs or ALL, **more)
        return answer

    return keep


# What was asked, in other words


@kind("right")
async def right(x: Exchange) -> None:
    x.commit()
    await x.answer()


@kind("bare object")
async def bare_object(x: Exchange) -> None:
    x.commit()
    await x.answer(x.body()[1:-1])


@kind("extra and empty fields")
async def extra_fields(x: Exchange) -> None:
    x.commit()
    empty = {name: None for name in ("care_unit_id", "resource_id", "comment") if isinstance(x.right, Record)}
    await x.answer(x.body(links={"self": "/somewhere"}, price=199.5, **empty))


@kind("headers in another order")
async def headers_shuffled(x: Exchange) -> None:
    x.commit()
    more = ["X-Odd: 1", "SET-COOKIE: a=b", "content-type: text/html", "Retry-After: 3", "Server: nginx"]
    await x.answer(headers=tuple(x.rng.sample(more, len(more))))


@kind("a code is asked for", "book", "cancel", "move", code=True)
async def asks_for_code(x: Exchange) -> None:
    x.commit()
    await x.answer()


@kind("100 Continue before it")
async def continues(x: Exchange) -> None:
    x.commit()
    await x.raw(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 5)
    await x.answer()


@kind("drips")
async def drips(x: Exchange) -> None:
    x.commit()
    whole = message(x.body())
    await x.raw(*(whole[at : at + 7] for at in range(0, len(whole), 7)))


@kind("a status that nobody knows", "book")
async def odd_status(x: Exchange) -> None:
    x.commit(status="declined")
    await x.answer(x.body(status="declined"))


# About something else


async def about_else(x: Exchange, **changes: Any) -> None:
    """Which is what happened, or it is what was asked, or nothing did."""
    match x.rng.choice(("asked", "answered", "nothing")):
        case "asked":
            x.commit()
        case "answered":
            x.commit(**changes)
    moments = {name: value.isoformat() for name, value in changes.items() if name in ("start", "end")}
    await x.answer(x.body(**changes | moments))


def other(of: str, among: tuple[str, ...]) -> str:
    return next(each for each in among if each != of)


def differs(name: str, change: Callable[[Record], dict[str, Any]]) -> None:
    @kind(name, *APPOINTMENTS)
    async def answer(x: Exchange) -> None:
        assert isinstance(x.right, Record)
        await about_else(x, **change(x.right))


differs("another hour", lambda r: {"start": r.start + timedelta(hours=10), "end": r.end + timedelta(hours=10)})
differs("another day", lambda r: {"start": r.start + timedelta(days=9), "end": r.end + timedelta(days=9)})
differs("another end", lambda r: {"end": r.end + timedelta(hours=8)})
differs("another patient", lambda r: {"patient_id": "emr_id:p5"})
differs("another patient's bare id", lambda r: {"patient_id": "p5"})
differs("another service", lambda r: {"healthcare_service_id": other(r.healthcare_service_id, SERVICES)})
differs("another resource", lambda r: {"resource_id": other(r.resource_id, RESOURCES)})
differs("another care unit", lambda r: {"care_unit_id": other(r.care_unit_id, UNITS)})


@kind("another id", "cancel")
async def another_id(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(x.body(id="another"))


@kind("the id of another of ours", "book")
async def id_of_another(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(x.body(id=x.rng.choice(x.leyr.known_ids or [".."])))


@kind("the opposite status", "book", "cancel")
async def opposite(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(x.body(status="cancelled" if x.verb == "book" else x.rng.choice(("booked", "completed", ""))))


@kind("another patient's number", "register")
async def another_number(x: Exchange) -> None:
    """Somebody else of that name, and the patient is there or is not."""
    x.maybe_commit()
    assert isinstance(x.right, Patient)
    await x.answer(x.body(external_id="01819012345", id="leyr:p4", emr_id="p4"))


@kind("another patient's name", "register")
async def another_name(x: Exchange) -> None:
    await x.answer(json.dumps([x.leyr.patients["p3"].as_json()]).encode())


@kind("two items", *APPOINTMENTS)
async def two_items(x: Exchange) -> None:
    x.maybe_commit()
    both = [x.right.as_json(), x.right.as_json() | {"id": "another"}]
    await x.answer(json.dumps(x.rng.sample(both, 2)).encode())


@kind("an id that can't be used", *APPOINTMENTS)
async def unusable_id(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(x.body(id=x.rng.choice(("", ".", "..", "a" * 9000, "a\x00b", None, {"a": 1}))))


# Nothing that can be read


@kind("an empty answer")
async def empty(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(x.rng.choice((b"", b"[]", b"null", b"{}", b"[[]]")), x.rng.choice((200, 201, 202)))


@kind("HTML with 200")
async def html_200(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(HTML)


@kind("wrong encoding")
async def wrong_encoding(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(headers=("content-encoding: gzip",))


@kind("not HTTP")
async def not_http(x: Exchange) -> None:
    x.maybe_commit()
    await x.raw(b"SSH-2.0-odd\r\n\r\n")
    x.hang_up()


@kind("a cut body")
async def cut(x: Exchange) -> None:
    x.maybe_commit()
    whole = message(x.body())
    await x.raw(whole[: x.rng.randrange(1, len(whole))])
    x.hang_up()


@kind("a length too long")
async def too_long(x: Exchange) -> None:
    x.maybe_commit()
    await x.raw(message(x.body()).replace(b"content-length: ", b"content-length: 9"))
    x.hang_up()


@kind("a length too short")
async def too_short(x: Exchange) -> None:
    x.maybe_commit()
    body = x.body()
    await x.raw(message(body[: -x.rng.randrange(2, 9)]) + body[-2:])


@kind("a chunk cut")
async def chunk_cut(x: Exchange) -> None:
    x.maybe_commit()
    body = x.body()
    await x.raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(body), body))
    x.hang_up()


# Statuses


REFUSALS = (
    (400, "BAD_REQUEST", "NO_TIMESLOTS_AVAILABLE"),
    (400, "BAD_REQUEST", "INVALID_PATIENT_ID"),
    (400, "BAD_REQUEST", "BAD_INPUT"),
    (401, "UNAUTHORIZED", ""),
    (429, "BAD_REQUEST", "BAD_INPUT"),
)


@kind("refused by Leyr")
async def refused(x: Exchange) -> None:
    await x.refuse(*x.rng.choice(REFUSALS))


@kind("refused by the EHR")
async def refused_by_emr(x: Exchange) -> None:
    await x.refuse(x.rng.choice((400, 403, 404, 409, 422)), "EMR_ERROR", x.rng.choice(("", "BAD_INPUT")))


@kind("the EHR failed")
async def emr_failed(x: Exchange) -> None:
    x.maybe_commit()
    await x.refuse(x.rng.choice((500, 502, 503, 504, 408)), "EMR_ERROR")


@kind("Leyr failed")
async def leyr_failed(x: Exchange) -> None:
    x.maybe_commit()
    await x.refuse(*x.rng.choice(((500, "UNKNOWN_ERROR"), (503, "SERVICE_UNAVAILABLE"), (500, "BAD_REQUEST"))))


@kind("4xx of a firewall")
async def firewall(x: Exchange) -> None:
    x.maybe_commit()
    status = x.rng.choice((400, 401, 403, 404, 406, 408, 409, 410, 413, 418, 422, 451, 499))
    await x.answer(x.rng.choice((HTML, b"", b"{}")), status)


@kind("5xx of a gateway")
async def gateway(x: Exchange) -> None:
    x.maybe_commit()
    await x.answer(HTML, x.rng.choice((500, 502, 503, 504, 507, 520, 599)))


@kind("3xx")
async def elsewhere(x: Exchange) -> None:
    status = x.rng.choice((301, 302, 303, 307, 308))
    if status in (302, 303):
        x.maybe_commit()
    await x.answer(b"", status, ("location: /elsewhere",))


@kind("too many requests")
async def too_many(x: Exchange) -> None:
    await x.answer(HTML, 429, ("retry-after: 1",))


# The line


@kind("reset before it is done")
async def reset_before(x: Exchange) -> None:
    x.reset()


@kind("reset after it is done")
async def reset_after(x: Exchange) -> None:
    x.commit()
    x.reset()


@kind("hangs up")
async def hangs_up(x: Exchange) -> None:
    x.maybe_commit()
    x.hang_up()


@kind("an answer behind that of the times", "book", behind_timeslots=True)
async def behind_timeslots(x: Exchange) -> None:
    """The stale one comes with the free times, then the write itself is not carried out."""
    plan = x.leyr.plan
    assert plan
    x.writer.write(message(x.body()))
    plan.behind_timeslots = False
    plan.answer = partial(Exchange.refuse, status=503, code="SERVICE_UNAVAILABLE")


@kind("an answer behind the answer")
async def behind_the_answer(x: Exchange) -> None:
    x.commit()
    await x.raw(message(x.body()) + message(x.body(status="cancelled")))


@kind("bytes behind the answer")
async def bytes_behind(x: Exchange) -> None:
    x.commit()
    await x.raw(message(x.body()) + b"\r\n\r\n0\r\nodd")


# Late


@kind("done, told late", patience=0.2)
async def late(x: Exchange) -> None:
    x.commit()
    await x.until_told()
    await x.answer()


@kind("refused late", patience=0.2)
async def late_refusal(x: Exchange) -> None:
    await x.until_told()
    await x.refuse(*x.rng.choice(REFUSALS))


@kind("done late", patience=0.2)
async def done_late(x: Exchange) -> None:
    await x.until_told()
    x.commit()
    await x.answer()


@kind("silent", patience=0.2)
async def silent(x: Exchange) -> None:
    x.maybe_commit()
    await x.until_told()
    x.hang_up()


@kind("about another, late", *APPOINTMENTS, patience=0.2)
async def another_late(x: Exchange) -> None:
    await x.until_told()
    await about_else(x, patient_id="emr_id:p5")


@kind("done after a failure")
async def done_after(x: Exchange) -> None:
    await x.refuse(503, "SERVICE_UNAVAILABLE")
    await asyncio.sleep(0)
    x.commit()


@kind("drips too slowly", patience=0.2)
async def drips_slowly(x: Exchange) -> None:
    x.commit()
    whole = message(x.body())
    await x.raw(whole[:20])
    await x.until_told()
    await x.raw(whole[20:])
