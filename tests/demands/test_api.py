"""Demands through the door for programs."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.models import ApiToken
from saas.demands import permissions
from saas.demands.case.models import Custody, Demand
from saas.demands.domain import DOMAIN
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from tests.api.conftest import Program
from tests.demands.programs import FILED, act, clerk, enter
from tests.demands.test_pages import _file, _picture
from tests.support import District, bring_up

HOSTILE = ["🀄️龙" * 40, "\u202eلا\u2066", "\u200b\u200d\ufeff垃圾", "<script>'; --", "长" * 2000]


def _one(caller: Program, code: str) -> dict[str, object]:
    answer = caller.get(f"/demands/{code}")
    assert answer.status_code == 200, answer.text
    return answer.json  # type: ignore[return-value]


def _count(district: District) -> int:
    with district.work():
        return session.scalar(sa.select(sa.func.count(Demand.id))) or 0


def test_a_demand_goes_its_way_from_one_call_to_the_next(alpha: District) -> None:
    system = clerk(alpha)
    code = enter(system, spot="三单元门口", caller_name="王芳", caller_phone="13812345678")
    filed = _one(system, code)
    assert (filed["state"], filed["level"], filed["acts"]) == ("waiting", "courtyard", 1)
    assert filed["channel"] == "api"
    assert filed["holder"] == {
        "code": "courtyard_one", "name": {"zh": "alphacourtyard", "en": "courtyard one"},
    }  # fmt: skip
    assert filed["filer"] == {"name": "王芳", "phone": "13812345678"}
    assert filed["due_at"] > filed["filed_at"]  # type: ignore[operator]
    assert act(system, code, "accept", seen=1)[0] == 200
    status, moved = act(system, code, "pass_up", reason="需要小区协调", seen=2)
    assert (status, moved["state"], moved["level"]) == (200, "waiting", "compound")
    last = moved["story"][-1]
    assert (last["verb"], last["reason"], last["number"]) == ("pass_up", "需要小区协调", 3)
    assert last["from_unit"]["code"] == "courtyard_one"
    assert last["to_unit"]["code"] == "compound_one"
    assert (last["actor_kind"], last["actor"]) == ("token", "网格系统")
    assert "网格系统" in alpha.client("compound").get(f"/demands/{code}").text


def test_what_is_open_now_can_be_done_and_what_it_asks_is_asked(alpha: District) -> None:
    system = clerk(alpha)
    code = enter(system)
    told = system.get(f"/demands/{code}/acts").json
    assert told is not None
    assert told["seen"] == 1
    by_verb = {one["verb"]: one for one in told["acts"]}
    assert by_verb["accept"] == {
        "verb": "accept", "name": "受理", "asks": [], "takes": [], "options": {},
    }  # fmt: skip
    assert by_verb["transfer"]["asks"] == ["reason", "unit"]
    assert _one(system, code)["verbs"] == list(by_verb)
    act(system, code, "accept")
    open_now = {one["verb"]: one for one in system.get(f"/demands/{code}/acts").json["acts"]}  # type: ignore[index]
    causes = [option["value"] for option in open_now["suspend"]["options"]["code"]]
    assert "weather" in causes
    status, refused = act(system, code, "suspend", reason="下雨")
    assert (status, set(refused["errors"])) == (422, {"code", "until"})
    until = (clock.now() + timedelta(days=3)).date().isoformat()
    status, stands = act(system, code, "suspend", reason="下雨", code="weather", until=until)
    assert (status, stands["state"]) == (200, "suspended")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"verb": "accept", "rating": 5}, "rating"),
        ({"verb": "accept", "unit": "compound_one"}, "unit"),
        ({"verb": "merge", "into": "nosuchdemand"}, "into"),
        ({"verb": "transfer", "reason": "x", "unit": "nowhere"}, "unit"),
        ({"verb": "climb"}, "verb"),
        ({"verb": "dance"}, "verb"),
        ({"verb": "accept", "seen": "one"}, "seen"),
        ({"verb": "accept", "more": 1}, "more"),
        ({"verb": "supervise", "reason": "长" * 1001}, "reason"),
    ],
)
def test_what_an_act_cannot_take_is_told_at_its_field(
    alpha: District, said: dict[str, Any], field: str
) -> None:
    system = clerk(alpha)
    code = enter(system)
    verb = said.pop("verb")
    status, problem = act(system, code, verb, **said)
    assert (status, list(problem["errors"])) == (422, [field])
    assert _one(system, code)["acts"] == 1


def test_who_comes_second_is_told_what_happened_and_by_whom(alpha: District) -> None:
    first, second = clerk(alpha, name="街道系统"), clerk(alpha, name="社区系统")
    code = enter(first)
    assert act(first, code, "accept", seen=1)[0] == 200
    status, problem = act(second, code, "accept", seen=1)
    assert (status, problem["code"]) == (409, "conflict")
    assert "街道系统" in problem["detail"]
    assert "受理" in problem["detail"]
    assert act(second, code, "accept")[0] == 409
    assert _one(second, code)["acts"] == 2


def test_who_hid_the_name_is_named_to_nobody(alpha: District) -> None:
    code = _file(alpha, anonymous="yes")
    assert alpha.client("resident").post(f"/demands/{code}", verb="withdraw").status_code == 302
    system = clerk(alpha, "root", *DOMAIN.permissions[0].permissions, "district:audit:view")
    told = _one(system, code)
    assert told["filer"] is None
    assert told["anonymous"] is True
    assert "alpha resident" not in str(told)
    status, problem = act(system, code, "accept", seen=1)
    assert status == 409
    assert "撤回" in problem["detail"]
    assert "alpha resident" not in problem["detail"]
    page = alpha.client("courtyard").post(f"/demands/{code}", verb="accept", seen="1").text
    assert "alpha resident" not in page


def test_who_filed_openly_is_named_to_those_who_handle_it_and_no_others(alpha: District) -> None:
    code = _file(alpha)
    assert _one(clerk(alpha), code)["filer"] == {"name": "alpha resident", "phone": ""}
    assert _one(clerk(alpha, "root", permissions.VIEW), code)["filer"] is None


def test_one_program_is_not_two_pairs_of_eyes_nor_is_its_maker(alpha: District) -> None:
    system = clerk(alpha)
    code = enter(system)
    act(system, code, "accept")
    assert act(system, code, "doubt", reason="私事", code="not_public")[0] == 200
    assert act(system, code, "uphold", reason="同意")[0] == 403
    assert act(clerk(alpha), code, "uphold", reason="同意")[0] == 403
    with alpha.work():
        row = session.scalars(sa.select(Custody).where(Custody.verb == "doubt")).one()
        assert row.actor_id is None
        assert row.token_id is not None
        admin = alpha.people["admin"]
        post = accounts.add_post(
            unit=alpha.unit("street"), role=people.role("street_officer"), name={"zh": "督办岗"},
            actor=SYSTEM,
        )  # fmt: skip
        person = people.find_person(admin)
        assert person is not None
        accounts.give_post(person, post, actor=SYSTEM)
    refused = alpha.client("admin").post(f"/demands/{code}", verb="uphold", reason="同意")
    assert refused.status_code == 422
    other = alpha.client("street").post(f"/demands/{code}", verb="uphold", reason="同意")
    assert other.status_code == 302


def test_a_tokens_number_is_never_taken_for_a_persons(alpha: District) -> None:
    code, system = _file(alpha), clerk(alpha, "courtyard")
    with alpha.work():
        session.execute(sa.update(ApiToken).values(id=alpha.people["resident"]))
    assert "withdraw" not in _one(system, code)["verbs"]  # type: ignore[operator]
    assert act(system, code, "withdraw")[0] == 403
    assert act(system, code, "accept")[0] == 200
    with alpha.work():
        accepted = session.scalars(sa.select(Custody).where(Custody.verb == "accept")).one()
        assert (accepted.actor_id, accepted.token_id) == (None, alpha.people["resident"])


def test_a_list_is_narrowed_down_as_asked(alpha: District) -> None:
    system = clerk(alpha)
    rubbish, lift = enter(system), enter(system, category="lifts")
    act(system, lift, "accept")

    def found(query: str) -> set[str]:
        answer = system.get(f"/demands?{query}")
        assert answer.status_code == 200, answer.text
        return {row["code"] for row in answer.json["items"]}  # type: ignore[index]

    assert found("list=area") == {rubbish, lift}
    assert found("list=area&category=sanitation") == {rubbish}
    assert found("list=area&kind=affairs") == set()
    assert found("list=area&level=courtyard&state=accepted") == {lift}
    assert found("list=area&held=compound_one") == set()
    assert found("list=ended") == set()
    act(system, lift, "resolve", reason="已修好")
    assert found("list=area") == {rubbish}
    assert found("list=ended") == {lift}
    assert found("list=all") == {rubbish, lift}
    assert found("list=all&page_size=1&page=2") == {rubbish}
    with clock.turned(timedelta(hours=1)):
        since = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        act(system, rubbish, "accept")
        assert found(f"list=all&changed_since={since}") == {rubbish}
    for wrong in ("list=none", "state=lost", "changed_since=yesterday", "since=2026"):
        assert system.get(f"/demands?{wrong}").status_code == 422, wrong


def test_a_row_of_a_list_has_codes_and_names(alpha: District) -> None:
    system = clerk(alpha)
    code = enter(system)
    [row] = system.get("/demands?list=area").json["items"]  # type: ignore[index]
    assert row["code"] == code
    assert row["category"] == {"code": "rubbish", "name": {"zh": "垃圾清运", "en": "Rubbish collection"}}  # fmt: skip # noqa: E501
    assert (row["unit"]["code"], row["holder"]["code"]) == ("courtyard_one", "courtyard_one")
    assert (row["kind"], row["channel"], row["acts"]) == ("demands", "api", 1)
    assert row["changed_at"] >= row["filed_at"]


def test_anybody_may_read_what_can_be_asked_for_and_on_which_terms(alpha: District) -> None:
    nobody = Program(alpha, None)
    kinds = nobody.get("/kinds").json["kinds"]  # type: ignore[index]
    assert [kind["code"] for kind in kinds] == ["affairs", "conveniences", "demands"]
    categories = {c["code"]: c for c in nobody.get("/categories").json["categories"]}  # type: ignore[index]
    assert categories["rubbish"]["open"] is True
    assert categories["rubbish"]["parent"] == "sanitation"
    assert categories["sanitation"]["open"] is False
    told = nobody.get("/deadlines").json
    assert told is not None
    first = told["deadlines"][0]
    assert first == {"level": "courtyard", "category": None, "accept_hours": 4, "resolve_hours": 16}
    assert told["terms"]["reopen_days"] == 15


def test_who_may_call_what(alpha: District, beta: District) -> None:
    code = enter(clerk(alpha))
    reads = (f"/demands/{code}", f"/demands/{code}/acts", "/demands")
    theirs = clerk(beta)
    for path in reads:
        assert Program(alpha, None).get(path).status_code == 401, path
        assert Program(alpha, theirs.token).get(path).status_code == 401, path
        assert clerk(alpha, "root", permissions.FILE).get(path).status_code == 403, path
        assert clerk(alpha, "root", permissions.VIEW).get(path).status_code == 200, path
    for path in reads[:2]:
        assert theirs.get(path).status_code == 404, path
    viewer = clerk(alpha, "root", permissions.VIEW)
    assert act(viewer, code, "accept")[0] == 403
    assert viewer.call("POST", "/demands", json=FILED).status_code == 403
    assert Program(alpha, None).call("POST", "/demands", json=FILED).status_code == 401
    assert act(Program(alpha, None), code, "accept")[0] == 401
    assert _count(alpha) == 1


def test_a_token_enters_only_what_arose_within_its_reach(alpha: District) -> None:
    narrow = clerk(alpha, "compound")
    enter(narrow, unit="courtyard_one")
    for unit in ("community_one", "nowhere", "street_one"):
        answer = narrow.call("POST", "/demands", json={**FILED, "unit": unit})
        assert answer.status_code == 422, unit
        assert list(answer.json["errors"]) == ["unit"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"category": "sanitation"}, "category"),
        ({"category": "nothing"}, "category"),
        ({"words": "  "}, "words"),
        ({"words": "长" * 2001}, "words"),
        ({"spot": "长" * 101}, "spot"),
        ({"caller_phone": "call me"}, "caller_phone"),
        ({"channel": "own"}, "channel"),
        ({"anonymous": "maybe"}, "anonymous"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_field(
    alpha: District, wrong: dict[str, object], field: str
) -> None:
    answer = clerk(alpha).call("POST", "/demands", json={**FILED, **wrong})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]  # type: ignore[index]
    assert _count(alpha) == 0


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_kept_as_it_was_sent(alpha: District, words: str) -> None:
    system = clerk(alpha)
    code = enter(system, words=words, spot=words[:100])
    assert _one(system, code)["words"] == words
    assert _one(system, code)["spot"] == words[:100]


def test_a_body_that_is_too_large_or_holds_a_nul_makes_nothing(alpha: District) -> None:
    system = clerk(alpha)
    huge = system.call("POST", "/demands", json={**FILED, "words": "x" * 1024 * 1024})
    assert huge.status_code == 413
    assert system.call("POST", "/demands", json={**FILED, "words": "a\x00b"}).status_code == 422
    assert _count(alpha) == 0


def test_what_is_sent_again_under_its_key_makes_one_demand_however_late(alpha: District) -> None:
    system, other = clerk(alpha), clerk(alpha)
    code = enter(system, "monday-1")
    assert enter(system, "monday-1") == code
    with clock.turned(timedelta(days=4)):  # the stored answer is gone, the demand is not
        assert enter(system, "monday-1") == code
    with clock.turned(timedelta(days=8)):
        assert enter(system, "monday-1", words="另一件事") != code
    assert enter(other, "monday-1") != code
    assert enter(system) != enter(system)
    assert _count(alpha) == 5


@pytest.mark.commits
def test_a_demand_that_arrives_several_times_at_once_is_one(app: Flask) -> None:
    district = bring_up(app, "apionce")
    system, codes, begin = clerk(district), list[str](), threading.Barrier(2)

    def send() -> None:
        begin.wait()
        codes.append(enter(system, "at-once"))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 2
    assert len(set(codes)) == 1
    assert _count(district) == 1


def test_the_picture_is_for_those_who_may_see_the_demand(alpha: District) -> None:
    code, system = _file(alpha, photo=(_picture(), "photo.jpg")), clerk(alpha)
    address = _one(system, code)["photo"]
    assert str(address).endswith(f"{alpha.root}/api/v1/demands/{code}/photo")
    picture = system.get(f"/demands/{code}/photo")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert picture.data.startswith(b"\xff\xd8")
    picture.close()
    assert Program(alpha, None).get(f"/demands/{code}/photo").status_code == 401
    assert system.get(f"/demands/{enter(system)}/photo").status_code == 404


def test_a_resident_files_on_the_pages_and_not_here(alpha: District) -> None:
    visitor = alpha.client("resident")
    answer = visitor.get("/api/v1/demands")
    assert answer.status_code == 403
