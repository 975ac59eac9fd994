"""The river: every band as wide as what flows in it, and nothing flows off the drawing."""

from __future__ import annotations

import re
from decimal import Decimal

from saas.web.pictures.river import RiverNode, river


def test_bands_are_as_wide_as_what_flows_and_fill_their_nodes() -> None:
    names = ("a", "b", "fund", "x", "y")
    nodes = {key: RiverNode(key, key, key) for key in names}
    flows = {
        ("a", "fund"): Decimal(300), ("b", "fund"): Decimal(100),
        ("fund", "x"): Decimal(250), ("fund", "y"): Decimal(150),
    }  # fmt: skip
    columns = [[nodes["a"], nodes["b"]], [nodes["fund"]], [nodes["x"], nodes["y"]]]
    drawn = river("x", columns, flows)
    widths = [float(m) for band in drawn.bands for m in re.findall(r"v([\d.]+)C", band.path)]
    assert widths == [270.0, 90.0, 225.0, 135.0]
    height = {bar.node.key: bar.height for bar in drawn.bars}
    assert height == {"a": 270.0, "b": 90.0, "fund": 360.0, "x": 225.0, "y": 135.0}
    assert all(bar.y + bar.height <= drawn.height and bar.x < drawn.width for bar in drawn.bars)
    assert drawn.bands[0].title == "a → fund: 300.00"


def test_a_river_without_water_is_drawn_too() -> None:
    assert river("x", [[], []], {}).bands == ()
