"""A district's own editions: drafted, published, applied, rolled back, handed over."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import yaml
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import say
from saas.packages import vocabulary
from saas.packages.models import Word
from saas.territory import queries as territory
from saas.themes import commands, queries
from saas.themes.events import pack_applied
from saas.themes.rules.compare import changes
from saas.themes.schemas import COLOURS, Pack, content
from tests.support import District, Visitor, bring_up
from tests.walk.walking import NASTY

WEAK = "#bbbbbb"
_TABS = (
    "about", "colours", "drawings", "names", "calendar", "activities", "stories", "routes",
    "honours",
)  # fmt: skip
FESTIVAL = {
    "code": "lantern", "name": {"zh": "元宵", "en": "Lantern Festival"},
    "rule": {"lunar": {"month": 1, "day": 15}}, "days": 1, "local": False,
}  # fmt: skip


def change(**values: Any) -> None:
    """Write sections of the draft, having seen them as they are."""
    seen = queries.section_mark(queries.access_draft().content, values)
    commands.change(values, seen=seen, actor=SYSTEM)


def colours(**changed: str) -> dict[str, str]:
    """The draft's palette with changes."""
    return {**queries.access_draft().content["palette"], **changed}


def edition(note: str = "", based_on: str = "plain", **values: Any) -> int:
    """Make an edition."""
    commands.begin(based_on, actor=SYSTEM)
    change(**values)
    return commands.publish(note, actor=SYSTEM).number


def saved_fields(page: TestResponse) -> dict[str, Any]:
    """What a browser would send of the only large form on a page."""
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", page.text):
        found = {key: re.search(f'{key}="([^"]*)"', tag) for key in ("name", "value", "type")}
        name, value = found["name"], found["value"]
        kind = found["type"].group(1) if found["type"] else "text"
        if name and (kind not in {"checkbox", "radio", "file"} or " checked" in tag):
            said = value.group(1) if value else ""
            several = name.group(1).endswith("[]")
            fields[name.group(1)] = [*fields.get(name.group(1), []), said] if several else said
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)<', page.text):
        fields[name] = text
    for name, inside in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        fields[name] = chosen.group(1) if chosen else ""
    fields.pop("csrf_token", None)
    return {
        name: unescape(value) if isinstance(value, str) else value for name, value in fields.items()
    }


# Through the commands --------------------------------------------------------------------------


def test_a_draft_becomes_an_edition_which_is_applied_and_rolled_back(alpha: District) -> None:
    told: list[Pack] = []
    with alpha.work(), pack_applied.connected_to(lambda _code, pack: told.append(pack)):
        before = queries.current_pack()
        first = edition("first", palette=before_palette("#1f4e79"))
        assert queries.current_pack() == before, "publishing shows nothing yet"
        commands.apply(first, actor=SYSTEM)
        assert queries.current_pack().edition == first
        assert queries.current_pack().palette.accent == "#1f4e79"
        second = edition("second", f"#{first}", palette=before_palette("#5b2c6f"))
        commands.apply(second, actor=SYSTEM)
        commands.apply(first, actor=SYSTEM)
        assert queries.current_pack().palette.accent == "#1f4e79"
        commands.apply_shipped("daan", actor=SYSTEM)
        assert queries.current_pack() == queries.pack("daan", ())
        assert [one.edition for one in told] == [first, second, first, 0]
        assert [line.number for line in queries.editions()] == [second, first]
        shown = [line.number or line.shipped for line in queries.choices()]
        assert shown == ["daan", first, second, first]


def before_palette(accent: str) -> dict[str, str]:
    """The plain palette with another main colour that can be read."""
    return {**content(queries.pack("plain"))["palette"], "accent": accent}


def test_a_district_has_one_draft_and_nobody_overwrites_what_another_wrote(
    alpha: District,
) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        with pytest.raises(Conflict):
            commands.begin("daan", actor=SYSTEM)
        seen = queries.section_mark(queries.access_draft().content, ["palette"])
        change(palette=colours(accent="#1f4e79"))
        with pytest.raises(Conflict):
            commands.change({"palette": colours()}, seen=seen, actor=SYSTEM)
        commands.discard(actor=SYSTEM)
        with pytest.raises(Conflict):
            commands.discard(actor=SYSTEM)
        with pytest.raises(NotFound):
            commands.begin("#99", actor=SYSTEM)


