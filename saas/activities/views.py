"""What templates show of activities, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from saas import casework
from saas.accounts import queries as accounts
from saas.activities import permissions, queries, rules, words
from saas.activities.commands.acting import bars_of
from saas.activities.models import Activity, Session, SignUp
from saas.activities.queries import Places, Scene, Turn
from saas.bookings.views import times
from saas.casework import ActForm
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import long_date, ngettext, say
from saas.kernel.schemas import in_lines
from saas.kernel.shortcodes import shown_code
from saas.organisations import queries as organisations
from saas.themes import queries as themes
from saas.themes import views as theme_views


def when(one: Session) -> str:
    """The long date with the times of the day."""
    return f"{long_date(one.start, str(clock.zone()))} {times((one.start, one.end))}"


def day_of(one: Session) -> date:
    """The day on which it begins."""
    return one.start.astimezone(clock.zone()).date()


def where(scene: Scene) -> str:
    """The place in a few words, with floor and building where a room has them."""
    return " · ".join(dict.fromkeys(filter(None, (say(scene.where), say(scene.way)))))


def steps(scene: Scene) -> str:
    """Whether one gets there without steps; of what nobody has looked at that is said."""
    known = scene.venue.step_free if scene.venue else None
    if known is None:
        return _("Steps: not known yet, please ask")
    return _("Without steps") if known else _("There are steps")


def price(activity: Activity) -> str:
    """What it costs whom."""
    prices = {name: getattr(activity, f"{name}_fen") for name in words.PRICE}
    asked = [
        _("%(who)s: %(yuan)s yuan", who=words.PRICE[name], yuan=f"{fen / 100:g}")
        for name, fen in prices.items()
        if fen
    ]
    return " · ".join(asked) or _("Free of charge")


def free_words(one: Session, places: Places) -> tuple[str, str]:
    """How many places are left, as (tone, words)."""
    if one.state == "cancelled":
        return "warn", _("It does not take place")
    if places.total is None:
        return "good", _("No sign-up needed: just come")
    if places.waiting:
        waits = ngettext("Waiting list: %(num)s party", "Waiting list: %(num)s parties",
                         places.waiting)  # fmt: skip
        return "waiting", waits
    if not places.free:
        return "late", _("All places are taken: you can wait")
    return "good", ngettext("%(num)s place is free", "%(num)s places are free", places.free)


@dataclass(frozen=True, slots=True)
class Card:
    """A session as residents find it in a list."""

    scene: Scene
    when: str
    where: str
    steps: str
    free: tuple[str, str]
    price: str
    own: bool = False


def card_of(scene: Scene, places: Places) -> Card:
    """One session, as its card."""
    one = scene.session
    return Card(scene, when(one), where(scene), steps(scene), free_words(one, places),
                price(scene.activity))  # fmt: skip


def cards_of(found: Sequence[Scene]) -> list[Card]:
    """Many of them, in as many questions as for one."""
    known = queries.places_of([scene.session for scene in found])
    return [card_of(scene, known[scene.session.id]) for scene in found]


@dataclass(frozen=True, slots=True)
class Placed:
    """A session with how it stands."""

    scene: Scene
    places: Places


def rows_with_places(found: Sequence[Scene]) -> list[Placed]:
    """Many of them, in as many questions as for one."""
    known = queries.places_of([scene.session for scene in found])
    return [Placed(scene, known[scene.session.id]) for scene in found]


def by_days(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Today, the rest of the week, later; each only where there is something."""
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    found: dict[str, list[Card]] = {_("Today"): [], _("This week"): [], _("Later on"): []}
    names = list(found)
    for card in cards:
        day = day_of(card.scene.session)
        found[names[0 if day <= today else 1 if day <= sunday else 2]].append(card)
    return [(name, rows) for name, rows in found.items() if rows]


