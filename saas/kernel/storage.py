"""Files of a district: they lie under its own folder, by names that cannot be guessed."""

from __future__ import annotations

from pathlib import Path

from saas.kernel.context import current_tenant
from saas.kernel.runtime import settings


def folder() -> Path:
    """The folder of the current district's files."""
    return settings().data_dir / "files" / current_tenant().schema


def picture_path(key: str) -> Path | None:
    """Where a picture of before there were attachments lies, or None when there is none by that
    key in this district.
    """
    path = folder() / Path(key).name
    return path if path.is_file() else None