def test_too_weak_colours_may_be_drafted_but_never_become_an_edition(alpha: District) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        change(palette=colours(muted=WEAK))
        with pytest.raises(commands.Refused) as caught:
            commands.publish("", actor=SYSTEM)
        assert "palette.muted" in {fault.path for fault in caught.value.faults}
        assert queries.editions() == []
        assert queries.draft() is not None, "the draft stays"


def test_an_edition_that_is_no_longer_good_enough_is_not_applied(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules may become stricter after an edition was made."""
    with alpha.work():
        number = edition(palette=before_palette("#1f4e79"))
        monkeypatch.setattr("saas.themes.rules.colours.PAIRS", (("ink", "paper", 22.0),))
        with pytest.raises(commands.Refused):
            commands.apply(number, actor=SYSTEM)
        assert queries.last_choice() is None


def test_a_section_of_the_wrong_shape_is_refused_at_its_field(alpha: District) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        with pytest.raises(Invalid) as caught:
            change(calendar=[FESTIVAL, {**FESTIVAL, "name": {"zh": "x", "en": ""}}])
        assert set(caught.value.errors) == {"calendar.1.name.en"}
        with pytest.raises(Invalid) as caught:
            change(calendar=[{**FESTIVAL, "name": {"zh": "x\u202ey", "en": "x"}}])
        assert [len(told) for told in caught.value.errors.values()] == [1]


def test_drawings_are_cleaned_replaced_emptied_and_brought_back(alpha: District) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        before = queries.drafted().drawings["band"]
        commands.draw("band", picture, actor=SYSTEM)
        commands.draw("hero", picture, actor=SYSTEM)
        assert queries.drafted().drawings["band"] != before
        with pytest.raises(Invalid):
            commands.draw("band", picture.replace("<path", "<script/><path"), actor=SYSTEM)
        commands.reset_drawing("band", actor=SYSTEM)
        commands.empty_slot("hero", actor=SYSTEM)
        assert queries.drafted().drawings == queries.pack("plain").drawings
        with pytest.raises(Conflict):
            commands.empty_slot("band", actor=SYSTEM)


def test_another_districts_editions_are_never_seen(alpha: District, beta: District) -> None:
    with beta.work():
        title = {"zh": "邻区机密", "en": "theirs"}
        theirs = edition("secret", title=title, palette=before_palette("#5b2c6f"))
        commands.apply(theirs, actor=SYSTEM)
        mark = queries.current_pack().mark
    with alpha.work():
        assert queries.editions() == []
        assert queries.current_pack().edition == 0
        with pytest.raises(NotFound):
            commands.apply(theirs, actor=SYSTEM)
    for path in (f"/look/edition-{theirs}/{mark}.css", f"/culture/edit/editions/{theirs}"):
        assert alpha.client("admin").get(path).text != beta.client("admin").get(path).text
    assert alpha.client("admin").get(f"/culture/edit/editions/{theirs}").status_code == 404
    assert "邻区机密" not in alpha.client("admin").get("/culture/edit").text


# Words, levels, rooms --------------------------------------------------------------------------


def test_words_lie_over_the_packages_and_under_the_districts_own(alpha: District) -> None:
    badge = {"zh": "灯笼章", "en": "Lantern badge"}
    levels = [{"code": "courtyard", "name": {"zh": "院坝", "en": "Yard"}}]
    rooms = [{"code": "food", "name": {"zh": "汤圆坊", "en": "Dumplings"}, "seal": "圆"}]
    words = [
        {"term": "room", "name": {"zh": "小坊", "en": "Workshop"}},
        {"term": "badge", "name": badge},
        {"term": "kind_courtyard", "name": {"zh": "坝子", "en": "Yard"}},
    ]
    with alpha.work():
        model = vocabulary.words()["room"]
        commands.apply(edition(words=words, levels=levels, rooms=rooms), actor=SYSTEM)
        assert vocabulary.words()["room"] == {"zh": "小坊", "en": "Workshop"}
        assert vocabulary.word("badge") == badge["zh"]
        assert territory.ladder("escalation")[0].name["zh"] == "院坝"
        assert vocabulary.plain_word("room") == say(model)
        assert territory.ladder("donation")[0].name["zh"] != "院坝", "the same code, another ladder"
        assert territory.levels_by_ladder()["escalation"][0].name["zh"] != "院坝"
        assert territory.kind_names()["courtyard"]["zh"] == "坝子"
        found = queries.room_name("food")
        assert found is not None
        assert (found.name["zh"], found.seal) == ("汤圆坊", "圆")
        assert queries.room_name("nowhere") is None
        commands.apply_shipped("plain", actor=SYSTEM)
        assert vocabulary.words()["room"] == model


def test_a_word_that_the_district_changed_itself_counts_before_the_culture(
    app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"zh": "自家坊", "en": "Our room"}
    with alpha.work():
        commands.apply(
            edition(words=[{"term": "room", "name": {"zh": "小坊", "en": "x"}}]), actor=SYSTEM
        )
        session.query(Word).filter_by(term="room").update({"name": own})
        monkeypatch.setattr(vocabulary, "_known", {})
        assert vocabulary.word("room") == own["zh"]


# As a file -------------------------------------------------------------------------------------


def repacked(raw: bytes, **changed: bytes | None) -> bytes:
    """An archive with files replaced or added; None leaves one out. ``__`` stands for a slash."""
    given = {name.replace("__", "/"): text for name, text in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        files = {name: old.read(name) for name in old.namelist()} | given
        for name, text in files.items():
            if text is not None:
                new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("code", queries.codes())
def test_what_is_exported_and_taken_in_is_the_same_and_stays_the_same(
    alpha: District, code: str
) -> None:
    raw = queries.archive_of(queries.pack(code))
    with alpha.work():
        row = commands.take_in(raw, "from a file", actor=SYSTEM)
        assert queries.read_edition(row).mark == queries.pack(code).mark
        assert queries.archive_of(queries.read_edition(row)) == raw


HOSTILE = {
    "script": ("motifs__band.svg", b'<svg viewBox="0 0 9 9"><script/></svg>'),
    "traversal": ("../evil.yaml", b"x"),
    "foreign": ("run.py", b"x"),
    "tags": ("pack.yaml", b"code: !!python/object:os.system {}"),
    "bomb": ("pack.yaml", b"a: " + b"x" * 3_000_000),
    "missing": ("pack.yaml", None),
    "not text": ("motifs__band.svg", b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(alpha: District, what: str) -> None:
    name, text = HOSTILE[what]
    raw = repacked(queries.archive_of(queries.pack("plain")), **{name: text})
    with alpha.work(), pytest.raises(commands.Refused) as caught:
        commands.take_in(raw, "", actor=SYSTEM)
    assert all(fault.sentence for fault in caught.value.faults)
    with alpha.work():
        assert queries.editions() == []


def test_what_is_no_archive_is_refused(alpha: District) -> None:
    with alpha.work(), pytest.raises(commands.Refused):
        commands.take_in(b"nothing of the kind", "", actor=SYSTEM)


# Through the pages -----------------------------------------------------------------------------


def test_only_who_may_change_settings_shapes_the_culture(alpha: District) -> None:
    paths = ["/culture/edit", "/culture/edit/import", "/culture/preview/resident"]
    paths += [f"/culture/edit/draft/{tab}" for tab in _TABS]
    with alpha.work():
        commands.begin("daan", actor=SYSTEM)
    for path in paths:
        assert alpha.client("admin").get(path).status_code == 200, path
        assert alpha.client("street").get(path).status_code == 403, path
        assert alpha.client().get(path).status_code == 302, path
    refused = alpha.client("street").post("/culture/edit/apply", form="/rooms", source="daan")
    assert refused.status_code == 403


@pytest.mark.parametrize("code", queries.codes())
def test_every_tab_saves_what_it_shows_without_changing_anything(
    alpha: District, code: str
) -> None:
    with alpha.work():
        commands.apply_shipped(code, queries.pack(code).bound, actor=SYSTEM)
        commands.begin(code, actor=SYSTEM)
    admin = alpha.client("admin")
    for tab in _TABS:
        path = f"/culture/edit/draft/{tab}"
        answer = _send(admin, path, saved_fields(admin.get(path)))
        assert answer.status_code == 302, f"{tab}: {answer.text}"
    with alpha.work():
        assert queries.draft_faults() == []
        found = queries.read_pack(queries.access_draft().content, queries.access_draft().drawings)
        assert content(found) == content(queries.pack(code))


RICH: dict[str, Any] = {
    "place": {"zh": "自贡", "en": "Zigong"},
    "notes": [{"kind": "fact", "text": {"zh": "井", "en": "A well"}, "source": "县志"}],
    "words": [{"term": "room", "name": {"zh": "小坊", "en": "Workshop"}}],
    "levels": [{"code": "courtyard", "name": {"zh": "院坝", "en": "Yard"}}],
    "rooms": [{"code": "food", "name": {"zh": "汤圆坊", "en": "Dumplings"}, "seal": "圆"}],
    "calendar": [
        FESTIVAL | {"eaten": {"zh": "汤圆", "en": "Dumplings"}, "activities": ["walk", "roll"]},
        FESTIVAL | {"code": "sweep", "rule": {"term": "qingming"}, "days": 3, "local": True},
        FESTIVAL | {"code": "sun", "rule": {"weekday": {"month": 5, "weekday": 7, "nth": -1}}},
    ],
    "activities": [
        {
            "code": code, "name": {"zh": code, "en": code}, "purpose": {"zh": "聚", "en": "Meet"},
            "minutes": 90, "places": 20, "room": "food", "festival": "lantern",
            "bring": [{"zh": "围裙", "en": "An apron"}, {"zh": "手", "en": "Hands"}],
            "steps": [{"zh": "和面", "en": "Knead"}],
        }
        for code in ("roll", "walk")
    ],
    "stories": [
        {
            "code": "well", "title": {"zh": "井", "en": "The well"},
            "text": {"zh": "盐" * 90, "en": "Salt"}, "drawing": "corner", "people": ["li"],
        }
    ],
    "people": [
        {"code": "li", "name": FESTIVAL["name"], "years": "1", "known_for": FESTIVAL["name"]}
    ],
    "routes": [
        {
            "code": "food", "name": {"zh": "吃", "en": "Eat"}, "summary": {"zh": "走", "en": "Go"},
            "minutes": 60,
            "stops": [
                {"name": {"zh": n, "en": n}, "what": {"zh": "看", "en": "See"}, "minutes": m}
                for n, m in (("a", 0), ("b", 9), ("c", 5))
            ],
        }
    ],
    "honours": [{"code": "h", "name": FESTIVAL["name"], "reason": FESTIVAL["name"], "seal": "荣"}],
}  # fmt: skip


def test_a_rich_pack_comes_back_from_its_forms_as_it_was(alpha: District) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        change(**RICH)
        before = content(queries.drafted())
    admin = alpha.client("admin")
    for tab in _TABS:
        path = f"/culture/edit/draft/{tab}"
        answer = _send(admin, path, saved_fields(admin.get(path)))
        assert answer.status_code == 302, f"{tab}: {answer.text}"
    with alpha.work():
        assert queries.draft_faults() == []
        assert content(queries.drafted()) == before
        number = commands.publish("", actor=SYSTEM).number
        commands.apply(number, actor=SYSTEM)
        commands.begin(f"#{number}", actor=SYSTEM)
        change(calendar=before["calendar"][1:], honours=[])
    for face in ("resident", "console", "poster"):
        assert admin.get(f"/culture/preview/{face}").status_code == 200
    page = admin.get("/culture/edit/publish")
    assert "Dumplings" not in page.text
    assert page.text.count("元宵") == 2, "a festival and an honour are said to be removed"
    assert admin.get(f"/culture/edit/editions/{number}?with=plain").status_code == 200


def _send(visitor: Visitor, path: str, fields: dict[str, Any]) -> TestResponse:
    """A form as browsers send it: nothing that is only shown."""
    return visitor.post(path, form="/culture/edit", **fields)


def test_rows_are_added_moved_removed_and_taken_back_without_losing_a_word(
    alpha: District,
) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        change(calendar=[FESTIVAL])
    admin, path = alpha.client("admin"), "/culture/edit/draft/calendar"
    fields = saved_fields(admin.get(path))
    page = _send(admin, path, {**fields, "act": "add:calendar"})
    assert page.status_code == 200
    fields = saved_fields(page) | {
        "calendar-1-name-zh": "开井节", "calendar-1-name-en": "Well Day!",
        "calendar-1-rule-kind": "solar", "calendar-1-rule-month": "4", "calendar-1-rule-day": "31",
    }  # fmt: skip
    page = _send(admin, path, {**fields, "act": "up:calendar-1"})
    assert saved_fields(page)["calendar-rows"] == "1,0"
    page = _send(admin, path, {**saved_fields(page), "act": "remove:calendar-0"})
    assert "元宵" in page.text, "it can be taken back"
    refused = _send(admin, path, saved_fields(page))
    assert refused.status_code == 422
    assert 'id="e-calendar-1-rule"' in refused.text, "the fault stands at its field"
    fixed = saved_fields(refused) | {"calendar-1-rule-day": "30"}
    page = _send(admin, path, {**fixed, "act": "undo:calendar-0"})
    assert _send(admin, path, saved_fields(page)).status_code == 302
    with alpha.work():
        rows = queries.access_draft().content["calendar"]
        assert [row["code"] for row in rows] == ["well_day", "lantern"]
        assert rows[0]["rule"] == {"solar": {"month": 4, "day": 30}}


def test_a_weak_pack_is_refused_by_page_command_and_import(alpha: District) -> None:
    admin = alpha.client("admin")
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
    path = "/culture/edit/draft/colours"
    fields = saved_fields(admin.get(path)) | {"palette-muted": WEAK}
    assert _send(admin, path, fields).status_code == 302
    page = admin.get(path)
    assert 'value="take:muted:#' in page.text, "a shade that could be read is offered"
    refused = admin.post("/culture/edit/publish", form="/culture/edit", note="x", at_once="1")
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    with alpha.work():
        assert queries.editions() == []
        pack = queries.pack("plain")
        weak = yaml.safe_dump(
            content(pack) | {"palette": {**content(pack)["palette"], "muted": WEAK}},
            allow_unicode=True,
        ).encode()
        raw = repacked(queries.archive_of(pack), **{"pack.yaml": weak})
    sent = admin.post("/culture/edit/import", form="/culture/edit", file=(io.BytesIO(raw), "a.zip"))
    assert sent.status_code == 422
    with alpha.work():
        assert queries.editions() == []
        assert queries.last_choice() is None


def test_a_press_of_the_offered_shade_makes_the_colour_readable(alpha: District) -> None:
    admin, path = alpha.client("admin"), "/culture/edit/draft/colours"
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
    fields = saved_fields(admin.get(path))
    _send(admin, path, {**fields, "palette-muted": WEAK})
    page = admin.get(path)
    act = re.search(r'value="(take:muted:#[0-9a-f]{6})"', page.text)
    assert act is not None
    page = _send(admin, path, {**saved_fields(page), "act": act.group(1)})
    assert page.status_code == 200
    assert _send(admin, path, saved_fields(page)).status_code == 302
    assert admin.get("/culture/edit/publish").text.count('role="alert"') == 0


def test_the_whole_way_by_pages_and_what_everybody_then_sees(alpha: District) -> None:
    admin, reader = alpha.client("admin"), alpha.client()
    before = re.search(r'/look/[^"]+', reader.get("/").text)
    assert before is not None
    assert (
        admin.post("/culture/edit/begin", form="/culture/edit", source="plain").status_code == 302
    )
    path = "/culture/edit/draft/colours"
    fields = saved_fields(admin.get(path)) | {"palette-accent": "#1f4e79"}
    _send(admin, path, fields)
    assert "#1f4e79" not in reader.get("/look/plain.css").text
    sent = admin.post("/culture/edit/publish", form="/culture/edit", note="蓝", at_once="1")
    assert sent.status_code == 302
    sheet = re.search(r'/look/edition-1/[^"]+', reader.get("/").text)
    assert sheet is not None
    answer = reader.get(sheet.group(0))
    assert "--accent:#1f4e79" in answer.text
    assert "immutable" in answer.headers["Cache-Control"]
    old = reader.get(before.group(0))
    assert old.status_code == 200, "an address of before goes on answering"
    assert "immutable" in old.headers["Cache-Control"]
    assert "蓝" in admin.get("/culture/edit").text
    assert "#1f4e79" in admin.get("/culture/edit/editions/1?with=plain").text
    assert (
        admin.post("/culture/edit/apply", form="/culture/edit", source="plain").status_code == 302
    )
    assert "/look/plain/" in reader.get("/").text
    assert admin.get("/culture/edit/editions/1/file").data.startswith(b"PK")


def test_only_the_previews_may_stand_in_a_frame_and_only_of_this_site(alpha: District) -> None:
    with alpha.work():
        commands.begin("daan", actor=SYSTEM)
    admin = alpha.client("admin")
    for face in ("resident", "console", "poster"):
        page = admin.get(f"/culture/preview/{face}")
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
        assert "/look/the-draft/" in page.text
        sheet = re.search(r'/look/the-draft/[^"]+', page.text)
        assert sheet is not None
        assert "--accent:#155E63" in admin.get(sheet.group(0)).text
    for path in ("/culture/edit", "/culture/edit/draft/colours", "/"):
        policy = admin.get(path).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert ("frame-src 'self'" in policy) == path.endswith("colours")
    assert admin.get("/culture/preview/nothing").status_code == 404


def test_a_drawing_is_uploaded_by_page_and_a_script_in_it_refused(alpha: District) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
    admin, path = alpha.client("admin"), "/culture/edit/drawing/hero"
    drawn = (
        b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">'
        b'<rect width="9" height="9" fill="#ff0000"/><text>x</text></svg>'
    )
    sent = admin.post(path, form="/culture/edit", drawing=(io.BytesIO(drawn), "a.svg"))
    assert sent.status_code == 302
    assert "var(--" in admin.get(path).text
    evil = drawn.replace(b"<rect", b"<script>alert(1)</script><rect")
    refused = admin.post(path, form="/culture/edit", drawing=(io.BytesIO(evil), "a.svg"))
    assert refused.status_code == 422
    assert "script" in refused.text
    assert admin.post(path, form="/culture/edit").status_code == 422
    assert admin.get("/culture/edit/drawing/nowhere").status_code == 404


def test_what_is_unticked_is_gone(alpha: District) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        change(**RICH)
    admin, path = alpha.client("admin"), "/culture/edit/draft/calendar"
    fields = saved_fields(admin.get(path))
    fields.pop("calendar-1-local")
    fields.pop("calendar-0-activities[]")
    assert _send(admin, path, fields).status_code == 302
    with alpha.work():
        rows = queries.access_draft().content["calendar"]
    assert "local" not in rows[1]
    assert "activities" not in rows[0]
    assert _send(admin, path, {"seen": "x"}).status_code == 422, "a broken form empties nothing"


@pytest.mark.parametrize("what", NASTY)
def test_nothing_that_is_typed_breaks_a_tab(alpha: District, what: str) -> None:
    with alpha.work():
        commands.begin("plain", actor=SYSTEM)
        change(**RICH)
    admin = alpha.client("admin")
    for tab in _TABS:
        path = f"/culture/edit/draft/{tab}"
        fields = saved_fields(admin.get(path))
        kept = {"seen"} | {name for name in fields if "-rows" in name}
        nasty = {name: fields[name] if name in kept else NASTY[what] for name in fields}
        forged = ({**nasty, "act": NASTY[what]}, dict.fromkeys(fields, NASTY[what]))
        for sent in (nasty, *(forged if what == "markup" else ())):
            answer = _send(admin, path, sent)
            assert answer.status_code < 500, f"{tab}: {answer.status_code}"
            assert NASTY["markup"] not in answer.text
    for face in ("resident", "console", "poster"):
        assert admin.get(f"/culture/preview/{face}").status_code == 200


# While people read -----------------------------------------------------------------------------


@pytest.mark.commits
def test_no_reader_is_disturbed_while_packs_are_switched(app: Flask) -> None:
    """Fifty times another look while pages are read: no error, each page whole in one."""
    district = bring_up(app, "switching")
    with district.work():
        numbers = [edition(str(n), palette=before_palette(f"#1f4e{n}9")) for n in (1, 4)]
    for _page in _switching(district, numbers):
        pass


def _switching(district: District, numbers: list[int]) -> Iterator[None]:
    """Switch in one thread, read in another, and look at every page that was read."""
    done, pages, faults = threading.Event(), [], []

    def read() -> None:
        client = district.app.test_client()
        while not done.is_set():
            answer = client.get(f"{district.root}/rooms")
            pages.append(answer.status_code)
            names = set(re.findall(r"/look/([a-z0-9-]+)/([0-9a-f]{12})\.css", answer.text))
            if answer.status_code != 200 or len(names) != 1:
                faults.append(answer.status_code)
                continue
            ((name, mark),) = names
            sheet = client.get(f"{district.root}/look/{name}/{mark}.css")
            if "immutable" not in sheet.headers["Cache-Control"]:
                faults.append(name)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(50):
            with district.work():
                if turn % 3 == 2:
                    commands.apply_shipped("daan", actor=SYSTEM)
                else:
                    commands.apply(numbers[turn % 3], actor=SYSTEM)
            yield
    finally:
        done.set()
        reader.join()
    assert pages
    assert faults == []


# Laws ------------------------------------------------------------------------------------------

_COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(st.fixed_dictionaries({name: _COLOUR for name in COLOURS}))
def test_differences_of_equal_packs_are_none_and_say_each_colour_that_changed(
    palette: dict[str, str],
) -> None:
    before = content(queries.pack("plain"))
    after = before | {"palette": palette}
    assert changes(after, after, {}, {}) == []
    told = {one.row for one in changes(before, after, {}, {})}
    assert told == {name for name in COLOURS if palette[name] != before["palette"][name]}