def turn_words(turn: Turn) -> str:
    """Where somebody stands in the queue, and why it does not move."""
    place = _("You are number %(place)s on the waiting list.", place=turn.place)
    if not turn.free:
        return _("%(place)s No place is free now.", place=place)
    return _("%(place)s Free now: %(free)s; the next party is %(next)s.", place=place,
             free=turn.free, next=turn.next_party)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A session with everything that its page shows."""

    card: Card
    state: tuple[str, object]
    facts: list[tuple[object, object]]
    dates: Sequence[Session]
    makes: bool
    shut: str | None
    mine: SignUp | None
    turn: str
    pool: Session

    @property
    def scene(self) -> Scene:
        """Session, activity, street."""
        return self.card.scene


def record_of(scene: Scene, actor: Actor) -> Record:
    """A session for a reader."""
    one, pool = scene.session, queries.pool_of(scene.session)
    mine = queries.own_living(pool.id, actor)
    turn = queries.turn_of(mine) if mine and mine.state == "waiting" else None
    shut = rules.closed_to(clock.now(), pool.opens_at, pool.closes_at, state=pool.state,
                           capacity=pool.capacity)  # fmt: skip
    people = queries.people_of(scene.activity)
    return Record(
        card_of(scene, queries.places_of([one])[one.id]), words.STATE[one.state],
        _facts(scene), queries.dates_of(one),
        bool(permissions.session_parts(actor, scene, people)), shut, mine,
        turn_words(turn) if turn else "", pool,
    )  # fmt: skip


def names_of(named: Any) -> str:
    """A thing by its name."""
    return say(named[0])


def _facts(scene: Scene) -> list[tuple[object, object]]:
    activity = scene.activity
    groups = organisations.names([activity.organisation_id] if activity.organisation_id else [])
    group = groups.get(activity.organisation_id or 0)
    bring = _(", ").join(say(one) for one in activity.bring)
    return [
        (_("When"), when(scene.session)),
        (_("Where"), where(scene)),
        (_("Street"), say(scene.street.name)),
        (_("Getting in"), steps(scene)),
        (_("Who is it for?"), say(activity.audience) or None),
        (_("Price"), price(activity)),
        (_("What to bring"), bring or None),
        (_("Done by"), names_of(group) if group else say(scene.street.name)),
    ]


def open_verbs(scene: Scene, actor: Actor) -> list[str]:
    """What the reader can do now with a session."""
    parts = permissions.session_parts(actor, scene, queries.people_of(scene.activity))
    return casework.open_verbs(rules.SESSION, scene.session.state, bars_of(scene.session), by=parts)


def acts_of(scene: Scene, actor: Actor) -> list[ActForm]:
    """The same as forms; time and place have a page of their own, and whether it was held is said
    where people are counted.
    """
    state = scene.session.state
    hidden = ("move", "resize", "hold", "close")
    shown = [verb for verb in open_verbs(scene, actor) if verb not in hidden]
    return [casework.form_of(words.SESSION_VERBS[v], rules.SESSION[state, v]) for v in shown]


def story_of(one: Session) -> list[dict[str, Any]]:
    """What happened to a session, for who works there."""
    return [casework.line_of(act, words.SESSION_VERBS[act.verb]) for act in queries.story_of(one)]


@dataclass(frozen=True, slots=True)
class Row:
    """A sign-up in the list of who works there."""

    signup: SignUp
    name: str
    phone: str
    state: tuple[str, object]
    consent: object


def _phone(signup: SignUp, *, whole: bool) -> str:
    if signup.guest_phone is None:
        return ""
    return signup.guest_phone if whole else masked_phone(signup.guest_phone)


def rows_of(found: Sequence[SignUp], *, whole: bool = False) -> list[Row]:
    """Who signed up, with names; for who works there. ``whole``: numbers to be rung."""
    names = accounts.names_of([one.person_id for one in found if one.person_id])
    return [
        Row(one, one.guest_name or names.get(one.person_id or 0, "–"),
            _phone(one, whole=whole), words.SIGNED[one.state],
            words.CONSENT_SHORT[one.photo_consent])
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sign-up with everything that its page shows."""

    signup: SignUp
    card: Card
    code: str
    state: tuple[str, object]
    turn: str
    until: Any
    forms: list[ActForm]
    story: list[dict[str, Any]]
    staff: bool


