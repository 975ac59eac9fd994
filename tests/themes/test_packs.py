"""Every pack that ships can be read by everyone, and a bad one tells all that is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from saas.settings import CULTURES_DIR
from saas.themes import queries
from saas.themes.rules import colours, drawings, sheet
from saas.themes.rules.colour_words import COLOUR
from saas.themes.schemas import MOTIFS, TIERS, Fault, Palette, content

GOOD = yaml.safe_load((CULTURES_DIR / "plain" / "pack.yaml").read_text(encoding="utf-8"))
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<path fill="var(--accent)" d="M0 0h9"/></svg>'
)


def make_pack(
    folder: Path, code: str = "sample", motifs: dict[str, str] | None = None, **changes: object
) -> None:
    """Write a pack's files: the plain one with changes, and drawings by name."""
    (folder / code / "motifs").mkdir(parents=True)
    text = yaml.safe_dump(GOOD | {"code": code} | changes, allow_unicode=True)
    (folder / code / "pack.yaml").write_text(text, encoding="utf-8")
    for name, svg in (dict.fromkeys(MOTIFS, DRAWING) | (motifs or {})).items():
        (folder / code / "motifs" / f"{name}.svg").write_text(svg, encoding="utf-8")


def faults_of(folder: Path, code: str = "sample") -> list[Fault]:
    """Everything told about a look that is refused."""
    with pytest.raises(queries.BadPack) as caught:
        queries.read_folder(folder, code)
    return caught.value.faults


@pytest.mark.parametrize("code", queries.codes())
def test_every_shipped_pack_loads_with_its_frames_and_drawings(code: str) -> None:
    look = queries.pack(code)
    assert look.code == code
    assert set(look.frames) == set(TIERS)
    assert all(look.motif(name).startswith("<svg ") for name in MOTIFS)
    assert look.motif("nowhere") == ""
    assert set(look.title) == {"zh", "en"}
    assert look.icon.startswith("data:image/svg+xml,")


@pytest.mark.parametrize("code", queries.codes())
def test_every_shipped_pack_is_readable_on_both_faces(code: str) -> None:
    assert colours.contrast_faults("pack.yaml", queries.pack(code).palette) == []


def test_a_district_without_a_pack_gets_the_plain_one() -> None:
    assert queries.pack("nowhere").code == queries.DEFAULT
    assert queries.pack("../daan").code == queries.DEFAULT


def test_contrast_is_the_ratio_of_the_guidelines() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("code", queries.codes())
def test_the_style_sheet_names_every_colour_and_asks_for_nothing_from_outside(code: str) -> None:
    look = queries.pack(code)
    css = sheet.css(look)
    for name, value in colours.variables(look.palette).items():
        assert f"--{name}:{value}" in css
    for name in MOTIFS:
        assert f'--motif-{name}:url("data:image/svg+xml,' in css
    assert "http:" not in css.replace("http://www.w3.org/2000/svg", "")
    assert "var(" not in css


def test_a_planted_bad_pack_lists_every_fault_with_file_and_path(tmp_path: Path) -> None:
    make_pack(
        tmp_path,
        motifs={"extra": DRAWING.replace("<path", "<script/><path")},
        palette=GOOD["palette"] | {"muted": "#bbbbbb"},
        title={"zh": "样", "en": ""},
        frames=GOOD["frames"] | {"room": {"face": "url(#a)"}},
        colour="red",
    )
    (tmp_path / "sample" / "motifs" / "band.svg").unlink()
    found = {(fault.file, fault.path) for fault in faults_of(tmp_path)}
    assert {
        ("pack.yaml", "palette.muted"),
        ("pack.yaml", "title.en"),
        ("pack.yaml", "frames.room.face"),
        ("pack.yaml", "colour"),
        ("motifs/band.svg", ""),
        ("motifs/extra.svg", "script"),
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
        (DRAWING.replace("<path", "<g>" * 20 + "</g>" * 20 + "<path"), ""),
        ('<g xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', ""),
        (DRAWING + " " * drawings.LARGEST_DRAWING, ""),
    ],
)
def test_a_drawing_with_anything_alive_in_it_is_refused(planted: str, path: str) -> None:
    assert path in {fault.path for fault in drawings.drawing_faults("a.svg", planted)}


def test_a_harmless_drawing_passes_and_stands_in_a_page_without_its_head() -> None:
    text = "<?xml version='1.0'?><!-- note -->" + DRAWING
    assert drawings.drawing_faults("a.svg", text) == []
    hidden = 'class="motif" aria-hidden="true"'
    inside = drawings.inline(text)
    assert inside.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" {hidden} viewBox="0 0 9 9">')
    assert "note" not in inside


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "code: [",
        "",
        "a: !!python/object:os.system {}",
        "a: &x 1\nb: *x",
        "code: sample\ncode: sample",
        "a: " + "[" * 60 + "]" * 60,
        "a: " + "x" * 300_000,
    ],
)
def test_a_file_that_is_no_pack_is_a_fault_and_never_a_crash(tmp_path: Path, text: str) -> None:
    make_pack(tmp_path)
    (tmp_path / "sample" / "pack.yaml").write_text(text, encoding="utf-8")
    assert faults_of(tmp_path)


def test_the_code_must_be_the_name_of_the_folder(tmp_path: Path) -> None:
    make_pack(tmp_path, "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert [fault.path for fault in faults_of(tmp_path, "two")] == ["code"]


def test_colours_too_close_to_each_other_are_named_with_their_contrast() -> None:
    pale = Palette(**GOOD["palette"] | {"on_accent": "#88aacc"})
    (fault, *_rest) = colours.contrast_faults("pack.yaml", pale)
    assert fault.path == "palette.on-accent"
    assert "4.5" in fault.sentence
    assert "accent" not in fault.sentence, "colours have names that people know"


def test_every_colour_that_pages_may_use_has_a_name() -> None:
    assert {name.replace("-", "_") for name in colours.ALL_COLOURS} <= COLOUR.keys()


@pytest.mark.parametrize("code", queries.codes())
def test_content_and_drawings_make_the_same_pack_again(code: str) -> None:
    pack = queries.pack(code)
    plain = json.loads(json.dumps(content(pack)))
    assert queries.read_pack(plain, pack.drawings) == pack
    assert list(content(pack)) == list(content(queries.read_pack(plain, pack.drawings)))


def test_the_mark_changes_with_a_word_and_with_a_line() -> None:
    pack = queries.pack("plain")
    other = queries.read_pack(content(pack) | {"version": "9.9.9"}, pack.drawings)
    redrawn = queries.read_pack(content(pack), {**pack.drawings, "band": DRAWING})
    assert len({pack.mark, other.mark, redrawn.mark}) == 3


def test_nothing_that_a_browser_might_read_otherwise_gets_through() -> None:
    tricky = DRAWING.replace(
        "<path", "<title><!-- </title><script>alert(1)</script> --></title>words<path"
    )
    assert drawings.drawing_faults("a.svg", tricky) == []
    inside = drawings.inline(tricky)
    assert "script" not in inside
    assert "words" not in inside
    assert "<path" in inside
