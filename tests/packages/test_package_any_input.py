"""Whatever stands in the files, the answer is a package or a list of faults, never a crash."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas import settings
from saas.packages.checks import check_package
from saas.packages.faults import SENTENCES, Fault
from saas.packages.library.queries import read_package
from saas.packages.parts import package_files
from saas.packages.reading.folders import read_folder
from saas.showcase.package.checks import check_demo
from saas.showcase.queries import demo_files

LEAVES = st.none() | st.booleans() | st.integers(-3, 99) | st.floats() | st.text(max_size=4)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside."""
    yield here
    inner: Any = value.items() if isinstance(value, dict) else ()
    for name, each in enumerate(value) if isinstance(value, list) else inner:
        yield from paths(each, (*here, name))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value at the end of the path."""
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = put(value[path[0]], path[1:], new) if path[1:] else new
    return changed


def load(folder: Path, stems: Any) -> dict[str, Any]:
    """The parsed files of a folder, by stem."""
    return dict(read_folder(folder, stems).parts)


SMALL = load(settings.PACKAGES_DIR / "139" / "1.0.0", package_files())
DEMO = load(settings.DEMO_DIR / "longjing", demo_files())
DEMO["people"] = {"people": DEMO["people"]["people"][:20]}


def sentences(faults: list[Fault]) -> list[str]:
    """Every fault read aloud: a sentence without its values would raise."""
    return [str(fault) for fault in faults]


@given(st.sampled_from(list(paths(SMALL))[1:]), ANYTHING)
def test_a_package_with_anything_anywhere_is_checked(path: tuple[Any, ...], new: Any) -> None:
    assert isinstance(sentences(check_package(put(SMALL, path, new), "139")), list)


@given(st.sampled_from(list(paths(DEMO))[1:]), ANYTHING)
@rounds(deadline=None)
def test_a_demo_with_anything_anywhere_is_checked(path: tuple[Any, ...], new: Any) -> None:
    package = read_package("1519")
    assert isinstance(sentences(check_demo(put(DEMO, path, new), package)), list)


@given(st.sampled_from(list(paths(SMALL))[1:]), ANYTHING)
@rounds(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_with_anything_anywhere_are_loaded_or_refused(
    tmp_path: Path, path: tuple[Any, ...], new: Any
) -> None:
    parts = put(SMALL, path, new)
    for stem, part in parts.items():
        dumped = yaml.safe_dump(part, allow_unicode=True) if stem == path[0] else json.dumps(part)
        (tmp_path / f"{stem}.yaml").write_text(dumped, "utf-8", errors="replace")
    folder = read_folder(tmp_path, package_files())
    assert sentences(list(folder.faults)) or set(folder.loaded) == set(package_files())


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_every_sentence_is_whole(key: str) -> None:
    text = str(SENTENCES[key])
    assert text.endswith(".")
    assert text.replace("%(", "").count("%") == 0
