"""Whatever is wrong in a pack's content is told with its place, and nothing of it is used."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.packages.library.queries import read_package
from saas.packages.schemas import Words
from saas.rooms.package.shapes import Rooms
from saas.territory.package.shapes import Territory
from saas.themes import queries
from saas.themes.schemas import SLOTS, Fault, content

DAAN = queries.pack("daan")
Parts = dict[str, Any]
Spoil = Callable[[Parts], object]


def faults_of(parts: object, drawings: dict[str, str] | None = None) -> list[Fault]:
    """Everything told about content that is refused."""
    with pytest.raises(queries.BadPack) as caught:
        queries.read_pack(parts, dict(DAAN.drawings) if drawings is None else drawings)
    return caught.value.faults


def spoiled(spoil: Spoil) -> list[Fault]:
    """The faults of a good pack after one change."""
    parts = copy.deepcopy(content(DAAN))
    spoil(parts)
    return faults_of(parts)


def put(*path: Any) -> Spoil:
    """Set the last of ``path`` at the place that the others name."""

    def spoil(parts: Parts) -> None:
        *way, last, value = path
        place: Any = parts
        for step in way:
            place = place[step]
        place[last] = value

    return spoil


FAULTS: list[tuple[str, Spoil, str]] = [
    ("no code", lambda p: p.pop("code"), "code"),
    ("no version", lambda p: p.pop("version"), "version"),
    ("a version of two numbers", put("version", "1.0"), "version"),
    ("a section that there is not", put("jokes", []), "jokes"),
    ("a title in one language", put("title", {"zh": "大安"}), "title.en"),
    ("a fact without its source", put("notes", 0, {"kind": "fact", "text": {"zh": "一", "en": "a"}}), "notes.0.source"),  # noqa: E501
    ("a note of another kind", put("notes", 0, "kind", "rumour"), "notes.0.kind"),
    ("a word twice", lambda p: p["words"].append(p["words"][0]), "words.8.term"),
    ("a level twice", lambda p: p["levels"].append(p["levels"][0]), "levels.5.code"),
    ("a room twice", put("rooms", 1, "code", "arts"), "rooms.1.code"),
    ("a room code that is none", put("rooms", 0, "code", "Arts!"), "rooms.0.code"),
    ("a seal of two characters", put("rooms", 0, "seal", "灯灯"), "rooms.0.seal"),
    ("the seal of another room", put("rooms", 1, "seal", "灯"), "rooms.1.seal"),
    ("a seal that cannot be seen", put("honours", 0, "seal", "\u200b"), "honours.0.seal"),
    ("a festival twice", put("calendar", 1, "code", "spring_festival"), "calendar.1.code"),
    ("no rule", put("calendar", 0, "rule", {}), "calendar.0.rule"),
    ("two rules", put("calendar", 0, "rule", {"term": "qingming", "solar": {"month": 1, "day": 1}}), "calendar.0.rule"),  # noqa: E501
    ("a lunar day that no month has", put("calendar", 0, "rule", {"lunar": {"month": 1, "day": 31}}), "calendar.0.rule.lunar.day"),  # noqa: E501
    ("a lunar month too many", put("calendar", 0, "rule", {"lunar": {"month": 13, "day": 1}}), "calendar.0.rule.lunar.month"),  # noqa: E501
    ("the thirtieth of February", put("calendar", 0, "rule", {"solar": {"month": 2, "day": 30}}), "calendar.0.rule.solar.day"),  # noqa: E501
    ("a term that is none", put("calendar", 0, "rule", {"term": "easter"}), "calendar.0.rule.term"),
    ("a fifth weekday", put("calendar", 0, "rule", {"weekday": {"month": 5, "weekday": 7, "nth": 5}}), "calendar.0.rule.weekday.nth"),  # noqa: E501
    ("a festival of no day", put("calendar", 0, "days", 0), "calendar.0.days"),
    ("days as text", put("calendar", 0, "days", "seven"), "calendar.0.days"),
    ("an activity that is not there", put("calendar", 0, "activities", ["nothing"]), "calendar.0.activities.0"),  # noqa: E501
    ("a festival that is not there", put("activities", 0, "festival", "nothing"), "activities.0.festival"),  # noqa: E501
    ("an activity without time", put("activities", 0, "minutes", 0), "activities.0.minutes"),
    ("a story too short", put("stories", 0, "text", "zh", "很短。"), "stories.0.text.zh"),
    ("a story too long", put("stories", 0, "text", "zh", "长" * 201), "stories.0.text.zh"),
    ("a drawing that is not there", put("stories", 0, "drawing", "card_8"), "stories.0.drawing"),
    ("a person who is not there", put("stories", 0, "people", ["nobody"]), "stories.0.people.0"),
    ("a walk of one stop", lambda p: p["routes"][0].update(stops=p["routes"][0]["stops"][:1]), "routes.0.stops"),  # noqa: E501
    ("a walk shorter than its ways", put("routes", 0, "minutes", 10), "routes.0.minutes"),
    ("blanks at the end", put("people", 0, "years", "1920 "), "people.0.years"),
    ("words that turn around", put("people", 0, "years", "19\u202e20"), "people.0.years"),
    ("a mark of direction", put("people", 0, "years", "19\u061c20"), "people.0.years"),
    ("a line that breaks unseen", put("people", 0, "years", "19\u202820"), "people.0.years"),
    ("letters that are tags", put("people", 0, "years", "19\U000e004120"), "people.0.years"),
    ("a colour that is none", put("palette", "ink", "black"), "palette.ink"),
    ("a colour with a tail", put("palette", "ink", "#222222;}"), "palette.ink"),
    ("a colour that cannot be read", put("palette", "muted", "#cccccc"), "palette.muted"),
    ("a frame with an address in it", put("frames", "room", "face", "url(x)"), "frames.room.face"),
    ("too many honours", lambda p: p.update(honours=p["honours"] * 9), "honours"),
    ("a list instead of a row", put("stories", 0, []), "stories.0"),
    ("a mapping instead of a list", put("stories", {}), "stories"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "path"), [one[1:] for one in FAULTS], ids=[f[0] for f in FAULTS])
def test_every_kind_of_fault_is_told_at_its_place(spoil: Spoil, path: str) -> None:
    told = spoiled(spoil)
    assert path in {fault.path for fault in told}
    assert all(fault.file and fault.sentence for fault in told)


def test_faults_of_all_kinds_are_told_together() -> None:
    drawings = {**DAAN.drawings, "hero": "<svg onload='x()'/>", "secret": DAAN.drawings["band"]}
    drawings.pop("empty")
    parts = copy.deepcopy(content(DAAN))
    for spoil in (FAULTS[1][1], FAULTS[23][1], FAULTS[29][1], FAULTS[36][1]):
        spoil(parts)
    found = {(fault.file, fault.path) for fault in faults_of(parts, drawings)}
    assert {
        ("pack.yaml", "version"),
        ("pack.yaml", FAULTS[23][2]),
        ("pack.yaml", FAULTS[29][2]),
        ("pack.yaml", FAULTS[36][2]),
        ("motifs/hero.svg", "svg@onload"),
        ("motifs/secret.svg", ""),
        ("motifs/empty.svg", ""),
    } <= found


@pytest.mark.parametrize("parts", [None, [], "text", 7, {}, {"code": []}, {"palette": "red"}])
def test_what_is_no_pack_at_all_is_refused_in_words(parts: object) -> None:
    assert faults_of(parts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(section=st.sampled_from(sorted(content(DAAN))), value=JSON)
def test_nonsense_in_any_section_is_a_fault_or_a_pack_and_never_a_crash(
    section: str, value: object
) -> None:
    parts = content(DAAN) | {section: value}
    try:
        queries.read_pack(parts, DAAN.drawings)
    except queries.BadPack as bad:
        assert bad.faults  # noqa: PT017


TOLD = [queries.pack(code) for code in queries.codes() if queries.pack(code).has_culture]


def test_four_packs_ship_and_each_tells_enough() -> None:
    assert len(TOLD) == 4
    for pack in TOLD:
        assert len(pack.calendar) >= 6, pack.code
        assert any(festival.local for festival in pack.calendar)
        assert len(pack.activities) >= 8
        assert len(pack.stories) >= 5
        assert len(pack.people) >= 3
        assert len(pack.routes) >= 2
        assert len(pack.honours) >= 5
        assert {"room", "badge", "points"} <= set(pack.words)
        assert {note.kind for note in pack.notes} == {"fact", "ours"}
        assert set(SLOTS[:4]) <= set(pack.drawings)
        assert all(pack.motif(story.drawing or "") for story in pack.stories)
        assert len({story.drawing for story in pack.stories}) == len(pack.stories)


@pytest.mark.parametrize("pack", TOLD, ids=lambda pack: pack.code)
def test_names_for_rooms_levels_and_words_are_those_of_the_model(pack: Any) -> None:
    model = read_package("1519")
    rooms = {room.code: room for room in model.of(Rooms).rooms}
    assert set(pack.rooms) <= set(rooms)
    others = {room.seal for code, room in rooms.items() if code not in pack.rooms}
    assert not others & {room.seal for room in pack.rooms.values()}, "a seal of another room"
    assert {one.room for one in pack.activities if one.room} <= set(rooms)
    assert set(pack.words) <= {word.term for word in model.of(Words).words}
    ladder = model.of(Territory).ladder("escalation")
    assert set(pack.levels) == {level.code for level in ladder.levels}


@pytest.mark.parametrize(
    "spoil", [put("rooms", "abc"), put("code", 5), put("title", "zh", "大\u202e安")]
)
def test_what_is_wrong_is_told_in_one_sentence_not_letter_by_letter(spoil: Spoil) -> None:
    told = [fault.sentence for fault in spoiled(spoil)]
    assert told
    assert all(len(sentence) > 3 for sentence in told)
