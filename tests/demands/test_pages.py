"""Demands through the doors that people use."""

from __future__ import annotations

import io
import stat
import threading
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands.case.models import Custody, Demand
from saas.kernel.db import session
from saas.territory import commands as territory
from saas.territory import queries as units
from tests.support import District, bring_up, token_in

WORDS = "院门口垃圾两天没有清运"
PLACE = "/demands/new/rubbish/courtyard_one"


def _values(**fields: object) -> dict[str, object]:
    values = {"category": "rubbish", "unit": "courtyard_one", "words": WORDS}
    return {**values, "submission": "one-time-key-0001", **fields}


def _file(district: District, who: str = "resident", **fields: object) -> str:
    answer = district.client(who).post(PLACE, **_values(**fields))
    assert answer.status_code == 302, answer.text
    return answer.location.split("/demands/")[1].split("?")[0]


def _act(
    district: District, who: str, code: str, verb: str, reason: str = "", **more: object
) -> int:
    visitor = district.client(who)
    return visitor.post(f"/demands/{code}", verb=verb, reason=reason, **more).status_code


def test_a_demand_climbs_five_levels_and_ends_at_the_top(alpha: District) -> None:
    code = _file(alpha)
    for who in ("courtyard", "compound", "community", "street"):
        assert _act(alpha, who, code, "accept") == 302
        assert _act(alpha, who, code, "pass_up", "本级无法解决") == 302
    assert _act(alpha, "officer", code, "accept") == 302
    assert _act(alpha, "officer", code, "pass_up", "再上") == 422
    assert _act(alpha, "officer", code, "end", "已纳入明年计划") == 302
    page = alpha.client("resident").get(f"/demands/{code}").text
    assert "已纳入明年计划" in page
    with alpha.work():
        story = session.scalars(sa.select(Custody).order_by(Custody.number)).all()
        assert [act.number for act in story] == list(range(1, len(story) + 1))
        for before, after in pairwise(story):
            assert after.from_unit_id == before.to_unit_id, "custody has a gap"


def test_returned_twice_both_returns_are_seen_by_the_resident(alpha: District) -> None:
    code = _file(alpha)
    for reason in ("请先上门核实", "请补充照片"):
        assert _act(alpha, "courtyard", code, "accept") == 302
        assert _act(alpha, "courtyard", code, "pass_up", "需要小区") == 302
        assert _act(alpha, "compound", code, "accept") == 302
        assert _act(alpha, "compound", code, "return_down", reason) == 302
    page = alpha.client("resident").get(f"/demands/{code}").text
    assert "请先上门核实" in page
    assert "请补充照片" in page
    returned = alpha.client("courtyard").get("/demands?list=returned").text
    assert code in returned


def test_each_list_holds_what_its_name_says(alpha: District) -> None:
    code = _file(alpha)
    steward, above = alpha.client("courtyard"), alpha.client("compound")
    assert code in steward.get("/demands").text
    assert code not in above.get("/demands").text
    assert code in above.get("/demands?list=area").text
    _act(alpha, "courtyard", code, "accept")
    _act(alpha, "courtyard", code, "pass_up", "需要小区")
    assert code not in steward.get("/demands").text
    assert code in steward.get("/demands?list=passed_up").text
    assert code in above.get("/demands").text
    _act(alpha, "compound", code, "accept")
    _act(alpha, "compound", code, "resolve", "已清运")
    assert code not in above.get("/demands").text
    assert code in above.get("/demands?list=ended").text


def test_only_who_acts_for_the_holder_or_above_may_act(alpha: District) -> None:
    code = _file(alpha)
    assert _act(alpha, "auditor", code, "accept") == 403
    assert _act(alpha, "neighbour", code, "accept") == 404
    assert _act(alpha, "resident", code, "accept") == 403
    assert _act(alpha, "keeper", code, "accept") in {403, 404}
    assert _act(alpha, "courtyard", code, "withdraw") == 403
    assert _act(alpha, "street", code, "accept") == 302


def test_a_neighbour_of_the_same_courtyard_sees_nothing_of_it(alpha: District) -> None:
    code = _file(alpha)
    assert alpha.client("resident").get(f"/demands/{code}").status_code == 200
    for path in (f"/demands/{code}", f"/demands/{code}/photo"):
        assert alpha.client("neighbour").get(path).status_code == 404
    assert WORDS not in alpha.client("neighbour").get("/demands/mine").text


def test_a_resident_withdraws_and_nobody_can_work_on_it_then(alpha: District) -> None:
    code = _file(alpha)
    assert _act(alpha, "resident", code, "withdraw") == 302
    assert _act(alpha, "courtyard", code, "accept") == 422
    assert _act(alpha, "resident", code, "withdraw") == 422


def test_what_has_changed_since_it_was_read_is_told_and_nothing_is_done(alpha: District) -> None:
    code = _file(alpha)
    assert _act(alpha, "courtyard", code, "accept", seen=1) == 302
    assert _act(alpha, "courtyard", code, "resolve", "好了", seen=1) == 422
    with alpha.work():
        assert session.scalar(sa.select(Demand.state)) == "accepted"


