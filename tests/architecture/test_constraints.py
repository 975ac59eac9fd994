"""scripts/constraints.txt names one version of everything that an installation brings."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINES = [
    line
    for line in (ROOT / "scripts" / "constraints.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
#: Name → the pinned versions that hold somewhere between Python 3.11 and 3.14.
PINNED: dict[str, list[Requirement]] = {}
for _line in LINES:
    PINNED.setdefault(canonicalize_name(Requirement(_line).name), []).append(Requirement(_line))


def _asked() -> Iterator[Requirement]:
    """Everything that pyproject asks for, its extras and the build hook included."""
    hook = ast.parse((ROOT / "saas" / "web" / "frontend" / "hatch_build.py").read_text())
    named = {
        node.targets[0].id: node.value.value
        for node in hook.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    project = PROJECT["project"]
    texts = [
        *PROJECT["build-system"]["requires"],
        *project["dependencies"],
        *(text for extra in project["optional-dependencies"].values() for text in extra),
        str(named["NODE"]),
        str(named["BABEL"]),
    ]
    return map(Requirement, texts)


def _version(name: str, python: str) -> str | None:
    here: dict[str, str] = {**default_environment()}  # type: ignore[dict-item]
    here |= {"python_version": python, "python_full_version": f"{python}.0"}
    for pin in PINNED.get(canonicalize_name(name), []):
        if pin.marker is None or pin.marker.evaluate(here):
            return next(iter(pin.specifier)).version
    return None


def test_each_line_is_a_name_and_one_exact_version_without_hash_or_address() -> None:
    for line in LINES:
        assert re.fullmatch(r"[a-z0-9.\-]+==[^\s;]+( ; .+)?", line), line
        assert "://" not in line
        assert "hash" not in line


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_what_pyproject_asks_for_is_pinned_to_a_version_that_it_admits(python: str) -> None:
    for asked in _asked():
        version = _version(asked.name, python)
        assert version, f"{asked.name} is not pinned for Python {python}: run scripts/lock"
        assert asked.specifier.contains(version), f"{asked} is pinned to {version}"


def test_what_is_installed_is_what_is_pinned() -> None:
    """Also what nobody asked for by name but something else needs."""
    seen: set[str] = set()
    waiting = [r for r in _asked() if r.marker is None or r.marker.evaluate()]
    while waiting:
        asked = waiting.pop()
        key = canonicalize_name(asked.name) + str(sorted(asked.extras))
        try:
            found = distribution(asked.name)
        except PackageNotFoundError:
            continue  # an extra that this environment has not taken
        if key in seen:
            continue
        seen.add(key)
        pinned = [next(iter(p.specifier)).version for p in PINNED[canonicalize_name(asked.name)]]
        assert found.version in pinned, f"{asked.name} {found.version} is not what is pinned"
        for text in found.requires or []:
            needed = Requirement(text)
            extras = [{"extra": extra} for extra in (*asked.extras, "")]
            if needed.marker is None or any(needed.marker.evaluate(extra) for extra in extras):
                waiting.append(needed)
    assert len(seen) > 60
