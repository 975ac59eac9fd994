"""What the rows of a pack say about each other, read off the plain content before it is trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.themes.schemas import Fault

#: Section → the key by which its rows are told apart.
KEYS = {
    "words": "term",
    "levels": "code",
    "rooms": "code",
    "calendar": "code",
    "activities": "code",
    "stories": "code",
    "people": "code",
    "routes": "code",
    "honours": "code",
}
#: Section and key of a row → the section whose codes it names.
_NAMES = {
    ("calendar", "activities"): "activities",
    ("activities", "festival"): "calendar",
    ("stories", "people"): "people",
}
_SEALED = ("rooms", "honours")
Row = tuple[int, Mapping[str, Any]]


def reference_faults(file: str, data: Mapping[str, Any], slots: set[str]) -> list[Fault]:
    """Codes used twice, names of rows and drawings that are not there, walks longer than told."""
    faults = [fault for section in KEYS for fault in _twice(file, data, section, KEYS[section])]
    faults += [fault for section in _SEALED for fault in _twice(file, data, section, "seal")]
    faults += _lost_names(file, data)
    faults += _lost_drawings(file, data, slots)
    return faults + list(_long_walks(file, data))


def _rows(data: Mapping[str, Any], section: str) -> list[Row]:
    found = data.get(section)
    rows = found if isinstance(found, list) else []
    return [(place, row) for place, row in enumerate(rows) if isinstance(row, Mapping)]


def _said(value: Any) -> list[tuple[str, str]]:
    """The texts of a value, a text itself or a list, each with the rest of its path."""
    if isinstance(value, list):
        return [(f".{i}", one) for i, one in enumerate(value) if isinstance(one, str)]
    return [("", value)] if isinstance(value, str) else []


def _twice(file: str, data: Mapping[str, Any], section: str, key: str) -> Iterator[Fault]:
    seen = set[str]()
    for place, row in _rows(data, section):
        for _rest, value in _said(row.get(key)):
            if value in seen:
                sentence = _("%(what)s is used twice.", what=value[:60])
                yield Fault(file, f"{section}.{place}.{key}", sentence)
            seen.add(value)


def _lost_names(file: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    for (section, key), other in _NAMES.items():
        known = {row.get("code") for _place, row in _rows(data, other) if _said(row.get("code"))}
        for place, row in _rows(data, section):
            for rest, value in _said(row.get(key)):
                if value not in known:
                    sentence = _(
                        "%(what)s is not in %(section)s.", what=value[:60], section=other
                    )  # fmt: skip
                    yield Fault(file, f"{section}.{place}.{key}{rest}", sentence)


def _lost_drawings(file: str, data: Mapping[str, Any], slots: set[str]) -> Iterator[Fault]:
    for place, row in _rows(data, "stories"):
        for _rest, value in _said(row.get("drawing")):
            if value not in slots:
                sentence = _("There is no drawing %(what)s.", what=value[:60])
                yield Fault(file, f"stories.{place}.drawing", sentence)


def _long_walks(file: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    for place, row in _rows(data, "routes"):
        whole, feet = row.get("minutes"), [_number(stop) for _i, stop in _rows(row, "stops")]
        if isinstance(whole, int) and sum(feet) > whole:
            sentence = _(
                "The ways between the stops take %(feet)s minutes, the whole only %(whole)s.",
                feet=sum(feet), whole=whole,
            )  # fmt: skip
            yield Fault(file, f"routes.{place}.minutes", sentence)


def _number(stop: Mapping[str, Any]) -> int:
    found = stop.get("minutes")
    return found if isinstance(found, int) else 0
