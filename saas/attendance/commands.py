"""Every write of attendance: a mark, a tally, taking back, holding and closing a session.

Marks are only added. What a device sends again has the same key and is one row; what somebody takes
back is a row more. Sessions are held open while something is written (`activities`), so that none
is closed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from saas.activities import commands as activities
from saas.activities import queries as sessions
from saas.activities.commands import Deed
from saas.activities.queries import Scene, Session, SignUp
from saas.attendance import queries, rules, words
from saas.attendance.events import marked
from saas.attendance.models import NOT_BEGUN, REPLAYED, TAKEN_BACK, TWICE, Mark
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Somebody who came: by a sign-up, or by account where none is needed. ``n``: how many of the
    party, the one who signed up among them.
    """

    signup: SignUp | None = None
    person_id: int | None = None
    n: int = 1
    how: str = "shown"


def come(scene: Scene, who: Came, *, key: str, cause: str = "", actor: Actor) -> Mark:
    """Mark somebody; who comes with them is counted beside. Returns the mark, also where it was
    sent before.

    Raises `Conflict` where they are marked already, have no places here, or nothing is written down
    at this session now; `Invalid` where more come than signed up.
    """
    if again := queries.by_key(key):
        return again
    _ensure_open(scene, cause)
    _ensure_signed(scene, who)
    person = who.signup.person_id if who.signup else who.person_id
    # Of a course the slip is that of the first date; a person is the same at each.
    mark = _row(scene, "person", 1, "other", who, key, cause, actor)
    mark.person_id = person
    last = queries.last_void(scene.session.id, queries.subject_of(person, who.signup))
    mark.follows_id = last.id if last else None
    stored = _store(mark)
    if stored is mark and who.n > 1:
        _store(_row(scene, "tally", who.n - 1, "other", who, f"{key}+", cause, actor))
    return stored


def _ensure_open(scene: Scene, cause: str) -> None:
    one = sessions.hold_open(scene.session.id)
    if bar := rules.barred(one.state, cause):
        raise Conflict(words.BARRED[bar])


def _ensure_signed(scene: Scene, who: Came) -> None:
    """Raise where a sign-up is for something else, or there is none where one is needed."""
    one = scene.session
    if who.signup is None:
        if sessions.pool_of(one).capacity is not None:
            raise Conflict(words.REFUSED["unlisted"])
        return
    if who.signup.session_id != one.pool_id:
        raise Conflict(words.REFUSED["other"])
    if who.signup.state != "confirmed":
        raise Conflict(words.REFUSED["placeless"])
    if not 1 <= who.n <= who.signup.party:
        raise Invalid({"n": [_l("At most %(n)s signed up.", n=who.signup.party)]})


def tally(
    scene: Scene, bands: Mapping[str, int], *, listed: int = 0, key: str, cause: str = "",
    how: str = "tally", actor: Actor,
) -> list[Mark]:  # fmt: skip
    """Count people without a name, by band, and those who stand on a list of names elsewhere.

    Raises `Invalid` where nobody is counted, else as `come`.
    """
    if again := queries.by_key(f"{key}:0"):
        return [again]
    given = [("tally", band, bands.get(band, 0)) for band in rules.BANDS]
    found = [one for one in (*given, ("listed", "other", listed)) if one[2]]
    if not found:
        raise Invalid({"adult": [_l("How many came?")]})
    _ensure_open(scene, cause)
    made = [
        _row(scene, kind, n, band, Came(how=how), f"{key}:{place}", cause, actor)
        for place, (kind, band, n) in enumerate(found)
    ]
    stored = [_store(one) for one in made]
    _note("count", scene, actor)
    return stored


def take_back(scene: Scene, mark: Mark, *, key: str, cause: str = "", actor: Actor) -> Mark:
    """A void for a mark, and for those counted with it; both rows stay. Without a cause only who
    wrote it, and only for a few minutes.
    """
    if again := queries.by_key(key):
        return again
    fresh = mark.at > clock.now() - rules.UNDO and mark.actor_id == actor.person_id
    if not (fresh or cause.strip()):
        raise Invalid({"cause": [_l("Why is it taken back?")]})
    _ensure_open(scene, cause)
    first = _void(scene, mark, key, cause, actor)
    for number, other in enumerate(queries.counted_with(mark)):
        _void(scene, other, f"{key}:{number}", cause, actor)
    _note("take_back", scene, actor)
    return first


