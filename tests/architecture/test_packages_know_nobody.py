"""Packages read, compare and install what domains declare; they know the words of none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = Path(__file__).resolve().parents[2] / "saas" / "packages"
#: Words of the domains above packages, in the singular.
THEIRS = {
    "appointment", "category", "centre", "deadline", "demand", "department", "festival", "guide",
    "holiday", "keeper", "ladder", "level", "neighbour", "platform", "question", "reason",
    "resident", "role", "room", "seal", "street", "venue", "week", "workday",
}  # fmt: skip
#: What others call things: an attribute of PyYAML's errors.
NOT_OURS = {("reading/yaml_text.py", "reason")}


def words_in(text: str) -> set[str]:
    """The words of a sentence or of a name, in the singular, parts of names taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    found = re.findall(r"[a-z]+", apart)
    return {re.sub(r"ies$", "y", word) if word.endswith("ies") else word.rstrip("s")
            for word in found} | set(found)  # fmt: skip


def said_in(file: Path) -> Iterator[tuple[int, str]]:
    """Every name and every text of a module, docstrings too, with its line."""
    for node in ast.walk(ast.parse(file.read_text())):
        line = getattr(node, "lineno", 0)
        for name in ("id", "attr", "arg", "name", "module"):
            if isinstance(found := getattr(node, name, None), str):
                yield line, found
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield line, node.value


@pytest.mark.parametrize(
    "file", sorted(PACKAGES.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGES))
)
def test_packages_name_no_domain_above_them(file: Path) -> None:
    place = str(file.relative_to(PACKAGES))
    known = {word for where, word in NOT_OURS if place.endswith(where)}
    loud = {
        (line, word) for line, text in said_in(file) for word in words_in(text) & THEIRS - known
    }
    assert loud == set()


def test_their_templates_name_none_either() -> None:
    loud = {
        (file.name, word)
        for file in PACKAGES.rglob("*.html")
        for word in words_in(re.sub(r'role="\w+"', "", file.read_text())) & THEIRS
    }
    assert loud == set()
