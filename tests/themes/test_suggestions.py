"""A shade that could be read is offered for a colour that cannot, and it keeps its promise."""

from __future__ import annotations

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from saas.themes import queries
from saas.themes.rules import colours
from saas.themes.schemas import COLOURS, Palette

PLAIN = queries.pack("plain").palette
_COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
_NAME = st.sampled_from(COLOURS)


def with_colour(name: str, colour: str) -> Palette:
    """The plain palette with one other colour."""
    return Palette(**asdict(PLAIN) | {name: colour})


def passing(palette: Palette) -> dict[tuple[str, str], bool]:
    """Which pairs can be read."""
    return {(one.front, one.back): one.passes for one in colours.verdicts(palette)}


@given(_NAME, _COLOUR)
def test_a_suggestion_mends_its_colour_and_breaks_no_pair(name: str, colour: str) -> None:
    bad = with_colour(name, colour)
    found, front = colours.suggestion(bad, name.replace("_", "-")), name.replace("_", "-")
    before = passing(bad)
    if found is None:
        return
    assert not all(good for pair, good in before.items() if pair[0] == front)
    after = passing(with_colour(name, found.colour))
    assert all(good for pair, good in after.items() if pair[0] == front or before[pair])
    assert colours.suggestion(with_colour(name, found.colour), front) is None


@given(_NAME, _COLOUR)
def test_a_suggestion_goes_the_way_that_it_says(name: str, colour: str) -> None:
    found = colours.suggestion(with_colour(name, colour), name.replace("_", "-"))
    if found is not None:
        darker = colours.luminance(found.colour) < colours.luminance(colour)
        assert darker == (found.way == "darken")


def test_a_colour_that_can_be_read_needs_none() -> None:
    assert all(colours.suggestion(PLAIN, name.replace("_", "-")) is None for name in COLOURS)


def test_pale_words_are_darkened_no_more_than_needed() -> None:
    found = colours.suggestion(with_colour("muted", "#bbbbbb"), "muted")
    assert found is not None
    assert found.way == "darken"
    assert 4.5 <= colours.contrast(found.colour, PLAIN.ground) < 6


def test_every_colour_that_must_be_read_is_in_a_pair() -> None:
    fronts = {front for front, _back, _least in colours.PAIRS}
    grounds = {"ground", "paper", "hairline"}
    assert {name.replace("_", "-") for name in COLOURS} - grounds == fronts