def ticket_of(signup: SignUp, scene: Scene, actor: Actor) -> Ticket:
    """A sign-up for a reader who may see it."""
    one = scene.session
    parts = permissions.signup_parts(actor, signup, scene)
    bars = rules.signup_bars(clock.now(), one.start, one.cancel_until)
    verbs = casework.open_verbs(rules.SIGNUP, signup.state, bars, by=parts)
    if "leave" in verbs and "take_out" in verbs:
        verbs.remove("take_out")
    turn = queries.turn_of(signup) if signup.state == "waiting" else None
    return Ticket(
        signup, card_of(scene, queries.places_of([one])[one.id]), shown_code(signup.code),
        words.SIGNED[signup.state], turn_words(turn) if turn else "",
        signup.next_at if signup.state == "offered" else None,
        [casework.form_of(words.SIGNUP_VERBS[v], rules.SIGNUP[signup.state, v]) for v in verbs
         if words.SIGNUP_VERBS[v].do is not None],
        [casework.line_of(act, words.SIGNUP_VERBS[act.verb], named="handler" in parts)
         for act in queries.signup_story(signup)],
        "handler" in parts,
    )  # fmt: skip


# A year ------------------------------------------------------------------------------------------


def weeks_of(first: date, found: Sequence[Scene]) -> list[list[tuple[date, list[Scene]]]]:
    """The weeks that a month touches, from Monday, each day with its sessions."""
    by_day: dict[date, list[Scene]] = {}
    for scene in found:
        by_day.setdefault(day_of(scene.session), []).append(scene)
    day = first - timedelta(days=first.weekday())
    weeks: list[list[tuple[date, list[Scene]]]] = []
    while not weeks or day.month == first.month:
        days = [day + timedelta(days=n) for n in range(7)]
        weeks.append([(one, by_day.get(one, [])) for one in days])
        day += timedelta(days=7)
    return weeks


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """A month of the planner: its first day, its festivals and its sessions."""

    first: date
    festivals: Sequence[Any]
    sessions: Sequence[Scene]


def months_of(year: int, found: Sequence[Scene], festivals: Sequence[Any]) -> list[PlannedMonth]:
    """Twelve months."""
    return [
        PlannedMonth(
            date(year, month, 1),
            [row for row in festivals if row.first.month == month],
            [scene for scene in found if day_of(scene.session).month == month
             and day_of(scene.session).year == year],
        )
        for month in range(1, 13)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """An activity of the culture with the next day on which its festival falls."""

    activity: Any
    day: date | None
    festival: Any


def templates_of(pack: Any) -> list[Template]:
    """What the culture does in a year, what comes next first."""
    days: dict[str, tuple[date, Any]] = {}
    for row in theme_views.next_rows(pack, clock.today(), 200):
        for code in row.festival.activities:
            days.setdefault(code, (row.first, row.festival))
    rows = [Template(one, *days.get(one.code, (None, None))) for one in pack.activities]
    return sorted(rows, key=lambda row: (row.day is None, row.day or date.max))


def begin_with(code: str) -> dict[str, Any]:
    """What the form of a plan begins with, for an activity of the culture; nothing for none."""
    rows = templates_of(themes.current_pack()) if code else []
    return next((filled_from(row) for row in rows if row.activity.code == code), {})


def filled_from(row: Template) -> dict[str, Any]:
    """What the form of a plan begins with: day, room, steps and what to bring are the culture's."""
    start = clock.begin_of(row.day or clock.today()) + _AFTERNOON
    end = start + timedelta(minutes=row.activity.minutes)
    text = {tongue: "\n".join(filter(None, (
        row.activity.purpose.get(tongue), *(step.get(tongue) for step in row.activity.steps))))
        for tongue in ("zh", "en")}  # fmt: skip
    return {
        "template": row.activity.code, "title_zh": row.activity.name.get("zh", ""),
        "title_en": row.activity.name.get("en", ""), "text_zh": text["zh"], "text_en": text["en"],
        "bring": in_lines(row.activity.bring), "max_people": row.activity.places,
        "room": row.activity.room or "", "kind": "festival", "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        **({"day": f"{row.day:%Y-%m-%d}"} if row.day else {}),
    }  # fmt: skip


#: When something of the culture begins, unless it is said otherwise.
_AFTERNOON = timedelta(hours=14, minutes=30)
