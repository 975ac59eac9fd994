"""The build hook: what is up to date is not built again, and needs no tool."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

HOOK = Path(__file__).resolve().parents[2] / "saas" / "web" / "frontend" / "hatch_build.py"


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The hook's module; what it inherits from is there only while a package is built."""
    for name in (
        "hatchling",
        "hatchling.builders",
        "hatchling.builders.hooks",
        "hatchling.builders.hooks.plugin",
    ):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = dict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    spec = importlib.util.spec_from_file_location("hook", HOOK)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_changed_styles_do_not_ask_for_the_catalogues_to_be_built_again(
    hook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    dist = tmp_path / "saas" / "web" / "static" / "dist"
    styles = tmp_path / "saas" / "web" / "frontend" / "src" / "a.scss"
    words = tmp_path / "saas" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    for file in (styles, words, *(styles.parents[1] / name for name in hook.SOURCES)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1")

    def face(self: Any) -> None:
        built.append("face")
        shutil.rmtree(dist, ignore_errors=True)  # as build.mjs does

    def catalogues(self: Any) -> None:
        built.append("catalogues")
        words.with_suffix(".mo").write_text("1")

    monkeypatch.setattr(hook.Face, "build", face)
    monkeypatch.setattr(hook.Catalogues, "build", catalogues)
    build = SimpleNamespace(root=tmp_path, target_name="wheel")
    for change, expected, tools in (
        (None, ["face", "catalogues"], [hook.NODE, hook.BABEL]),
        (styles, ["face"], [hook.NODE]),
        (words, ["catalogues"], [hook.BABEL]),
    ):
        if change:
            change.write_text(change.read_text() + "2")
        built.clear()
        assert hook.CustomBuildHook.dependencies(build) == tools
        hook.CustomBuildHook.initialize(build, "editable", {})
        assert built == expected
        assert hook.CustomBuildHook.dependencies(build) == []
