"""Every look that ships can be read by everyone, and a bad one tells all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from saas.settings import CULTURES_DIR
from saas.themes import queries, rules
from saas.themes.schemas import MOTIFS, TIERS, Fault, Palette

GOOD = yaml.safe_load((CULTURES_DIR / "plain" / "look.yaml").read_text(encoding="utf-8"))
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<path fill="var(--accent)" d="M0 0h9"/></svg>'
)


def make_look(
    folder: Path, code: str = "sample", drawings: dict[str, str] | None = None, **changes: object
) -> None:
    """Write a look's files: the plain one with changes, and drawings by name."""
    (folder / code / "motifs").mkdir(parents=True)
    text = yaml.safe_dump(GOOD | {"code": code} | changes, allow_unicode=True)
    (folder / code / "look.yaml").write_text(text, encoding="utf-8")
    for name, svg in (dict.fromkeys(MOTIFS, DRAWING) | (drawings or {})).items():
        (folder / code / "motifs" / f"{name}.svg").write_text(svg, encoding="utf-8")


def faults_of(folder: Path, code: str = "sample") -> list[Fault]:
    """Everything told about a look that is refused."""
    with pytest.raises(queries.BadLook) as caught:
        queries.read_look(folder, code)
    return caught.value.faults


@pytest.mark.parametrize("code", queries.codes())
def test_every_shipped_look_loads_with_its_frames_and_drawings(code: str) -> None:
    look = queries.look(code)
    assert look.code == code
    assert set(look.frames) == set(TIERS)
    assert all(look.motif(name).startswith("<svg ") for name in MOTIFS)
    assert look.motif("nowhere") == ""
    assert set(look.title) == {"zh", "en"}
    assert look.icon.startswith("data:image/svg+xml,")


@pytest.mark.parametrize("code", queries.codes())
def test_every_shipped_look_is_readable_on_both_faces(code: str) -> None:
    assert rules.contrast_faults("look.yaml", queries.look(code).palette) == []


def test_a_district_without_a_look_gets_the_plain_one() -> None:
    assert queries.look("nowhere").code == queries.DEFAULT
    assert queries.look("../daan").code == queries.DEFAULT


def test_contrast_is_the_ratio_of_the_guidelines() -> None:
    assert rules.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert rules.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert rules.mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("code", queries.codes())
def test_the_style_sheet_names_every_colour_and_asks_for_nothing_from_outside(code: str) -> None:
    look = queries.look(code)
    css = rules.css(look)
    for name, value in rules.variables(look.palette).items():
        assert f"--{name}:{value}" in css
    for name in MOTIFS:
        assert f'--motif-{name}:url("data:image/svg+xml,' in css
    assert "http:" not in css.replace("http://www.w3.org/2000/svg", "")
    assert "var(" not in css


def test_a_planted_bad_look_lists_every_fault_with_file_and_path(tmp_path: Path) -> None:
    make_look(
        tmp_path,
        drawings={"extra": DRAWING.replace("<path", "<script/><path")},
        palette=GOOD["palette"] | {"muted": "#bbbbbb"},
        title={"zh": "样", "en": ""},
        frames=GOOD["frames"] | {"room": {"face": "url(#a)"}},
        colour="red",
    )
    (tmp_path / "sample" / "motifs" / "band.svg").unlink()
    found = {(fault.file, fault.path) for fault in faults_of(tmp_path)}
    assert {
        ("sample/look.yaml", "palette.muted"),
        ("sample/look.yaml", "title.en"),
        ("sample/look.yaml", "frames.room.face"),
        ("sample/look.yaml", "colour"),
        ("sample/motifs/band.svg", ""),
        ("sample/motifs/extra.svg", "script"),
    } <= found


@pytest.mark.parametrize(
    ("planted", "path"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"/>', "svg@onload"),
        (DRAWING.replace('d="M0', 'href="//x" d="M0'), "path@href"),
        (DRAWING.replace('d="M0', 'style="fill:red" d="M0'), "path@style"),
        (DRAWING.replace("var(--accent)", "url(#gradient)"), "path@fill"),
        (DRAWING.replace("var(--accent)", "#ff0000"), "path@fill"),
        (DRAWING.replace("var(--accent)", "var(--nothing)"), "path@fill"),
        (DRAWING.replace("<path", '<image xmlns=""/><path'), "image"),
        (DRAWING.replace(' viewBox="0 0 9 9"', ""), "svg"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING, ""),
        ("<svg>", ""),
        (DRAWING + " " * rules.LARGEST_DRAWING, ""),
    ],
)
def test_a_drawing_with_anything_alive_in_it_is_refused(planted: str, path: str) -> None:
    assert path in {fault.path for fault in rules.drawing_faults("a.svg", planted)}


def test_a_harmless_drawing_passes_and_stands_in_a_page_without_its_head() -> None:
    text = "<?xml version='1.0'?><!-- note -->" + DRAWING
    assert rules.drawing_faults("a.svg", text) == []
    inside = rules.inline(text)
    assert inside.startswith('<svg class="motif" aria-hidden="true" ')
    assert "note" not in inside


@pytest.mark.parametrize("text", ["- a\n- b\n", "code: [", "", "a: !!python/object:os.system {}"])
def test_a_file_that_is_no_look_is_a_fault_and_never_a_crash(tmp_path: Path, text: str) -> None:
    make_look(tmp_path)
    (tmp_path / "sample" / "look.yaml").write_text(text, encoding="utf-8")
    assert faults_of(tmp_path)


def test_the_code_must_be_the_name_of_the_folder(tmp_path: Path) -> None:
    make_look(tmp_path, "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert [fault.path for fault in faults_of(tmp_path, "two")] == ["code"]


def test_colours_too_close_to_each_other_are_named_with_their_contrast() -> None:
    pale = Palette(**GOOD["palette"] | {"on_accent": "#88aacc"})
    (fault, *_rest) = rules.contrast_faults("look.yaml", pale)
    assert fault.path == "palette.on-accent"
    assert "4.5" in fault.sentence
