"""Pure decisions about places: growing the tree, making codes, naming the outermost."""

from __future__ import annotations

from saas.territory.rules import Place, grow, next_code, outermost


def _place(path: str, kind: str, position: int = 0, *, retired: bool = False) -> Place:
    code = path.strip("/").rsplit("/", 1)[-1]
    return Place(code, kind, {"zh": code}, path, position, retired=retired)


KINDS = ("a", "b", "c")
PLACES = [
    _place("/r/", "a"),
    _place("/r/y/", "b", 2),
    _place("/r/x/", "b", 1),
    _place("/r/x/1/", "c"),
    _place("/r/x/2/", "c", retired=True),
]


def test_a_tree_counts_the_living_and_keeps_the_order_of_siblings() -> None:
    (top,) = grow(PLACES, KINDS, depth=9)
    assert dict(top.counts) == {"b": 2, "c": 1}
    assert top.total == 3
    assert [b.place.code for b in top.branches] == ["x"]
    assert [b.place.code for b in top.leaves["b"]] == ["y"]
    assert [b.place.code for b in top.branches[0].leaves["c"]] == ["1", "2"]


def test_beneath_the_depth_a_branch_is_counted_but_not_drawn() -> None:
    (top,) = grow(PLACES, KINDS, depth=1)
    assert top.counts["c"] == 1
    assert [b.place.code for b in top.branches] == ["x"]
    assert top.branches[0].closed
    assert not top.branches[0].leaves


def test_a_part_of_the_tree_grows_without_what_is_above_it() -> None:
    tops = grow(PLACES[1:], KINDS, depth=9)
    assert [top.place.code for top in tops] == ["x", "y"]


def test_a_reach_inside_another_adds_nothing() -> None:
    assert outermost(["/r/x/", "/r/", "/s/", "/r/x/1/"]) == ["/r/", "/s/"]
    assert outermost(["/r/x/", "/r/xy/"]) == ["/r/x/", "/r/xy/"]
    assert outermost([]) == []


def test_a_made_code_is_the_next_free_number_and_never_too_long() -> None:
    assert next_code("gui", {"gui_1", "gui_2"}) == "gui_3"
    assert len(next_code("x" * 40, set())) <= 40
