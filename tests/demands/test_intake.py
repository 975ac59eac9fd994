"""Every way in but the workbook: what is known already, a room's code, desk, phone and patrol."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands.case.models import Custody, Demand
from saas.kernel.db import session
from tests.support import District, Visitor

WORDS = "院门口垃圾两天没有清运，味道很大"
PLACE = "/demands/new/rubbish/courtyard_one"
PHONE = "13800138000"


def _values(**fields: object) -> dict[str, object]:
    values = {"category": "rubbish", "unit": "courtyard_one", "words": WORDS}
    return {**values, "submission": "intake-key-000001", **fields}


def _entry(**fields: object) -> dict[str, object]:
    return _values(channel="desk", **fields)


def _file(district: District, who: str = "resident", **fields: object) -> str:
    answer = district.client(who).post(PLACE, **_values(**fields))
    assert answer.status_code == 302, answer.text
    return str(answer.location).split("/demands/")[1].split("?")[0]


def _one(district: District) -> Demand:
    """The newest demand, as it is stored."""
    with district.work():
        demand = session.scalars(sa.select(Demand).order_by(Demand.id.desc()).limit(1)).one()
        session.expunge(demand)
    return demand


# What is known already


def test_a_neighbour_is_shown_what_is_open_without_a_word_of_it_and_can_follow(
    alpha: District,
) -> None:
    code = _file(alpha, open_to_neighbours="1")
    neighbour = alpha.client("neighbour")
    hints = neighbour.post("/demands/similar", **_values())
    assert f"/demands/open/{code}" in hints.text
    assert WORDS not in hints.text
    assert "alpha resident" not in hints.text
    step = neighbour.post(PLACE, **_values(submission="neighbours-key-01"))
    assert step.status_code == 422
    assert f"/demands/open/{code}" in step.text
    assert WORDS in step.text, "what the neighbour typed stays"
    assert neighbour.post(f"/demands/open/{code}", follow="yes").status_code == 302
    sent = neighbour.post(PLACE, **_values(submission="neighbours-key-01", looked="1"))
    assert sent.status_code == 302


def test_what_its_filer_keeps_for_himself_is_shown_to_staff_alone(alpha: District) -> None:
    code = _file(alpha)
    assert code not in alpha.client("neighbour").post("/demands/similar", **_values()).text
    assert _file(alpha, "neighbour", submission="neighbours-key-01") != code
    staff = alpha.client("courtyard").post("/demands/similar", **_values()).text
    assert f"/demands/{code}" in staff
    assert WORDS in staff


def test_other_words_about_another_matter_are_no_hint_on_the_way(alpha: District) -> None:
    _file(alpha, open_to_neighbours="1")
    sent = alpha.client("neighbour").post(
        PLACE, **_values(words="楼上天天半夜扔酒瓶", submission="neighbours-key-01")
    )
    assert sent.status_code == 302


def _queries(district: District, visitor: Visitor) -> int:
    sent: list[str] = []

    def note(*args: Any) -> None:
        sent.append(str(args[2]))

    with district.app.test_request_context():
        connection = session().get_bind()
    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        assert visitor.post("/demands/similar", **_values()).status_code == 200
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)
    return len(sent)


def test_hints_take_the_same_number_of_queries_however_many_there_are(alpha: District) -> None:
    _file(alpha, open_to_neighbours="1")
    neighbour = alpha.client("neighbour")
    neighbour.post("/demands/similar", **_values())
    few = _queries(alpha, neighbour)
    for number in range(8):
        _file(alpha, open_to_neighbours="1", submission=f"intake-key-more-{number}")
    assert _queries(alpha, neighbour) == few


# By a room's code


def test_a_rooms_poster_carries_a_code_that_fills_in_the_place(alpha: District) -> None:
    poster = alpha.client().get("/rooms/street_one/nursery?print=1")
    assert poster.status_code == 200
    assert 'class="qr"' in poster.text
    resident = alpha.client("resident")
    first = resident.get("/demands/new?kind=demands&at=courtyard_one&spot=议事坊")
    assert "/demands/new/rubbish/courtyard_one?" in first.text
    form = resident.get(f"{PLACE}?spot=议事坊&by=room").text
    assert 'value="议事坊"' in form
    assert 'name="channel" value="room"' in form
    _file(alpha, channel="room", spot="议事坊")
    assert (_one(alpha).channel, _one(alpha).spot) == ("room", "议事坊")


@pytest.mark.parametrize("at", ["no_such", "", "a' OR 1=1", "courtyard_one%00"])
def test_a_code_of_no_place_is_only_the_first_step(alpha: District, at: str) -> None:
    page = alpha.client("resident").get(f"/demands/new?at={at}")
    assert page.status_code in {200, 404}


def test_the_channel_of_a_form_cannot_be_made_up(alpha: District) -> None:
    answer = alpha.client("resident").post(PLACE, **_values(channel="api"))
    assert answer.status_code == 422


def test_the_first_step_shows_three_kinds_and_then_what_belongs_to_one(alpha: District) -> None:
    resident = alpha.client("resident")
    first = resident.get("/demands/new").text
    for kind in ("affairs", "conveniences", "demands"):
        assert f"kind={kind}" in first
    assert "/demands/new/rubbish" not in first
    assert "/demands/new/rubbish" in resident.get("/demands/new?kind=demands").text
    assert "/guides/senior_card" in resident.get("/demands/new?kind=affairs").text


# At the desk and on the phone


def test_staff_enter_for_a_caller_and_give_out_a_slip(alpha: District) -> None:
    desk = alpha.client("community")
    answer = desk.post(
        "/demands/enter", **_entry(caller_name="李阿姨", caller_phone="138 0013 8000")
    )
    assert answer.status_code == 302, answer.text
    assert "/slip?entered=1" in answer.location
    demand = _one(alpha)
    assert (demand.caller_name, demand.caller_phone) == ("李阿姨", PHONE)
    assert (demand.channel, demand.filed_by_id) == ("desk", None)
    assert demand.entered_by_id == alpha.people["community"]
    slip = desk.get(f"/demands/{demand.code}/slip?entered=1").text
    assert "李阿姨" not in slip
    assert PHONE not in slip
    assert "at=courtyard_one" in slip, "the next one keeps the place"


def _give_phone(district: District, who: str) -> None:
    with district.work():
        person = people.find_person(district.people[who])
        assert person is not None
        accounts.change_person(
            person, name=person.name, login=person.login or "", phone=PHONE,
            actor=district.actor("admin"),
        )  # fmt: skip


def test_a_residents_number_is_asked_about_masked_and_files_in_that_name(alpha: District) -> None:
    _give_phone(alpha, "resident")
    desk = alpha.client("courtyard")
    asked = desk.post("/demands/enter", **_entry(caller_phone=PHONE))
    assert asked.status_code == 422
    assert "138****8000" in asked.text
    assert "alpha resident" not in asked.text
    assert WORDS in asked.text
    sent = desk.post("/demands/enter", **_entry(caller_phone=PHONE, in_name="yes"))
    assert sent.status_code == 302
    demand = _one(alpha)
    assert demand.filed_by_id == alpha.people["resident"]
    assert demand.code in alpha.client("resident").get("/demands/mine").text


def test_somebody_else_with_the_number_stays_a_caller(alpha: District) -> None:
    _give_phone(alpha, "resident")
    sent = alpha.client("courtyard").post(
        "/demands/enter", **_entry(caller_phone=PHONE, in_name="no")
    )
    assert sent.status_code == 302
    assert _one(alpha).filed_by_id is None


@pytest.mark.parametrize(
    "fields",
    [
        {"caller_phone": "12"},
        {"words": ""},
        {"unit": "no_such"},
        {"unit": "root"},
        {"category": "sanitation"},
        {"channel": "own"},
        {"caller_name": "长" * 61},
        {"at_once": "1", "fixed": " "},
    ],
)
def test_a_wrong_entry_gets_a_sentence_and_keeps_the_words(
    alpha: District, fields: dict[str, object]
) -> None:
    answer = alpha.client("courtyard").post("/demands/enter", **{**_entry(), **fields})
    assert answer.status_code == 422, answer.text
    assert 'role="alert"' in answer.text
    if fields.get("words") != "":
        assert WORDS in answer.text


def test_only_staff_enter_and_only_where_they_work(alpha: District) -> None:
    assert alpha.client("resident").post("/demands/enter", **_entry()).status_code == 403
    assert alpha.client("auditor").post("/demands/enter", **_entry()).status_code == 403
    answer = alpha.client("courtyard").post("/demands/enter", **_entry(unit="street_one"))
    assert answer.status_code == 422
    assert alpha.client("street").post("/demands/enter", **_entry()).status_code == 302


def test_places_are_found_by_name_within_the_reach(alpha: District) -> None:
    find = "/demands/enter/places?place=one"
    assert "courtyard_one" in alpha.client("street").get(find).text
    assert "compound_one" not in alpha.client("courtyard").get(find).text
    page = alpha.client("street").post("/demands/enter", **_entry(unit="", place="one", find="1"))
    assert page.status_code == 200
    assert 'value="courtyard_one"' in page.text


# On patrol


def test_what_is_mended_on_the_spot_is_filed_accepted_and_resolved_at_once(
    alpha: District,
) -> None:
    fields = _values(channel="patrol", at_once="1", fixed="当场清走了")
    assert alpha.client("courtyard").post("/demands/enter", **fields).status_code == 302
    assert _one(alpha).state == "resolved"
    with alpha.work():
        verbs = session.scalars(sa.select(Custody.verb).order_by(Custody.number)).all()
    assert verbs == ["file", "accept", "resolve"]
    again = alpha.client("courtyard").post("/demands/enter", **fields)
    assert again.status_code == 302, "the same form twice is one demand"


def test_the_next_round_begins_where_the_last_one_was(alpha: District) -> None:
    alpha.client("street").post("/demands/enter", **_values(channel="patrol"))
    page = alpha.client("street").get("/demands/enter?channel=patrol").text
    assert 'value="rubbish" checked' in page
    assert 'value="courtyard_one" checked' in page


# Anonymous to who handles it


def _photo() -> io.BytesIO:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "alpha resident"
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def test_an_anonymous_filer_stays_so_on_every_page_of_those_who_handle_it(alpha: District) -> None:
    _give_phone(alpha, "resident")
    code = _file(alpha, anonymous="1", photo=(_photo(), "a.jpg"))
    alpha.client("courtyard").post(f"/demands/{code}", verb="accept")
    alpha.client("courtyard").post(f"/demands/{code}", verb="ask", reason="哪个门？")
    alpha.client("resident").post(f"/demands/{code}", verb="answer", reason="东门")
    for who in ("courtyard", "compound", "community", "street", "officer"):
        visitor = alpha.client(who)
        for path in (
            f"/demands/{code}", f"/demands/{code}/slip", "/demands", "/demands?list=area",
            "/api/v1/demands?list=area", "/inbox",
            f"/track/{code}", f"/demands/open/{code}",
        ):  # fmt: skip
            text = visitor.get(path).text
            for secret in ("alpha resident", PHONE, "138****8000"):
                assert secret not in text, f"{path} shows {secret} to {who}"
        assert code not in visitor.get("/demands?list=area&q=alpha resident").text
        picture = visitor.get(f"/demands/{code}/photo")
        assert b"alpha resident" not in picture.data
        picture.close()
        assert visitor.post("/demands/similar", **_values()).text.count("alpha resident") == 0
    assert "alpha resident" in alpha.client("auditor").get(f"/demands/{code}").text


def test_the_audit_names_who_filed_only_to_those_who_may_read_it(alpha: District) -> None:
    _file(alpha, anonymous="1")
    for who in ("courtyard", "compound", "community", "officer"):
        page = alpha.client(who).get("/audit")
        assert page.status_code in {403, 404}, who
    assert "alpha resident" in alpha.client("auditor").get("/audit").text


def test_an_anonymous_caller_is_hidden_as_well(alpha: District) -> None:
    alpha.client("street").post(
        "/demands/enter",
        **_entry(caller_name="李阿姨", caller_phone="13900139000", anonymous="1"),
    )
    code = _one(alpha).code
    page = alpha.client("courtyard").get(f"/demands/{code}").text
    assert "李阿姨" not in page
    assert "13900139000" not in page
    assert "李阿姨" in alpha.client("auditor").get(f"/demands/{code}").text


# What nobody should send


@pytest.mark.parametrize(
    "words",
    [
        "字" * 2000,
        "🀄️" * 500,
        "\u202eلا إله",
        "a\u200b\u200db\ufeff",
        "a\x00b",
        "<script>1</script>",
    ],
)
def test_odd_words_arrive_as_they_are_seen(alpha: District, words: str) -> None:
    answer = alpha.client("courtyard").post("/demands/enter", **_entry(words=words))
    assert answer.status_code == 302, answer.text
    assert _one(alpha).words == re.sub("[\x00\u200b\u202e\ufeff]", "", words).strip()
    assert "<script>1" not in alpha.client("courtyard").get(f"/demands/{_one(alpha).code}").text


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"PK\x03\x04 a workbook",
        b"\0" * (10 * 1024 * 1024 + 1),
    ],
    ids=["svg", "zip", "too large"],
)
@pytest.mark.parametrize("channel", ["desk", "patrol"])
def test_what_is_no_picture_is_refused_and_the_entry_is_kept(
    alpha: District, data: bytes, channel: str
) -> None:
    fields = _values(channel=channel, photo=(io.BytesIO(data), "photo.jpg"))
    answer = alpha.client("courtyard").post("/demands/enter", **fields)
    assert answer.status_code == 422
    assert WORDS in answer.text


def test_an_appointment_stands_on_the_residents_own_page(alpha: District) -> None:
    resident = alpha.client("resident")
    page = resident.get("/guides/senior_card/appointment").text
    at = page.split('name="at" value="')[1].split('"')[0]
    sent = resident.post(
        "/guides/senior_card/appointment",
        counter="community_one", at=at, submission="appointment-key-1",
    )  # fmt: skip
    own = resident.client.get(sent.location).text
    assert at[11:16] in own


# What was typed is what is meant


def _desk(district: District, **fields: object) -> Any:
    return district.client("courtyard").post("/demands/enter?channel=desk", **_entry(**fields))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"unit": "courtyard_one", "place": "梧桐1号院"}, "unit"),
        ({"unit": "", "place": "courtyard"}, "unit"),
        ({"about": "路灯不亮"}, "category"),
        ({"category": "", "about": "rubbish"}, "category"),
    ],
)
def test_what_was_typed_and_not_ticked_is_refused_at_its_field(
    alpha: District, fields: dict[str, object], field: str
) -> None:
    answer = _desk(alpha, **fields)
    assert answer.status_code == 422, answer.text
    assert f'id="e-{field}"' in answer.text
    typed = str(fields.get("place") or fields.get("about"))
    assert f'value="{typed}"' in answer.text, "what was typed stays"


def test_no_start_value_stands_in_for_what_was_not_sent(alpha: District) -> None:
    visitor = alpha.client("courtyard")
    assert 'value="courtyard_one" checked' in visitor.get("/demands/enter").text
    fields = _entry()
    del fields["unit"]
    answer = visitor.post("/demands/enter?channel=desk", **fields)
    assert answer.status_code == 422
    assert 'id="e-unit"' in answer.text


def test_part_of_the_name_in_any_writing_names_what_is_ticked(alpha: District) -> None:
    with alpha.work():
        name = alpha.unit("courtyard").name["zh"]
    assert _desk(alpha, place=f" {name[:2]} {name[2:]} ").status_code == 302


def test_the_desk_shows_what_was_asked_for_from_a_number_as_far_as_it_reaches(
    alpha: District,
) -> None:
    visitor = alpha.client("courtyard")
    assert _desk(alpha, caller_phone=PHONE).status_code == 302
    hidden = _entry(caller_phone=PHONE, anonymous="1", submission="intake-key-000002", looked="1")
    assert visitor.post("/demands/enter?channel=desk", **hidden).status_code == 302
    shown, secret = _two_newest(alpha)
    answer = visitor.post("/demands/enter/caller", caller_phone="138 0013 8000").text
    assert f"/demands/{shown}" in answer
    assert secret not in answer, "who asked to stay unnamed"
    assert "/demands/" not in visitor.post("/demands/enter/caller", caller_phone="13800138001").text
    assert visitor.post("/demands/enter/caller", caller_phone="1380013").text.strip() == ""
    assert (
        alpha.client("resident").post("/demands/enter/caller", caller_phone=PHONE).status_code
        == 403
    )


def _two_newest(district: District) -> list[str]:
    with district.work():
        query = sa.select(Demand.code).order_by(Demand.id.desc()).limit(2)
        return list(reversed(session.scalars(query).all()))


def test_patrol_offers_nothing_that_is_settled_at_a_counter_and_the_usual_first(
    alpha: District,
) -> None:
    visitor = alpha.client("courtyard")
    assert (
        visitor.post("/demands/enter?channel=patrol", **_values(channel="patrol")).status_code
        == 302
    )
    desk, patrol = (visitor.get(f"/demands/enter?channel={way}").text for way in ("desk", "patrol"))
    offered = re.findall(r'name="category" value="(\w+)"', patrol)
    assert offered[0] == "rubbish"
    assert set(offered) < set(re.findall(r'name="category" value="(\w+)"', desk))
    assert 'class="rail"' in patrol, "in the shell of staff"
