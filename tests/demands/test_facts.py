"""What webhooks are told of demands, whoever else was told or was not."""

from __future__ import annotations

import re
import threading
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import orjson
import sqlalchemy as sa

from saas.demands.case.words import VERBS
from saas.kernel.db import session
from saas.notices import commands as notices
from saas.notices.channels import Call, headers_of
from saas.notices.models import Delivery
from saas.territory import commands as territory
from tests.demands.programs import WORDS, act, clerk, enter
from tests.support import District

README = Path(__file__).resolve().parents[2] / "saas" / "api" / "README.md"


def _listen(district: District) -> None:
    events = sorted({verb.fact.name for verb in VERBS.values() if verb.fact})
    with district.work():
        notices.add_webhook(
            name="市级平台", url="https://a.example/", kinds=events, actor=district.actor("admin")
        )


def _told(district: District) -> list[tuple[str, dict[str, object]]]:
    with district.work():
        rows = session.execute(sa.select(Delivery.event, Delivery.payload).order_by(Delivery.id))
        return [(event, payload["facts"]) for event, payload in rows]


def test_every_step_of_a_demand_that_nobody_here_asked_for_is_told(alpha: District) -> None:
    _listen(alpha)
    system = clerk(alpha)
    code = enter(system, caller_name="王芳", caller_phone="13812345678", spot="3栋2单元")
    act(system, code, "accept")
    act(system, code, "note", reason="内部备注")
    act(system, code, "pass_up", reason="需要小区")
    act(system, code, "accept")
    act(system, code, "resolve", reason="已清运")
    told = _told(alpha)
    assert [event for event, _ in told] == [
        "demand.filed", "demand.accepted", "demand.moved", "demand.accepted", "demand.resolved",
    ]  # fmt: skip
    _, moved = told[2]
    assert {key: moved[key] for key in ("code", "verb", "number", "state", "level")} == {
        "code": code, "verb": "pass_up", "number": 4, "state": "waiting", "level": "compound",
    }  # fmt: skip
    assert moved["who"] == {"zh": "alphacompound", "en": "compound one"}
    assert told[-1][1]["due_at"] is None
    for secret in ("王芳", "13812345678", "3栋", WORDS, "内部备注", "已清运"):
        assert secret not in str(told)


def test_the_manual_says_which_verb_tells_what() -> None:
    named = re.findall(r"^\| ((?:`demand\.\w+` ?)+) \| (.+) \|$", README.read_text(), re.MULTILINE)
    pairs = [
        (event, verb)
        for events, verbs in named
        for event, those in zip(events.split(), verbs.split(" — "), strict=True)
        for verb in those.split(", ")
    ]
    meant = {(f"`{row.fact.name}`", row.code) for row in VERBS.values() if row.fact}
    assert set(pairs) == meant


def test_what_goes_over_with_a_merged_unit_is_told(alpha: District) -> None:
    admin = alpha.client("admin")
    form = {"name_zh": "新院落", "code": "courtyard_two", "kind": "courtyard"}
    assert admin.post("/units/compound_one/add", **form).status_code == 302
    code = enter(clerk(alpha))
    _listen(alpha)
    with alpha.work():
        unit = alpha.unit("courtyard")
        into = next(u for u in territory.queries.children(alpha.unit("compound")) if u != unit)
        territory.merge_units(unit, into=into, reason="合并", actor=alpha.actor("admin"))
    [(event, facts)] = _told(alpha)
    assert (event, facts["verb"], facts["code"]) == ("demand.moved", "take_over", code)


def test_where_nothing_listens_nothing_is_kept(alpha: District) -> None:
    act(clerk(alpha), enter(clerk(alpha)), "accept")
    assert _told(alpha) == []


def test_the_receiver_in_the_manual_takes_our_calls_and_no_others(alpha: District) -> None:
    [source] = re.findall(r"```python\n(import hashlib.*?)```", README.read_text(), re.DOTALL)
    heard: list[str] = []
    names: dict[str, object] = {"print": heard.append}
    exec(source.partition("HTTPServer((")[0], names)  # our own manual
    server = names["HTTPServer"](("127.0.0.1", 0), names["Hook"])  # type: ignore[operator]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with alpha.work():
            body = orjson.dumps({"id": "1", "event": "demand.filed"})
            secret = names["SECRET"].decode()  # type: ignore[attr-defined]
            call = Call("1", "https://a.example/", "demand.filed", body, secret, 1)
            headers = headers_of(call)
        url = f"http://127.0.0.1:{server.server_port}/"
        assert _post(url, body, headers) == 204
        assert _post(url, body.replace(b"filed", b"ended"), headers) == 401
        assert _post(url, body, {**headers, "X-Saas-Timestamp": "1"}) == 401
    finally:
        server.shutdown()
        server.server_close()
    assert heard == ["demand.filed"]


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