@pytest.mark.parametrize("verb", ["resolve", "pass_up"])
def test_a_reason_is_asked_for_and_what_was_typed_is_kept(alpha: District, verb: str) -> None:
    code = _file(alpha)
    _act(alpha, "courtyard", code, "accept")
    answer = alpha.client("courtyard").post(f"/demands/{code}", verb=verb, reason="  ")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    long = alpha.client("courtyard").post(f"/demands/{code}", verb=verb, reason="长" * 1001)
    assert long.status_code == 422
    assert "长" * 1001 in long.text


def test_the_same_form_twice_makes_one_demand(alpha: District) -> None:
    assert _file(alpha) == _file(alpha, words="又按了一次")
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 1


def test_anothers_submission_key_gives_nothing_of_theirs(alpha: District) -> None:
    _file(alpha)
    answer = alpha.client("neighbour").post(PLACE, **_values())
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "字" * 2001}, 422),
        ({"words": "🀄" * 2000}, 302),
        ({"words": "\u202eلا\u200b零宽"}, 302),
        ({"submission": "short"}, 422),
        ({"unit": "street_one"}, 404),
        ({"category": "environment"}, 422),
        ({"category": "no_such"}, 422),
        ({"photo": "text where a file belongs"}, 422),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_words(
    alpha: District, fields: dict[str, object], status: int
) -> None:
    answer = alpha.client("resident").post(PLACE, **_values(**fields))
    assert answer.status_code == status, answer.text
    if status == 422:
        assert 'role="alert"' in answer.text
        assert str(fields.get("words", WORDS)) in answer.text


def _picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    out.seek(0)
    return out


def test_a_picture_is_drawn_anew_without_what_it_carried(alpha: District) -> None:
    source = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    remark = b"secret place <script>"
    Image.new("RGB", (3000, 2000), "teal").save(source, "JPEG", exif=exif, comment=remark)
    source.seek(0)
    code = _file(alpha, photo=(source, "photo.jpg"))
    answer = alpha.client("resident").get(f"/demands/{code}/photo")
    assert answer.status_code == 200
    assert b"secret place" not in answer.data
    answer.close()
    with Image.open(io.BytesIO(answer.data)) as stored:
        assert (stored.format, max(stored.size), dict(stored.getexif())) == ("JPEG", 1600, {})


def _odd_picture() -> bytes:
    """A readable picture whose remarks are not what they should be."""
    remarks, out = PngInfo(), io.BytesIO()
    remarks.add_text("xmp", "text where bytes belong")
    Image.new("RGB", (40, 30), "teal").save(out, "PNG", pnginfo=remarks)
    return out.getvalue()


def _pictures(district: District) -> int:
    folder = district.app.config["SAAS"].data_dir / "files" / district.tenant.schema
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_picture_is_kept_only_with_the_demand_that_it_belongs_to(alpha: District) -> None:
    _file(alpha, photo=(_picture(), "photo.jpg"))
    before = _pictures(alpha)
    for fields in ({"category": "nothing"}, {}):  # refused; sent once more
        values = {**_values(**fields), "photo": (_picture(), "photo.jpg")}
        alpha.client("resident").post(PLACE, **values)
    assert _pictures(alpha) == before


def test_pictures_can_be_opened_by_this_program_alone(alpha: District) -> None:
    _file(alpha, photo=(_picture(), "photo.jpg"))
    folder = alpha.app.config["SAAS"].data_dir / "files" / alpha.tenant.schema
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_act_named_twice_is_the_one_that_was_done(alpha: District) -> None:
    code = _file(alpha)
    visitor = alpha.client("courtyard")
    token = token_in(visitor.get(f"/demands/{code}").text)
    data = {"csrf_token": token, "verb": ["nothing", " accept"]}
    answer = visitor.client.post(f"{alpha.root}/demands/{code}", data=data)
    assert answer.status_code == 302


