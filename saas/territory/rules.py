"""Pure decisions about places in the tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def usable_code(code: str) -> bool:
    """A code is a step of a path: small letters, digits and underscores, 40 at most."""
    return _CODE.fullmatch(code) is not None


def may_stand(kind: str, parent_kind: str | None, under: Mapping[str, Sequence[str]]) -> bool:
    """Whether a unit of ``kind`` may stand in one of ``parent_kind`` (None: at the root)."""
    allowed = under.get(kind, ())
    return not allowed if parent_kind is None else parent_kind in allowed


def child_path(parent_path: str | None, code: str) -> str:
    """``/daan/longjing/`` for longjing in ``/daan/``."""
    return f"{parent_path or '/'}{code}/"


def inside(path: str, whole: str) -> bool:
    """Whether ``path`` is ``whole`` or lies beneath it."""
    return path.startswith(whole)


def ancestors(path: str) -> list[str]:
    """The paths from the root down to, not including, ``path``."""
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[: i + 1]) + "/" for i in range(len(steps) - 1)]