def _void(scene: Scene, mark: Mark, key: str, cause: str, actor: Actor) -> Mark:
    made = _row(scene, mark.kind, 0, mark.band, Came(how=mark.how), key, cause, actor)
    made.what, made.voids_id = "void", mark.id
    made.signup_id, made.person_id = mark.signup_id, mark.person_id
    return _store(made)


def _row(
    scene: Scene, kind: str, n: int, band: str, who: Came, key: str, cause: str, actor: Actor
) -> Mark:
    one = scene.session
    return Mark(
        session_id=one.id, unit_id=one.unit_id, held_at=one.start, what="mark", kind=kind, n=n,
        band=band, signup_id=who.signup.id if who.signup else None, how=who.how, key=key,
        cause=cause.strip()[:200] or None, at=clock.now(), actor_kind=actor.kind,
        actor_id=actor.behind_id, sample=one.sample,
    )  # fmt: skip


_REFUSED = {
    **dict.fromkeys(TWICE, words.REFUSED["marked"]),
    TAKEN_BACK: words.REFUSED["taken_back"],
    NOT_BEGUN: words.BARRED["early"],
}


def _store(mark: Mark) -> Mark:
    """Add a row; what the database refuses is said in words. Where the same key has just come by
    another way, that row.
    """
    try:
        with session.begin_nested():
            session.add(mark)
            session.flush()
    except sa.exc.IntegrityError as error:
        name = constraint_of(error) or ""
        if name == REPLAYED and (found := queries.by_key(mark.key)):
            return found
        if name not in _REFUSED:
            raise
        raise Conflict(_REFUSED[name]) from None
    marked.send(mark.id, session=mark.session_id, person=mark.person_id, what=mark.what)
    return mark


def _note(verb: str, scene: Scene, actor: Actor) -> None:
    audit.record(f"attendance.{verb}", "session", scene.session.id, actor=actor,
                 unit_path=scene.street_path)  # fmt: skip


def hold(
    scene: Scene, *, nobody: bool = False, seen: int | None = None, actor: Actor
) -> None:  # fmt: skip
    """It is over and counted; ``nobody`` says that nobody came, where nobody is counted."""
    counts = queries.counts_of([scene.session.id])[scene.session.id]
    if not counts.total and not nobody:
        raise Invalid({"nobody": [_l("Nobody is counted. Did nobody come?")]})
    reason = "" if counts.total else str(_l("Nobody came."))
    activities.act(scene, Deed(verb="hold", reason=reason), seen=seen, actor=actor)


def close(scene: Scene, *, total: int, seen: int | None = None, actor: Actor) -> None:
    """A second person has looked at the number, ``total``, and closes."""
    now = queries.counts_of([scene.session.id])[scene.session.id].total
    if now != total:
        raise Conflict(_l("It is another number now: %(n)s. Look once more.", n=now))
    activities.act(scene, Deed(verb="close"), seen=seen, actor=actor)


@dataclass(frozen=True, slots=True)
class PastCount:
    """What paper has of a session of the past, by its code: on a list of names, and by band."""

    code: str
    listed: int
    bands: Mapping[str, int]


def take_over(found: Sequence[PastCount], *, actor: Actor) -> int:
    """Write down what paper has of sessions that were, many in one go. Returns how many people."""
    known = sessions.by_codes([one.code for one in found])
    rows = [
        _past_row(known[one.code], kind, band, n, actor)
        for one in found
        for kind, band, n in (("listed", "other", one.listed),
                              *(("tally", band, n) for band, n in one.bands.items()))
        if n
    ]  # fmt: skip
    if rows:
        session.execute(sa.insert(Mark), rows)
        audit.record("attendance.take_over", "session", None, actor=actor)
    return sum(row["n"] for row in rows)


def _past_row(one: Session, kind: str, band: str, n: int, actor: Actor) -> dict[str, Any]:
    return {
        "session_id": one.id, "unit_id": one.unit_id, "held_at": one.start, "what": "mark",
        "kind": kind, "n": n, "band": band, "how": "paper", "key": f"past-{one.code}-{kind}-{band}",
        "at": clock.now(), "actor_kind": actor.kind, "actor_id": actor.person_id,
        "sample": one.sample,
    }  # fmt: skip
