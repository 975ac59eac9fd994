"""Shaping a district's culture: a draft, editions of it, and which one is on show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor, current_tenant
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.themes import queries
from saas.themes.events import pack_applied
from saas.themes.models import CultureChoice, CultureDraft, CultureEdition
from saas.themes.queries.editions import OWN
from saas.themes.rules.cleaning import Cleaned, cleaned
from saas.themes.rules.colours import variables
from saas.themes.schemas import MOTIFS, SLOTS, TIERS, Fault, Pack, content

#: So many editions a district may keep: each is read whole when it is shown.
MOST_EDITIONS = 500


class Refused(Conflict):
    """A pack that may not be kept or shown, with every fault."""

    sentence = _l("This culture cannot be used as it is. What is wrong is listed below.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


# The draft -----------------------------------------------------------------------------------


def begin(based_on: str, *, actor: Actor) -> CultureDraft:
    """Start a draft from a shipped pack (its code) or an edition (``#3``); of the former without
    what is bound to another place and was not taken.

    Raises `Conflict` while there is one, `NotFound` for a source that is not there.
    """
    if queries.draft() is not None:
        raise Conflict(_l("There is a draft already. Go on with it, or discard it first."))
    pack = queries.as_taken(based_on)
    made = CultureDraft(
        based_on=_named(pack),
        content=content(pack),
        drawings=dict(pack.drawings),
        changed_by=actor.name,
        changed_at=clock.now(),
    )
    session.add(made)
    session.flush()
    audit.record("themes.begin", "culture", None, actor=actor, based_on=made.based_on)
    return made


def _named(pack: Pack) -> str:
    """What a draft or an edition is based on, as it is written down."""
    return OWN.format(pack.edition) if pack.edition else f"{pack.code}@{pack.version}"


def change(values: Mapping[str, Any], *, seen: str, actor: Actor) -> None:
    """Put whole sections of pack.yaml into the draft; None leaves an optional one out.

    ``seen`` is the `queries.section_mark` of what the writer saw of them: when somebody else has
    changed one since, this raises `Conflict`. Raises `Invalid` at ``section.row.field`` for what
    has not the right shape; what is weak or refers to nothing is taken, and told before publishing.
    """
    kept = {key: value for key, value in values.items() if value is not None}
    if faults := queries.section_faults(kept):
        raise Invalid(_at(faults))
    held = _hold()
    if seen != queries.section_mark(held.content, values):
        raise Conflict(
            _l("Somebody else has changed this part meanwhile. Open it again to see how it is now.")
        )
    rest = {key: value for key, value in held.content.items() if key not in values}
    _write(held, actor, content={**rest, **kept})
    audit.record("themes.change", "culture", None, actor=actor, sections=sorted(values))


def _at(messages: Mapping[str, Any], path: str = "") -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for key, value in messages.items():
        where = f"{path}.{key}".strip(".") if key != "_schema" else path
        if isinstance(value, Mapping):
            for inner, texts in _at(value, where).items():
                found.setdefault(inner, []).extend(texts)
        else:  # a sentence in the reader's language comes alone, not as a list of one
            found.setdefault(where, []).extend(value if isinstance(value, list) else [value])
    return found


def _hold() -> CultureDraft:
    held = queries.draft(lock=True)
    if held is None:
        raise Conflict(_l("There is no draft any more: somebody has published or discarded it."))
    return held


def _write(held: CultureDraft, actor: Actor, **values: Any) -> None:
    for name, value in values.items():
        setattr(held, name, value)
    held.changed_by, held.changed_at = actor.name, clock.now()
    session.flush()


def draw(slot: str, svg: str, *, actor: Actor) -> Cleaned:
    """Put a drawing into a slot, cleaned. What was taken out is in the answer.

    Raises `Invalid` at ``drawing`` with every reason why it is refused.
    """
    _ensure_slot(slot)
    held = _hold()
    found = cleaned(svg, variables(queries.drafted().palette))
    if found.text is None:
        raise Invalid({"drawing": list(found.refused)})
    _write(held, actor, drawings={**held.drawings, slot: found.text})
    audit.record("themes.draw", "culture", None, actor=actor, slot=slot)
    return found


def reset_drawing(slot: str, *, actor: Actor) -> None:
    """The drawing of the pack that the draft began from; nothing where that had none."""
    _ensure_slot(slot)
    held = _hold()
    base = queries.source(held.based_on).drawings
    rest = {key: value for key, value in held.drawings.items() if key != slot}
    _write(held, actor, drawings=rest | ({slot: base[slot]} if slot in base else {}))
    audit.record("themes.reset_drawing", "culture", None, actor=actor, slot=slot)


def empty_slot(slot: str, *, actor: Actor) -> None:
    """Show nothing there. Raises `Conflict` for a slot that pages cannot do without."""
    _ensure_slot(slot)
    if slot in MOTIFS:
        raise Conflict(_l("Pages need this drawing. Replace it, or go back to the one before."))
    held = _hold()
    rest = {key: value for key, value in held.drawings.items() if key != slot}
    _write(held, actor, drawings=rest)
    audit.record("themes.empty_slot", "culture", None, actor=actor, slot=slot)


def _ensure_slot(slot: str) -> None:
    if slot not in SLOTS:
        raise not_listed("slot")


def set_frames(sources: Mapping[str, str], *, actor: Actor) -> None:
    """Take seal frames from other packs: tier → code of a shipped pack; others stay as they are."""
    held = _hold()
    frames = dict(held.content["frames"])
    for tier, code in sources.items():
        if tier not in TIERS or code not in queries.shipped_codes():
            raise not_listed(tier)
        frames[tier] = content(queries.pack(code))["frames"][tier]
    _write(held, actor, content={**held.content, "frames": frames})
    audit.record("themes.set_frames", "culture", None, actor=actor, tiers=sorted(sources))


def discard(*, actor: Actor) -> None:
    """Give the draft up; editions and what is on show stay as they are."""
    session.delete(_hold())
    session.flush()
    audit.record("themes.discard", "culture", None, actor=actor)


# Editions --------------------------------------------------------------------------------------


def publish(note: str, *, actor: Actor) -> CultureEdition:
    """Make an edition of the draft. It is not on show before it is applied.

    Raises `Refused` with every fault of the draft; the draft then stays.
    """
    held = _hold()
    made = _keep(_checked(held.content, held.drawings), held.based_on, note, actor)
    session.delete(held)
    session.flush()
    audit.record("themes.publish", "culture", made.id, actor=actor, number=made.number)
    return made


def take_in(raw: bytes, note: str, *, actor: Actor) -> CultureEdition:
    """Make an edition of a pack in a zip; the draft is not touched.

    Raises `Refused` with every fault of the file.
    """
    try:
        pack = queries.read_archive(raw)
    except queries.BadPack as bad:
        raise Refused(bad.faults) from bad
    made = _keep(pack, _named(pack), note, actor)
    audit.record("themes.take_in", "culture", made.id, actor=actor, number=made.number)
    return made


def _checked(parts: Mapping[str, Any], drawings: Mapping[str, str]) -> Pack:
    try:
        return queries.read_pack(parts, drawings)
    except queries.BadPack as bad:
        raise Refused(bad.faults) from bad


def _keep(pack: Pack, based_on: str, note: str, actor: Actor) -> CultureEdition:
    number = (session.scalar(sa.select(sa.func.max(CultureEdition.number))) or 0) + 1
    if number > MOST_EDITIONS:
        raise Conflict(_l("There are as many editions as can be kept."))
    made = CultureEdition(
        number=number,
        based_on=based_on,
        content=content(pack),
        drawings=dict(pack.drawings),
        mark=pack.mark,
        note=note,
        made_by_id=actor.id,
        made_by=actor.name,
        made_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


# What is on show -------------------------------------------------------------------------------


def apply(number: int, *, actor: Actor) -> None:
    """Put an edition on show, in every process at once; rolling back is applying an earlier one.

    It is checked again: rules may have become stricter. Raises `NotFound`, or `Refused`.
    """
    row = queries.access_edition(number)
    _checked(row.content, row.drawings)
    _choose(actor, edition_id=row.id)
    audit.record("themes.apply", "culture", row.id, actor=actor, number=number)
    _announce()


def apply_shipped(code: str, sections: Collection[str] | None = None, *, actor: Actor) -> None:
    """Put a pack that ships on show, with these of the sections that are bound to its place.

    Without ``sections`` it comes whole at home and as a look alone anywhere else. Raises `Invalid`
    at ``pack`` or ``sections``.
    """
    if code not in queries.shipped_codes():
        raise not_listed("pack")
    pack = queries.pack(code)
    if sections is None:
        sections = queries.usual_sections(pack)
    if set(sections) - set(pack.bound):
        raise not_listed("sections")
    taken = [section for section in pack.bound if section in sections]
    _choose(actor, shipped=code, taken=taken)
    audit.record("themes.apply", "culture", None, actor=actor, pack=code, taken=taken)
    _announce()


def seed(_given: Mapping[str, Any]) -> None:
    """A new district that was given the look of another place has the look, not that place's
    stories: they are taken by whoever wants them. Done already it does nothing.
    """
    look = queries.pack(current_tenant().look)
    if look.bound and not queries.is_of_here(look) and queries.last_choice() is None:
        apply_shipped(look.code, actor=SYSTEM)


def _choose(
    actor: Actor,
    edition_id: int | None = None,
    shipped: str | None = None,
    taken: list[str] | None = None,
) -> None:
    session.add(
        CultureChoice(
            edition_id=edition_id,
            shipped=shipped,
            taken=taken,
            chosen_by_id=actor.id,
            chosen_by=actor.name,
            chosen_at=clock.now(),
        )
    )
    session.flush()
    queries.forget_pack()


def _announce() -> None:
    pack_applied.send(current_tenant().code, pack=queries.current_pack())
