"""YAML that somebody else wrote can be wrong, but it can do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.packages.reading.yaml_text import SIZE_LIMIT, parse

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


def keys(text: str) -> list[tuple[str, int | None]]:
    """Kind and line of each fault in the text."""
    return [(fault.key, fault.line) for fault in parse("file", text.encode()).faults]


def test_plain_values_mean_what_they_look_like() -> None:
    text = "a: no\nb: 09:30\nc: 2023-06-30\nd: true\ne: 12\nf: 1.5\ng:\nh: 010\ni: 1_000\nj: .inf"
    assert parse("file", text.encode()).value == {
        "a": "no",
        "b": "09:30",
        "c": "2023-06-30",
        "d": True,
        "e": 12,
        "f": 1.5,
        "g": None,
        "h": "010",
        "i": "1_000",
        "j": ".inf",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ("twice", 3)),
        ("a:\n  - b: 1\n    b: 2\n", ("twice", 3)),
        ("a: !!python/object/apply:os.system [ls]\n", ("no_tag", 1)),
        ("a: 1\nb: !!binary aGk=\n", ("no_tag", 2)),
        ("a: &x 1\n", ("no_alias", 1)),
        ("1: a\n", ("not_key", 1)),
        ("? [a, b]\n: c\n", ("not_key", 1)),
        ("a: 1\nb: [1, 2\n", ("not_yaml", 3)),
        ("a: 1\n--- \nb: 2\n", ("not_yaml", 2)),
    ],
)
def test_a_surprise_is_refused_with_its_line(text: str, expected: tuple[str, int]) -> None:
    assert keys(text) == [expected]


def test_aliases_are_refused_before_they_multiply() -> None:
    assert {key for key, _ in keys(BOMB)} == {"no_alias"}


def test_endless_nesting_is_refused_before_it_is_followed() -> None:
    for nested in ("[" * 100_000, "a: " + "[" * 5_000, "[" * 100 + "]" * 100):
        assert keys(nested) == [("too_deep", 1)]


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    assert keys("#" * (SIZE_LIMIT + 1)) == [("too_big", None)]


def test_a_file_that_is_not_utf8_is_refused() -> None:
    assert [fault.key for fault in parse("file", b"a: \xff\xfe").faults] == ["not_utf8"]


def test_an_empty_file_is_an_empty_value() -> None:
    assert parse("file", b"# nothing\n").value is None


def test_every_path_knows_its_line() -> None:
    lines = parse("file", b"a:\n  - b: 1\n  - b: 2\n").lines
    assert (lines["a"], lines["a[0].b"], lines["a[1].b"]) == (1, 2, 3)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_either_read_or_refused(raw: bytes) -> None:
    parsed = parse("file", raw)
    assert parsed.value is None or not parsed.faults