def _flat_png(width: int, height: int) -> bytes:
    """A few kilobytes that would fill gigabytes when drawn."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "x.svg"),
        (b"GIF89a" + b"\0" * 100, "x.gif"),
        (b"not a picture", "x.jpg"),
        (b"", "x.jpg"),
        (_flat_png(5000, 5000), "bomb.png"),
        (b"\xff\xd8\xff" + b"\0" * 50, "x.jpg"),
        (b"\0" * (10 * 1024 * 1024 + 1), "big.jpg"),
        (_odd_picture(), "x.png"),
    ],
    ids=["svg", "gif", "text", "empty", "bomb", "broken", "too large", "odd remarks"],
)
def test_what_is_no_picture_is_refused_and_the_words_are_kept(
    alpha: District, data: bytes, name: str
) -> None:
    fields = _values(photo=(io.BytesIO(data), name))
    answer = alpha.client("resident").post(PLACE, **fields)
    assert answer.status_code == 422, answer.text
    assert WORDS in answer.text


def test_more_than_the_limit_is_refused_before_it_is_read(alpha: District) -> None:
    visitor = alpha.client("resident")
    size = {"CONTENT_LENGTH": str(33 * 1024 * 1024)}
    kind = "multipart/form-data; boundary=b"
    path = alpha.root + PLACE
    answer = visitor.client.post(path, data=b"--b", content_type=kind, environ_overrides=size)
    assert answer.status_code == 413


def test_filing_too_often_is_slowed_down(alpha: District) -> None:
    for number in range(20):
        _file(alpha, submission=f"one-time-key-{number:04}")
    answer = alpha.client("resident").post(PLACE, **_values(submission="one-time-key-over"))
    assert answer.status_code == 429
    assert WORDS in answer.text


def test_a_place_outside_the_ladder_goes_to_the_nearest_level_above(alpha: District) -> None:
    with alpha.work():
        territory.add_unit(
            code="group_one", kind="resident_group", name={"zh": "一组"},
            parent=alpha.unit("community"), actor=alpha.actor("admin"),
        )  # fmt: skip
    answer = alpha.client("resident").post(
        "/demands/new/rubbish/group_one", **_values(unit="group_one")
    )
    assert answer.status_code == 302
    with alpha.work():
        assert session.scalar(sa.select(Demand.level)) == "community"


def test_where_nobody_fills_the_post_the_resident_is_told_who_sees_it(alpha: District) -> None:
    code, told = _file(alpha), "compound one above it sees this too"
    resident = alpha.client("resident")
    resident.get("/language/en")
    assert told not in resident.get(f"/demands/{code}").text
    with alpha.work():
        person = people.find_person(alpha.people["courtyard"])
        assert person is not None
        accounts.disable_person(person, reason="离任", actor=alpha.actor("admin"))
    assert told in resident.get(f"/demands/{code}").text
    assert code in alpha.client("compound").get("/demands?list=area").text


def test_when_units_merge_the_queue_goes_along_and_the_story_says_so(alpha: District) -> None:
    code = _file(alpha)
    with alpha.work():
        actor = alpha.actor("admin")
        other = territory.add_unit(
            code="courtyard_two", kind="courtyard", name={"zh": "二号院"},
            parent=alpha.unit("compound"), actor=actor,
        )  # fmt: skip
        territory.merge_units(alpha.unit("courtyard"), into=other, reason="合并", actor=actor)
    assert code in alpha.client("courtyard").get("/demands").text
    with alpha.work():
        demand = session.scalar(sa.select(Demand))
        assert demand is not None
        assert demand.holder_id == units.unit_by_code("courtyard_two").id
        last = session.scalar(sa.select(Custody).order_by(Custody.number.desc()))
        assert last is not None
        assert last.verb == "take_over"


def test_the_json_list_is_the_same_list(alpha: District) -> None:
    code = _file(alpha)
    answer = alpha.client("courtyard").get("/api/v1/demands")
    assert answer.json["total"] == 1
    assert answer.json["items"][0]["code"] == code
    assert alpha.client("resident").get("/api/v1/demands").status_code == 403
    problem = alpha.client().get("/api/v1/demands")
    assert (problem.status_code, problem.mimetype) == (401, "application/problem+json")


def test_the_list_takes_the_same_number_of_queries_whatever_its_length(alpha: District) -> None:
    visitor = alpha.client("courtyard")

    def queries() -> int:
        sent: list[str] = []

        def note(*args: object) -> None:
            sent.append(str(args[2]))

        with alpha.app.test_request_context():
            connection = session().get_bind()
        sa.event.listen(connection, "before_cursor_execute", note)
        try:
            assert visitor.get("/demands").status_code == 200
        finally:
            sa.event.remove(connection, "before_cursor_execute", note)
        return len(sent)

    visitor.get("/demands")
    empty = queries()
    for number in range(12):
        _file(alpha, submission=f"one-time-key-{number:04}")
    assert queries() == empty


@pytest.mark.commits
def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    district = bring_up(app, "atonce")
    code = _file(district)
    _act(district, "courtyard", code, "accept")
    answers: list[int] = []
    visitors = [district.client(who) for who in ("courtyard", "compound")]
    tokens = [token_in(v.get(f"/demands/{code}").text) for v in visitors]

    def send(number: int, verb: str) -> None:
        data = {"csrf_token": tokens[number], "verb": verb, "reason": "同时", "seen": "2"}
        path = f"{district.root}/demands/{code}"
        answers.append(visitors[number].client.post(path, data=data).status_code)

    threads = [
        threading.Thread(target=send, args=pair) for pair in enumerate(("resolve", "pass_up"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 422]
    with district.work():
        assert session.scalar(sa.select(sa.func.count(Custody.id))) == 3


@pytest.mark.commits
def test_the_same_form_sent_twice_at_once_makes_one_demand(app: Flask) -> None:
    district = bring_up(app, "doubled")
    visitors = [district.client("resident") for _ in range(4)]
    tokens = [token_in(v.get(PLACE).text) for v in visitors]
    answers: list[int] = []

    def send(number: int) -> None:
        data = {"csrf_token": tokens[number], **_values()}
        answers.append(visitors[number].client.post(district.root + PLACE, data=data).status_code)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    with district.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 1
