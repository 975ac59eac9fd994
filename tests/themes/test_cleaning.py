"""An uploaded drawing is made fit, and it is said what was taken out; what is alive is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.themes import queries
from saas.themes.rules.cleaning import LARGEST_UPLOAD, cleaned, nearest
from saas.themes.rules.colours import variables
from saas.themes.rules.drawings import LARGEST_DRAWING, drawing_faults

COLOURS = variables(queries.pack("plain").palette)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
PATH = '<path d="M0 0h9"/>'


def drawing(inside: str, head: str = "") -> str:
    """A small drawing with something in it."""
    return f"{HEAD}{head}>{PATH}{inside}</svg>"


@pytest.mark.parametrize(
    "evil",
    [
        drawing("<script>alert(1)</script>"),
        drawing('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'),
        drawing("", ' onload="x()"'),
        drawing('<a href="javascript:x()"/>'),
        drawing('<a href="java&#10;script:x()"/>'),
        drawing('<image href="#a"/>'),
        drawing('<use href="https://a.example/x.svg#y"/>'),
        drawing('<rect style="fill:url(//a.example/x)"/>'),
        drawing("<foreignObject/>"),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing("&a;"),
        '<!<!---->DOCTYPE svg [<!<!---->ENTITY a "M0 0h9">]>' + drawing('<path d="&a;"/>'),
        "<html/>",
        "no drawing at all",
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        f"{HEAD}></svg>",
        drawing("<g>" * 60 + "</g>" * 60),
        drawing(PATH * (LARGEST_DRAWING // 10)),
        " " * (LARGEST_UPLOAD + 1),
    ],
)
def test_what_is_alive_foreign_or_no_drawing_is_refused_with_a_reason(evil: str) -> None:
    found = cleaned(evil, COLOURS)
    assert found.text is None
    assert all(found.refused)
    assert found.refused


def test_what_drawing_programs_add_is_taken_out_and_said() -> None:
    messy = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
        '<!-- made by hand --><svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://i.example/"'
        ' width="20px" height="10" i:version="1" id="a"><metadata>x</metadata><defs/>'
        '<text>words</text><g style="fill:#FF0000; stroke-width:2"><path d="M0 0h9"'
        ' stroke="rgb(255,255,255)" fill="url(#g)"/></g></svg>'
    )
    found = cleaned(messy, COLOURS)
    assert found.text is not None
    assert drawing_faults("", found.text) == []
    assert 'viewBox="0 0 20 10"' in found.text
    assert 'stroke="var(--paper)"' in found.text
    assert 'stroke-width="2"' in found.text
    for gone in ("words", "metadata", "style", "#FF0000", "url(", "id="):
        assert gone not in found.text
    assert len(found.taken) == 4


def test_a_drawing_that_is_fit_already_loses_nothing() -> None:
    for code in queries.codes():
        for text in queries.pack(code).drawings.values():
            assert cleaned(text, COLOURS).taken == ()


def test_a_colour_becomes_the_nearest_of_the_palette() -> None:
    assert nearest("#ffffff", {"paper": "#fefefe", "ink": "#111111"}) == "paper"
    assert nearest("#000000", {"paper": "#fefefe", "ink": "#111111"}) == "ink"


_NAMES = st.sampled_from(
    ["g", "path", "rect", "script", "style", "title", "use", "animate", "svg", "text", "a"]
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["fill", "d", "onclick", "href", "style", "id", "class", "transform"]),
    st.sampled_from(["#abc", "red", "var(--ink)", "url(#a)", "javascript:x", "M0 0", "fill:#123"]),
    max_size=3,
)


@given(st.lists(st.tuples(_NAMES, _ATTRIBUTES), max_size=6), st.booleans())
def test_what_comes_out_always_passes_the_check_of_packs(
    parts: list[tuple[str, dict[str, str]]], nested: bool
) -> None:
    inside = ""
    for name, attributes in parts:
        spelled = "".join(f' {key}="{value}"' for key, value in attributes.items())
        body = inside if nested else ""
        inside = f"{'' if nested else inside}<{name}{spelled}>{body}</{name}>"
    found = cleaned(drawing(inside), COLOURS)
    if found.text is not None:
        assert drawing_faults("", found.text) == []
        assert cleaned(found.text, COLOURS).text == found.text
        assert "script" not in found.text
    else:
        assert found.refused


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_cleaning(text: str) -> None:
    found = cleaned(text, COLOURS)
    assert (found.text is None) == bool(found.refused)
