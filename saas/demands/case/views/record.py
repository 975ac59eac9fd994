"""One demand as its page shows it: its way drawn, its story, and what the reader may do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for

from saas import casework
from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.attachments import Attachment
from saas.casework import ActForm, lasting
from saas.casework.forms import Options
from saas.demands.case import permissions, queries, rules, words
from saas.demands.case.models import Demand, Helper
from saas.demands.case.queries import Act, Answer, Standing
from saas.demands.case.views.calls import CallLine, calls_of, quoted
from saas.demands.case.views.lines import Light, level_choices, light_of, plain_levels
from saas.demands.menu import queries as menu
from saas.demands.menu import views as menu_views
from saas.demands.menu.models import Category
from saas.demands.menu.rules import TEMPLATE_VERBS
from saas.kernel import clock, i18n
from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory.queries import Unit
from saas.web.pictures import Ladder, LadderLevel, LadderMove, ladder


def way_of(demand: Demand, story: Sequence[Act], *, speech: words.Speech = words.STAFF) -> Ladder:
    """The picture of a demand's way over the levels, for staff by their plain names."""
    named = plain_levels() if speech is words.STAFF else level_choices()
    levels = [LadderLevel(*pair) for pair in named]
    return ladder(levels, _stays(demand, story, speech), _("The way of this demand"))


def _stays(demand: Demand, story: Sequence[Act], speech: words.Speech) -> list[LadderMove]:
    """The acts grouped into stays: one for each time that a unit had the demand."""
    entries = [act for act in story if words.VERBS[act.verb].way]
    ends = [act.at for act in entries[1:]] + [demand.ended_at or clock.now()]
    living = demand.state in rules.LIVING
    last = len(entries) - 1
    return [
        LadderMove(
            level=act.level,
            holder=say(act.to_unit),
            held=lasting(end - act.at),
            act=str(speech.done[act.verb]) if number else "",
            why=act.reason or "",
            until=_until(demand) if living and number == last else "",
            now=living and number == last,
        )
        for number, (act, end) in enumerate(zip(entries, ends, strict=True))
    ]


def _until(demand: Demand) -> str:
    when = i18n.short_datetime(demand.due_at, current_tenant().time_zone)
    return _("until %(when)s", when=when[5:]) if when else ""


def timeline_of(
    story: Sequence[Act],
    *,
    internal: bool,
    names: bool = True,
    speech: words.Speech = words.STAFF,
    photos: Mapping[int, list[Photo]] | None = None,
) -> list[dict[str, Any]]:
    """The story for the timeline macro, newest first.

    ``internal``: with the notes of staff. ``names``: with who acted; else only for which unit.
    ``photos``: by the act; those of the filing stand elsewhere.
    """
    causes = menu.reason_names()
    return [
        casework.line_of(
            act,
            words.VERBS[act.verb],
            did=speech.done[act.verb],
            to=act.to_unit if words.VERBS[act.verb].way == "moves" else act.with_unit,
            where=act.as_unit or act.from_unit,
            before=_cause_and_stars(act, causes),
            named=names,
        )
        | {"photos": (photos or {}).get(act.number, ()) if act.number != FILED else ()}
        for act in reversed(story)
        if internal or not act.internal
    ]


