"""Going through a list one by one: where somebody is who opened a row, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from flask import session as web_session

from saas.kernel.context import Actor
from saas.listing import reading
from saas.listing.asking import asked_of
from saas.listing.declared import Asked, Listing

Row = TypeVar("Row")
#: Who goes through one by one does not do more than this in one go.
MOST_ROWS = 200
_WHOLE, _GOES_ON = "all", "flow"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Flow:
    """A place in a list. ``number`` counts from one, 0 when the row has left the list; ``previous``
    and ``following`` are addresses, if there are such rows. ``back``: the list; ``here``:
    this page. ``goes_on``: whether the reader wants the next one opened when this one is done with.
    """

    text: str
    number: int
    total: int
    previous: str | None
    following: str | None
    back: str
    here: str
    goes_on: bool


def out_of(asked: Asked) -> str:
    """What the address of a row says of the list it is opened from."""
    return urlencode({"out_of": urlencode(asked.address()) or _WHOLE})


def flow_of(
    listing: Listing[Row], actor: Actor, here: Callable[[Row], bool], url: Callable[[Row], str]
) -> Flow | None:
    """Where the thing of this page stands in the list it was opened from; None without one."""
    text = request.args.get("out_of", "")[:_LONGEST]
    if not text:
        return None
    asked = asked_of(listing, dict(parse_qsl(text)), actor)
    found, total = reading.page_of(listing, asked, actor, 1, MOST_ROWS)
    at = next((n for n, row in enumerate(found) if here(row)), None)
    after = 0 if at is None else at + 1
    tail = out_of(asked)

    def address(n: int) -> str | None:
        return f"{url(found[n])}?{tail}" if 0 <= n < len(found) else None

    return Flow(
        text=text,
        number=after,
        total=total,
        previous=address(after - 2),
        following=address(after),
        back=url_for(listing.endpoint, **asked.address()),
        here=f"{request.script_root}{request.full_path}",
        goes_on=bool(web_session.get(_GOES_ON)),
    )


def keep_going(on: bool) -> None:
    """Whether this reader wants the next one opened."""
    web_session[_GOES_ON] = on
