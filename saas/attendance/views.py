"""What templates show of attendance, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saas.accounts import queries as people
from saas.activities import queries as sessions
from saas.activities import views as activities
from saas.activities import words
from saas.activities.queries import Scene
from saas.attendance import queries
from saas.attendance import words as own
from saas.attendance.models import Mark
from saas.attendance.queries import Counts
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext


def bands_words(counts: Counts) -> str:
    """The bands of those without a name, in words."""
    return _(", ").join(
        f"{counts.bands[band]} {word}" for band, word in own.BAND.items() if counts.bands.get(band)
    )


def mark_words(mark: Mark) -> str:
    """A mark in a few words: never who, since others look over the shoulder."""
    if mark.kind == "person":
        return _("One person, %(how)s", how=own.HOW[mark.how])
    if mark.kind == "listed":
        return ngettext("%(num)s on a list of names", "%(num)s on a list of names", mark.n)
    return f"{mark.n} {own.BAND[mark.band]}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session as it is counted. ``verbs``: whether it can be held or closed now, and by whom."""

    scene: Scene
    when: str
    where: str
    state: tuple[str, object]
    counts: Counts
    bands: str
    latest: Sequence[Mark]
    expected: int
    verbs: frozenset[str]
    held_by: str | None
    noes: int

    @property
    def is_open(self) -> bool:
        """Whether people are counted without further words."""
        return self.scene.session.state in ("running", "held")


def sheet_of(scene: Scene, actor: Actor) -> Sheet:
    """A session for who counts."""
    one = scene.session
    counts = queries.counts_of([one.id])[one.id]
    verbs = frozenset(activities.open_verbs(scene, actor)) & {"begin", "hold", "close"}
    places = sessions.places_of([one])[one.id]
    names = people.names_of([one.held_by] if one.held_by else [])
    return Sheet(
        scene, activities.when(one), activities.where(scene), words.STATE[one.state], counts,
        bands_words(counts), queries.latest(one.id), places.people,
        verbs, names.get(one.held_by or 0), sessions.consents(one.pool_id).get("no", 0),
    )  # fmt: skip


def writers_of(found: Sequence[Mark]) -> dict[int, str]:
    """Who wrote these rows, by their ids; who marked themselves is not named."""
    return people.names_of([one.actor_id for one in found if one.actor_id and one.how != "scanned"])