def _cause_and_stars(act: Act, causes: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """What stands in the story before what was written."""
    stars = _("%(number)s of 5 stars", number=act.rating) if act.rating else ""
    return say(causes.get(act.code or "")), stars


def _why_it_waits(story: Sequence[Act]) -> str:
    """The cause of the last pause, and what was written with it."""
    last = next((act for act in reversed(story) if act.verb == "suspend"), None)
    parts = (say(menu.reason_names().get(last.code or "")), last.reason) if last else ()
    return " · ".join(part for part in parts if part)


#: The first act, with which a demand is filed.
FILED = 1
Photo = tuple[str, str, str]
"""Its address, that of the small one, and what it is called."""


def photos_by_act(demand: Demand, *, internal: bool) -> dict[int, list[Photo]]:
    """Number of an act → its photos, for a reader who may see the demand."""
    found: dict[int, list[Photo]] = {}
    for photo in queries.photos_of(demand, internal=internal):
        found.setdefault(photo.act, []).append(_shown_photo(demand, photo))
    return found


def photos_by_place(demand: Demand) -> dict[str, list[Photo]]:
    """What was the matter and what was done, to stand side by side; notes of staff stay out."""
    found: dict[str, list[Photo]] = {}
    for photo in queries.photos_of(demand, internal=False):
        found.setdefault(photo.place, []).append(_shown_photo(demand, photo))
    return found


def _shown_photo(demand: Demand, photo: Attachment) -> Photo:
    url = url_for("demands.numbered_photo", code=demand.code, number=photo.position)
    return url, f"{url}?small=1", _("Photo %(number)s", number=photo.position)


#: The question, and the answer in words.
Fact = tuple[str, str]


def open_facts(demand: Demand) -> list[Fact]:
    """What is not personal, for a slip that can lie about."""
    found = queries.details_of(demand, personal=False)
    return [(say(one.label), _in_words(one)) for one in found if not one.personal]


def _in_words(answer: Answer) -> str:
    """An answer in the reader's language."""
    if answer.value is None:
        return menu_views.MASKED
    if answer.kind == "choice":
        return say(answer.name)
    if answer.kind == "yes_no":
        return str(menu_views.YES_NO[answer.value])
    return answer.value


_MOST_SAME = 20


@dataclass(frozen=True, slots=True)
class Record:
    """A demand with everything that a page shows of it."""

    demand: Demand
    unit: Unit
    holder: Unit
    category: Category
    light: Light
    way: Ladder
    speech: words.Speech
    seen: int
    followers: int
    story: list[dict[str, Any]] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    helpers: Sequence[Helper] = ()
    helper_units: dict[int, Unit] = field(default_factory=dict)
    next_up: Unit | None = None
    filer: Person | None = None
    caller: str = ""
    phone: str = ""
    may_call: bool = False
    groups: list[tuple[object, list[ActForm]]] = field(default_factory=list)
    own: dict[str, ActForm] = field(default_factory=dict)
    into: Demand | None = None
    details: list[Fact] = field(default_factory=list)
    quoted: str = ""
    pause: str = ""
    photos: list[Photo] = field(default_factory=list)
    calls: list[CallLine] = field(default_factory=list)
    before: list[Photo] = field(default_factory=list)
    after: list[Photo] = field(default_factory=list)

    @property
    def waits_for(self) -> int:
        """How many units that were asked to join have not done their part."""
        return sum(helper.ended_at is None for helper in self.helpers) if self.is_living else 0

    @property
    def is_living(self) -> bool:
        """Whether anything is still to be done."""
        return self.demand.state in rules.LIVING


def record_of(demand: Demand, actor: Actor) -> Record:
    """A demand for a reader who may see it."""
    standing, story = queries.standing_of(demand), queries.story_of(demand)
    parts = permissions.parts_of(actor, standing)
    staff = actor.may(permissions.VIEW)
    speech = words.speech_to(staff=staff)
    forms = _forms(standing, parts, actor, speech)
    shows = permissions.can_see_filer(actor, demand, standing.holder.path)
    filer = people.find_person(demand.filed_by_id) if shows and demand.filed_by_id else None
    photos = photos_by_act(demand, internal=staff)
    places = photos_by_place(demand)
    sees = queries.sees_personal(actor, demand, standing.holder.path)
    details = queries.details_of(demand, personal=sees)
    at_work = people.holders_at([standing.holder.id], permissions.HANDLE)
    return replace(
        _facts_of(demand, standing, story, speech),
        light=light_of(demand, working=queries.ground().working if staff else None, speech=speech),
        story=timeline_of(
            _shown(story, demand, shows), internal=staff, photos=photos, speech=speech
        ),
        handlers=at_work.get(standing.holder.id, []),
        helpers=standing.helpers,
        helper_units=standing.helper_units,
        next_up=standing.up.unit if standing.up else None,
        filer=filer,
        caller=demand.caller_name or "" if shows else "",
        phone=masked_phone(_phone(demand, filer)) if shows else "",
        may_call=permissions.can_call(actor, demand, standing.holder.path),
        groups=casework.grouped(forms, words.GROUPS),
        own={form.verb: form for form in forms if form.group == "own"},
        into=queries.demand_by_id(demand.merged_into_id),
        details=[(say(one.label), _in_words(one)) for one in details],
        quoted=quoted(story),
        pause=_why_it_waits(story) if demand.state == "suspended" else "",
        photos=photos.get(FILED, []),
        calls=_calls(demand, standing, actor),
        before=places.get(rules.BEFORE, []),
        after=places.get(rules.AFTER, []),
    )


def _calls(demand: Demand, standing: Standing, actor: Actor) -> list[CallLine]:
    """The calls about it, for those who make them."""
    if not permissions.can_handle(actor, standing.holder.path):
        return []
    return calls_of(queries.calls_about(demand))


def _shown(story: Sequence[queries.Act], demand: Demand, shows: bool) -> list[queries.Act]:
    """The story; where the filer stays hidden, without the name under what the filer did."""
    if shows or not demand.anonymous or demand.filed_by_id is None:
        return list(story)
    return [act.without_name() if act.actor_id == demand.filed_by_id else act for act in story]


def _phone(demand: Demand, filer: Person | None) -> str | None:
    return (filer.phone if filer else None) or demand.caller_phone


def public_record_of(demand: Demand) -> Record:
    """The same for somebody who did not file it: no name, no words of a person, no act."""
    standing, story = queries.standing_of(demand), queries.story_of(demand)
    bare = [act.without_words() for act in story]
    timeline = timeline_of(bare, internal=False, names=False, speech=words.OTHERS)
    return replace(_facts_of(demand, standing, bare, words.OTHERS), story=timeline)


def _facts_of(
    demand: Demand, standing: Standing, story: Sequence[queries.Act], speech: words.Speech
) -> Record:
    """What everybody sees of it who sees it at all."""
    return Record(
        demand=demand,
        unit=standing.unit,
        holder=standing.holder,
        category=menu.category(demand.category),
        light=light_of(demand, speech=speech),
        way=way_of(demand, story, speech=speech),
        speech=speech,
        seen=demand.acts,
        followers=len(queries.follower_ids(demand)),
    )


def forms_of(standing: Standing, actor: Actor) -> list[ActForm]:
    """What ``actor`` can do about a demand now, each act with what has to be given with it."""
    return _forms(standing, permissions.parts_of(actor, standing), actor, words.STAFF)


def _forms(
    standing: Standing, parts: set[str], actor: Actor, speech: words.Speech
) -> list[ActForm]:
    open_ = rules.open_verbs(standing.facts, queries.ground().windows, by=parts)
    forms = [
        _form(standing, words.VERBS[verb], actor, speech) for verb in words.DO if verb in open_
    ]
    _offer_templates(standing.demand, standing.holder, forms)
    return forms


def _form(standing: Standing, verb: words.Verb, actor: Actor, speech: words.Speech) -> ActForm:
    cell = rules.TABLE[standing.demand.state, verb.code]
    stops = {"up": standing.up, "down": standing.down[0] if standing.down else None}
    stop = stops.get(cell.move)
    to = say(stop.unit.name) if stop else ""
    do = speech.do[verb.code]
    if verb.code == "withdraw" and speech is words.OWN and queries.is_ahead(standing.demand):
        do = words.CANCEL
    spoken = replace(verb, do=do)
    return casework.form_of(spoken, cell, _options(standing, verb, actor), to)


def _options(standing: Standing, verb: words.Verb, actor: Actor) -> dict[str, Options]:
    """What can be chosen from, by field."""
    if verb.cause:
        return {"code": [(cause.code, say(cause.name)) for cause in menu.reasons(verb.cause)]}
    if verb.offers == "same":
        same = queries.same_matter(standing.demand, _MOST_SAME)
        return {"into": [(other.code, other.words[:40]) for other in same]}
    if verb.offers:
        return {"unit": [(unit.code, say(unit.name)) for unit in _units(standing, verb, actor)]}
    return {}


def _units(standing: Standing, verb: words.Verb, actor: Actor) -> Sequence[Unit]:
    if verb.offers == "below":
        return [stop.unit for stop in standing.down]
    if verb.offers == "aside":
        return queries.transfer_targets(standing.holder)
    if verb.offers == "own_parts":
        helpers = permissions.helps_for(actor, standing)
    else:
        helpers = [helper for helper in standing.helpers if not helper.ended_at]
    return [standing.helper_units[helper.unit_id] for helper in helpers]


def _offer_templates(demand: Demand, holder: Unit, forms: Sequence[ActForm]) -> None:
    """Add to each form the texts that fit its verb and the demand's category, in one question."""
    fitting = [form for form in forms if form.verb in TEMPLATE_VERBS]
    if not fitting:
        return
    found = queries.templates_for(demand.category)
    values = {
        "code": demand.code,
        "unit": say(holder.name),
        "category": say(queries.category_name(demand.category)),
        "due": i18n.long_date(demand.due_at, current_tenant().time_zone),
    }
    for form in fitting:
        form.options["template"] = [
            (rules.filled(say(row.text), values), say(row.name))
            for row in found
            if row.verb in (None, form.verb)
        ]
