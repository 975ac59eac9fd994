"""What an address asks of a list. What cannot be understood is passed over, and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saas.kernel.context import Actor
from saas.listing.declared import Asked, Filter, Listing

_LONGEST = 60
_LAST_PAGE = 100_000


def asked_of(listing: Listing[Any], address: Mapping[str, str], actor: Actor) -> Asked:
    """Read the address of a list for who looks at it."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    ignored = []
    for one in listing.filters:
        text = _text(address, one.name)
        if not text:
            continue
        value = _value(one, text, actor, values)
        if value is None:
            ignored.append(one.name)
        else:
            values[one.name], texts[one.name] = value, text
    sort, sortable = (
        _text(address, "sort"),
        {c.name for c in listing.columns if c.order is not None},
    )
    if sort and sort.removeprefix("-") not in sortable:
        sort = ""
        ignored.append("sort")
    return Asked(
        search=_text(address, "q") if listing.search else "",
        values=values,
        texts=texts,
        sort=sort.removeprefix("-"),
        down=sort.startswith("-"),
        page=_page(_text(address, "page")),
        ignored=tuple(ignored),
        more=bool(_text(address, "more")),
    )


def _text(address: Mapping[str, str], name: str) -> str:
    return address.get(name, "")[:_LONGEST].strip()


def _value(one: Filter, text: str, actor: Actor, values: Mapping[str, Any]) -> Any:
    if one.read is not None and (value := one.read(text)) is not None:
        return value
    return text if any(text == each.value for each in one.choices(actor, values)) else None


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 1
    return min(max(number, 1), _LAST_PAGE)
