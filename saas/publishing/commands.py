"""Every write of public pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas import attachments, casework
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.publishing import blocks, permissions, queries, rules, words
from saas.publishing.models import Act, Edition, PublicPage

_NOT_OPEN = _l("Only a draft can be changed: begin a new edition, or take it back.")


def start(
    *, title: dict[str, str], lead: dict[str, str], sample: bool = False, actor: Actor
) -> PublicPage:
    """A page without blocks."""
    made = PublicPage(code=new_code(), state="draft", title=title, lead=lead, blocks=[], keys=0,
                      sample=sample)  # fmt: skip
    session.add(made)
    session.flush()
    _note("start", made, actor)
    return made


def change(page: PublicPage, *, title: dict[str, str], lead: dict[str, str], actor: Actor) -> None:
    """Other words over it."""
    _ensure_open(page)
    page.title, page.lead = title, lead
    _note("change", page, actor)


def add_block(
    page: PublicPage, kind: str, *, ref: str | None = None, words: dict[str, str],
    picture: Sequence[Any] = (), actor: Actor,
) -> None:  # fmt: skip
    """One block more at the end. Raises `Invalid` by field."""
    _ensure_open(page)
    if len(page.blocks) >= rules.MOST_BLOCKS:
        raise Conflict(_l("There is no room for more blocks: make a second page."))
    if kind == "story" and not words.get("zh", "").strip():
        raise Invalid({"words_zh": [_l("Please fill this in.")]})
    if kind != "story" and ref not in {code for code, _name in blocks.choices(kind)}:
        raise not_listed("ref")
    taken = attachments.take(picture, kinds=attachments.PICTURES, field="picture")
    page.keys += 1
    page.blocks = [*page.blocks, {"kind": kind, "ref": ref, "words": words, "key": page.keys}]
    attachments.attach(taken[:1], thing="public_page", thing_id=page.id,
                       place=blocks.place_of(page.keys), sealed=False, actor=actor)  # fmt: skip
    _note("change", page, actor)


def move_block(page: PublicPage, key: int, by: int, *, actor: Actor) -> None:
    """A place up (-1) or down (1)."""
    _ensure_block(page, key)
    page.blocks = rules.moved(page.blocks, key, by)
    _note("change", page, actor)


def remove_block(page: PublicPage, key: int, *, actor: Actor) -> None:
    """Take a block out. Its picture stays while an edition has the block."""
    _ensure_block(page, key)
    page.blocks = [one for one in page.blocks if one["key"] != key]
    if not any(one["key"] == key for each in queries.editions(page) for one in each.blocks):
        for picture in queries.pictures(page).get(blocks.place_of(key), ()):
            attachments.retire(picture)
    _note("change", page, actor)


def _ensure_open(page: PublicPage) -> None:
    if page.state != "draft":
        raise Conflict(_NOT_OPEN)


def _ensure_block(page: PublicPage, key: int) -> None:
    _ensure_open(page)
    if not any(one["key"] == key for one in page.blocks):
        raise Conflict(_l("This block is not there any more."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb with what is given with it."""

    verb: str
    reason: str = ""


def bars_of(page: PublicPage) -> frozenset[str]:
    """What stands in the way of acts on a page now."""
    found = {
        "empty": not page.blocks,
        "gone": page.state == "review" and any(map(_is_gone, page.blocks)),
        "unseen": page.live is None,
    }
    return frozenset(bar for bar, stands in found.items() if stands)


def _is_gone(block: Mapping[str, Any]) -> bool:
    return blocks.record_of(block) is None


def act(page: PublicPage, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Do ``deed``; ``page`` comes locked from its door.

    Raises `Conflict`, `Forbidden`, or `Invalid` by field.
    """
    casework.ensure_seen(page, seen, lambda: _happened(page))
    writer = queries.handed_in_by(page)
    if deed.verb == "publish" and page.state == "review":
        casework.ensure_another(actor, writer)
    cell = casework.allowed(
        rules.TABLE, page.state, deed.verb, bars=bars_of(page), words=words.OBSTACLE,
        parts=permissions.parts_of(actor, writer),
    )  # fmt: skip
    if missing := casework.not_given(deed, cell.asks, words.MISSING):
        raise Invalid(missing)
    page.state = cell.after
    done = Act(page_id=page.id)
    if deed.verb == "submit":
        _hand_in(page, actor)
    elif deed.verb == "publish":
        page.live = done.edition = _last(page)
        done.written_by = writer
    elif deed.verb == "withdraw":
        page.live = None
    casework.append(page, done, deed.verb, deed.reason, actor=actor)
    _note(deed.verb, page, actor)


def _last(page: PublicPage) -> int:
    last = queries.last_edition(page)
    return last.number if last else 0


def _hand_in(page: PublicPage, actor: Actor) -> None:
    session.add(
        Edition(page_id=page.id, number=_last(page) + 1, title=page.title, lead=page.lead,
                blocks=page.blocks, by_id=actor.person_id, at=clock.now())
    )  # fmt: skip
    session.flush()


def _happened(page: PublicPage) -> object:
    last = queries.story_of(page)[-1]
    return casework.overtaken(words.VERBS[last.verb].done, last.actor)


def _note(verb: str, page: PublicPage, actor: Actor) -> None:
    session.flush()
    audit.record(f"publishing.{verb}", "public_page", page.id, actor=actor)
