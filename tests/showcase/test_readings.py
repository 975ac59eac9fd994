"""The sample texts of a demo, in the language of who reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from saas import settings
from saas.showcase.readings import read, readings
from tests.support import District

_SIGN = re.compile(r"[\u4e00-\u9fff]")
#: Names and numbers stay as they are, and what only who keeps a register reads.
_AS_THEY_ARE = re.compile(
    r"(people|roll|workers)\.name$|leaders$|groups\.number$|official_source$|merchants\.hours$"
)


def _texts(found: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(found, dict) and "en" not in found:
        for key, value in found.items():
            yield from _texts(value, f"{path}.{key}")
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value, path)
    elif isinstance(found, str) and _SIGN.search(found):
        yield path, found


def _samples() -> Iterator[tuple[Path, str, str]]:
    for file in sorted(settings.DEMO_DIR.glob("*/*.yaml")):
        if file.name != "readings.yaml":
            for path, text in _texts(yaml.safe_load(file.read_text(encoding="utf-8"))):
                yield file, path, text


def test_every_sample_text_can_be_read_in_english() -> None:
    known = readings("en")
    missing = [
        (file.name, path, text)
        for file, path, text in _samples()
        if text not in known and not _AS_THEY_ARE.search(path)
    ]
    assert missing == []
    assert set(known) <= {text for _, _, text in _samples()}, "none is read of what is not there"
    assert not [said for said in known.values() if _SIGN.search(said)]


def test_a_text_is_known_when_it_is_cut_short_numbered_or_one_of_several() -> None:
    known, whole = readings("en"), "三楼到四楼的楼道灯坏了一个星期，晚上老人上下楼看不见台阶。"
    assert read(f"\n {whole} ", "en") == f"\n {known[whole]} "
    assert read(whole[:12] + "…", "en") == known[whole]
    assert read(f"09:00 · {whole}", "en") == f"09:00 · {known[whole]}"
    assert read("院落长的一天（样例标题17）", "en").endswith("(sample title 17)")
    assert read("没有人写过的话", "en") == "没有人写过的话"
    assert read("…", "en") == "…"


def test_what_is_too_short_to_be_one_text_or_begins_several_is_left_as_it_was_written() -> None:
    known = readings("en")
    for text in known:
        assert read(f"{text[:7]}…", "en") == f"{text[:7]}…", "a guest may write so"
    shared = [one[:8] for one in known if sum(o.startswith(one[:8]) for o in known) > 1]
    assert shared
    for start in shared:
        assert read(f"{start}…", "en") == f"{start}…"


def test_nothing_is_read_otherwise_in_a_district_that_is_no_demo(alpha: District) -> None:
    words = "院门口的垃圾桶两天没有清运，味道很大，还招老鼠。"
    assert words in readings("en")
    where, resident = "/demands/new/rubbish/courtyard_one", alpha.client("resident")
    sent = {"category": "rubbish", "unit": "courtyard_one", "words": words}
    assert resident.post(where, **sent, submission="key-of-readings-0001").status_code == 302
    resident.get("/language/en")
    assert words in resident.get("/demands/mine").text


def test_sample_texts_say_one_thing_by_one_word_and_name_no_season_or_office_that_was_not() -> None:
    """Days of samples are counted back from whenever a demo is made; visits are of 2020."""
    odd = re.compile("电瓶车|天热|天冷|社会工作部")
    assert [text for _, _, text in _samples() if odd.search(text)] == []
