"""One demand as its page shows it: facts, story, and what the reader may do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.demands import permissions, queries, rules, words
from saas.demands.models import Category, Demand, Helper
from saas.demands.queries import Standing
from saas.demands.views.details import Fact, facts_said
from saas.demands.views.lines import Light, light_of
from saas.demands.views.templates import offer_templates
from saas.demands.views.way import timeline_of, way_of
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.territory.queries import Unit
from saas.web.pictures import Ladder

#: How next acts are grouped on the page; the first of the first group is the biggest.
_GROUPS = (
    ("", ("accept", "resolve", "contribute", "uphold", "overrule", "resume")),
    (_l("Tell or ask"), ("reply", "ask", "note")),
    (_l("Pass on"), ("pass_up", "return_down", "transfer", "join", "release")),
    (_l("Decide"), ("suspend", "doubt", "end", "merge", "unmerge", "supervise")),
)
_OWN = ("answer", "confirm", "rate", "reopen", "appeal", "withdraw")
_MOST_SAME = 20

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ActForm:
    """A verb that can be used now, with what has to be said with it.

    ``asks`` are the needed fields, ``may`` those that can be given too; ``options`` by field.
    """

    verb: str
    label: str
    icon: str
    ask: object
    asks: tuple[str, ...]
    may: tuple[str, ...] = ()
    options: dict[str, Options] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """One press and it is done."""
        return not (self.asks or self.may)


@dataclass(frozen=True, slots=True)
class Record:
    """A demand with everything that a page shows of it."""

    demand: Demand
    unit: Unit
    holder: Unit
    category: Category
    light: Light
    way: Ladder
    story: list[dict[str, Any]]
    seen: int
    handlers: list[str]
    helpers: Sequence[Helper]
    helper_units: dict[int, Unit]
    next_up: Unit | None
    filer: Person | None
    caller: tuple[str, str] | None
    groups: list[tuple[object, list[ActForm]]]
    own: dict[str, ActForm]
    followers: int
    into: Demand | None
    details: list[Fact] = field(default_factory=list)
    said: str = ""

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
    forms = {form.verb: form for form in _forms(standing, parts, actor)}
    shows = permissions.can_see_filer(actor, demand, standing.holder.path)
    return Record(
        demand=demand,
        unit=standing.unit,
        holder=standing.holder,
        category=queries.category(demand.category),
        light=light_of(demand),
        way=way_of(demand, story),
        story=timeline_of(_shown(story, demand, shows), internal=staff),
        seen=demand.acts,
        handlers=people.holders_at([standing.holder.id], permissions.HANDLE).get(
            standing.holder.id, []
        ),
        helpers=standing.helpers,
        helper_units=standing.helper_units,
        next_up=standing.up.unit if standing.up else None,
        filer=people.find_person(demand.filed_by_id) if shows and demand.filed_by_id else None,
        caller=_caller(demand) if shows else None,
        groups=_grouped(forms),
        own={verb: forms[verb] for verb in _OWN if verb in forms},
        followers=len(queries.follower_ids(demand)),
        into=queries.demand_by_id(demand.merged_into_id),
        details=facts_said(demand, actor, standing.holder.path),
        said=_last_said(story),
    )


def _last_said(story: Sequence[queries.Act]) -> str:
    """What the resident was asked or told last, to stand beside the answer."""
    words_ = [act.reason for act in story if act.verb in {"ask", "resolve", "uphold", "end"}]
    return words_[-1] or "" if words_ else ""


def _shown(story: Sequence[queries.Act], demand: Demand, shows: bool) -> list[queries.Act]:
    """The story; where the filer stays hidden, without the name under what the filer did."""
    if shows or not demand.anonymous or demand.filed_by_id is None:
        return list(story)
    return [act.without_name() if act.actor_id == demand.filed_by_id else act for act in story]


def _caller(demand: Demand) -> tuple[str, str] | None:
    if not (demand.caller_name or demand.caller_phone):
        return None
    return demand.caller_name or "", demand.caller_phone or ""


def public_record_of(demand: Demand) -> Record:
    """The same for somebody who did not file it: no name, no words of a person, no act."""
    standing, story = queries.standing_of(demand), queries.story_of(demand)
    bare = [act.without_words() for act in story]
    return Record(
        demand=demand,
        unit=standing.unit,
        holder=standing.holder,
        category=queries.category(demand.category),
        light=light_of(demand),
        way=way_of(demand, bare),
        story=timeline_of(bare, internal=False, names=False),
        seen=demand.acts,
        handlers=[],
        helpers=(),
        helper_units={},
        next_up=None,
        filer=None,
        caller=None,
        groups=[],
        own={},
        followers=len(queries.follower_ids(demand)),
        into=None,
    )


def _grouped(forms: dict[str, ActForm]) -> list[tuple[object, list[ActForm]]]:
    groups = [(name, [forms[v] for v in verbs if v in forms]) for name, verbs in _GROUPS]
    return [(name, acts) for name, acts in groups if acts]


def forms_of(standing: Standing, actor: Actor) -> list[ActForm]:
    """What ``actor`` can do about a demand now, each act with what has to be said with it."""
    return _forms(standing, permissions.parts_of(actor, standing), actor)


def _forms(standing: Standing, parts: set[str], actor: Actor) -> list[ActForm]:
    verbs = rules.open_verbs(standing.facts, queries.ground().windows, by=parts)
    forms = [_form(standing, verb, actor) for verb in verbs if verb in words.DO]
    offer_templates(standing.demand, standing.holder, forms)
    return forms


def _form(standing: Standing, verb: str, actor: Actor) -> ActForm:
    cell = rules.TABLE[standing.demand.state, verb]
    offered = _OFFERS[verb](standing, actor) if verb in _OFFERS else {}
    label, may = str(words.DO[verb]), _MAY.get(verb, ())
    if verb == "pass_up" and standing.up:
        label = f"{label} → {say(standing.up.unit.name)}"
    if verb == "return_down":
        label = f"{label} → {say(standing.down[0].unit.name)}"
    if verb in {"return_down", "contribute"} and len(offered["unit"]) == 1:
        may = ()
    return ActForm(verb, label, words.ICON[verb], words.ASK.get(verb), cell.asks, may, offered)


#: What can be given with a verb though it need not be.
_MAY = {
    "return_down": ("unit",),
    "contribute": ("unit",),
    "supervise": ("hours",),
    "confirm": ("rating", "reason"),
    "rate": ("reason",),
}


def _below(standing: Standing, actor: Actor) -> dict[str, Options]:
    return {"unit": _units([stop.unit for stop in standing.down])}


def _aside(standing: Standing, actor: Actor) -> dict[str, Options]:
    return {"unit": _units(queries.transfer_targets(standing.holder))}


def _asked(standing: Standing, actor: Actor) -> dict[str, Options]:
    units = standing.helper_units
    return {"unit": _units([units[h.unit_id] for h in standing.helpers if not h.ended_at])}


def _own_parts(standing: Standing, actor: Actor) -> dict[str, Options]:
    mine = permissions.helps_for(actor, standing)
    return {"unit": _units([standing.helper_units[helper.unit_id] for helper in mine])}


def _causes(use: str) -> Callable[[Standing, Actor], dict[str, Options]]:
    return lambda standing, actor: {
        "code": [(reason.code, say(reason.name)) for reason in queries.reasons(use)]
    }


def _same(standing: Standing, actor: Actor) -> dict[str, Options]:
    same = queries.same_matter(standing.demand, _MOST_SAME)
    return {"into": [(other.code, other.words[:40]) for other in same]}


#: What can be chosen from, by verb.
_OFFERS: dict[str, Callable[[Standing, Actor], dict[str, Options]]] = {
    "return_down": _below,
    "transfer": _aside,
    "join": _aside,
    "release": _asked,
    "contribute": _own_parts,
    "suspend": _causes("suspend"),
    "doubt": _causes("decline"),
    "merge": _same,
}


def _units(units: Sequence[Unit]) -> Options:
    return [(unit.code, say(unit.name)) for unit in units]
