"""What templates show of visits, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from saas import attachments, casework
from saas.casework import ActForm
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import long_date, say
from saas.kernel.shortcodes import shown_code
from saas.visits import commands, permissions, queries, rules, words
from saas.visits.models import Question, Rating, Stop, Visit
from saas.visits.queries import Where
from saas.web.pictures import LineMap, LineStop, line_map


def times(start: datetime, end: datetime) -> str:
    """9:00–11:30 of the day."""
    zone = clock.zone()
    return f"{start.astimezone(zone):%H:%M}–{end.astimezone(zone):%H:%M}"


def when(visit: Visit) -> str:
    """The long date with its times."""
    day = long_date(visit.starts_at, str(clock.zone()))
    return f"{day} {times(visit.starts_at, visit.ends_at)}"


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop, every word ready. ``now``: they are there; ``to_approve``: its room is asked for."""

    stop: Stop
    times: str
    name: str
    guide: str
    kind: str
    now: bool = False
    to_approve: bool = False
    booking: str = ""


def stops_of(visit: Visit) -> list[StopView]:
    """The itinerary."""
    now = clock.now()
    return [_stop(one, now) for one in _places(visit)]


def _places(visit: Visit) -> list[Where]:
    return queries.places_of(queries.stops_of(visit), queries.unit_of(visit))


def _stop(one: Where, now: datetime) -> StopView:
    stop = one.stop
    name = one.name or _("The guests choose")
    kind = "room" if stop.room_id else "venue" if stop.venue_id else "story"
    asked = one.booking is not None and one.booking.state == "asked"
    return StopView(stop, times(stop.start, stop.end), name, one.guide, kind,
                    stop.start <= now < stop.end, asked,
                    one.booking.code if one.booking is not None else "")  # fmt: skip


def line_of(visit: Visit, stops: Sequence[StopView]) -> LineMap:
    """The same stops as a line, each with the time when it begins."""
    drawn = [LineStop(one.name, one.kind, one.times.partition("–")[0]) for one in stops]
    told = " → ".join(f"{one.times} {one.name}" for one in stops)
    return line_map(drawn, _("Itinerary"), told)


@dataclass(frozen=True, slots=True)
class Record:
    """A visit with everything that its page shows. ``full``: for who asked and for the office;
    a guide sees where to be, the questions and nothing of who it is.
    """

    visit: Visit
    street: Any
    when: str
    code: str
    state: tuple[str, object]
    office: bool
    guest: bool
    stops: list[StopView]
    forms: list[ActForm]
    missing: list[object] = field(default_factory=list)
    story: list[dict[str, Any]] = field(default_factory=list)
    facts: list[tuple[object, object]] = field(default_factory=list)
    questions: Sequence[Question] = ()
    letters: Sequence[Any] = ()
    ratings: Sequence[Rating] = ()

    @property
    def full(self) -> bool:
        """Whether the reader sees who it is."""
        return self.office or self.guest

    @property
    def day_open(self) -> bool:
        """Whether the page of the guests can be opened."""
        return self.visit.state in rules.LETTERED and self.visit.erase_after > clock.today()

    @property
    def laid(self) -> bool:
        """Whether the reader can lay stops now."""
        return self.office and self.visit.state in rules.LAID

    @property
    def writes(self) -> bool:
        """Whether the reader can write down guests now."""
        return self.full and self.visit.state in (*rules.COMING, "held")


def record_of(visit: Visit, actor: Actor) -> Record:
    """A visit for a reader who may see it."""
    street = queries.unit_of(visit)
    office, guest = permissions.handles(actor, street.path), permissions.is_guest(actor, visit)
    full = office or guest
    forms, missing = _forms(visit, actor)
    return Record(
        visit=visit, street=street, when=when(visit), code=shown_code(visit.code), office=office,
        state=words.STATE[visit.state], guest=guest, stops=stops_of(visit), forms=forms,
        missing=missing if office else [],
        story=_story(visit, office=office) if full else [],
        facts=_facts(visit, full=full), questions=queries.questions_of(visit),
        letters=attachments.of("visit", visit.id) if office else (),
        ratings=queries.ratings_of(visit) if office else (),
    )  # fmt: skip


def _story(visit: Visit, *, office: bool) -> list[dict[str, Any]]:
    """What happened; to who asked without names and notes, and without what the party secretary
    said to the office.
    """
    found = queries.story_of(visit)
    if not office:
        found = [replace(one, reason=None) if one.verb == "check" else one
                 for one in found if not words.VERBS[one.verb].internal]  # fmt: skip
    return [casework.line_of(one, words.VERBS[one.verb], named=office) for one in found]


def _facts(visit: Visit, *, full: bool) -> list[tuple[object, object]]:
    shown: list[tuple[object, object]] = [
        (_("Kind of visit"), words.LEVEL[visit.level]),
        (_("How many people?"), visit.guests_n),
        (_("What for?"), visit.purpose),
    ]
    if full:
        shown += [
            (_("Number of the letter"), visit.letter_no),
            (_("Whom do we call?"), visit.contact_name),
            (_("Telephone"), visit.contact_phone),
            (_("Mail"), visit.contact_mail),
        ]
    pledge = str(words.PLEDGE[visit.pledge]) if visit.pledge else None
    until = f" ({visit.pledge_by:%Y-%m-%d})" if visit.pledge_by else ""
    return [*shown, (_("Will they do it at home?"), pledge and pledge + until)]


def _forms(visit: Visit, actor: Actor) -> tuple[list[ActForm], list[object]]:
    """What the reader can do now, and what stands in the way of the next step."""
    stops = queries.stops_of(visit)
    guides = {one.guide_id for one in stops}
    parts = permissions.parts_of(actor, visit, queries.path_of(visit), guides)
    bars = commands.bars_of(visit, stops)
    verbs = casework.open_verbs(rules.TABLE, visit.state, bars, by=parts)
    if "cancel" in verbs and "call_off" in verbs:
        verbs.remove("cancel")
    options = {"pledge": [(key, str(word)) for key, word in words.PLEDGE.items()]}
    forms = [
        casework.form_of(words.VERBS[verb], rules.TABLE[visit.state, verb],
                         options if verb == "pledge" else None)
        for verb in verbs if words.VERBS[verb].do is not None
    ]  # fmt: skip
    steps = [cell.unless for (state, _verb), cell in rules.TABLE.items() if state == visit.state]
    missing = [words.OBSTACLE[bar] for unless in steps for bar in unless
               if bar in bars and bar != "begun"]  # fmt: skip
    return forms, missing


def guests_in_lines(visit: Visit) -> str:
    """Who comes, a line each, as it is typed."""
    return "\n".join(
        f"{one.name or _('erased')}\uff0c{one.post}" for one in queries.guests_of(visit)
    )


@dataclass(frozen=True, slots=True)
class Reception:
    """The reception list: as it would be now, or as it was frozen; names while they are kept."""

    content: dict[str, Any]
    guests: list[tuple[str, str]]
    frozen: Any
    whole: bool

    @property
    def table(self) -> str:
        """The sentence about what is on the table."""
        return say(self.content["table"])


def reception_of(visit: Visit) -> Reception:
    """The list of a visit; ``whole``: the digest is that of its content."""
    frozen = queries.list_of(visit)
    content = dict(frozen.content) if frozen else commands.reception(visit)
    guests = [(one.name or _("erased"), one.post) for one in queries.guests_of(visit)]
    whole = frozen is None or commands.digest_of(content) == frozen.digest
    return Reception(content, guests, frozen, whole)


def yuan(fen: int) -> str:
    """An amount as people write it."""
    return f"{fen / 100:.2f}"
