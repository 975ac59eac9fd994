"""Copies of the shipped files, so that a test can spoil them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from saas import settings
from saas.kernel import i18n


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences are read here as they stand in the source."""
    monkeypatch.setattr(i18n, "DEFAULT_LOCALE", "en")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages of its own, with the first edition of each."""
    folder = tmp_path / "packages"
    shutil.copytree(settings.PACKAGES_DIR, folder)
    for edition in folder.glob("*/*"):
        if edition.name != "1.0.0":
            shutil.rmtree(edition)
    monkeypatch.setattr(settings, "PACKAGES_DIR", folder)
    return folder


@pytest.fixture
def demos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of demo districts of its own."""
    folder = tmp_path / "demo"
    shutil.copytree(settings.DEMO_DIR, folder)
    monkeypatch.setattr(settings, "DEMO_DIR", folder)
    return folder


@pytest.fixture
def replace() -> Callable[[Path, str, str], None]:
    """Plants a fault; the old text must stand in the file exactly once."""

    def plant(path: Path, old: str, new: str) -> None:
        content = path.read_text("utf-8")
        assert content.count(old) == 1, f"{old!r}: {content.count(old)} times in {path.name}"
        path.write_text(content.replace(old, new), "utf-8")

    return plant
