"""What templates show of organisations, every word ready."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for

from saas import attachments, casework
from saas.casework import ActForm
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.organisations import facts, forms, lists, permissions, queries, rules, words
from saas.organisations.facts import PARTIES, Giver
from saas.organisations.models import Organisation, Plan
from saas.organisations.queries import Standing, StoryAct
from saas.organisations.rules import Measured


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: what is wanted, what is there, and where its records stand."""

    words: str
    wanted: str
    found: int
    met: bool
    url: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One of the five parties: whether it has done its part, and where that is written down."""

    code: str
    words: str
    lit: bool
    url: str
    told: str


@dataclass
class Record:
    """An organisation with everything that a page shows of it."""

    group: Organisation
    standing: Standing
    row: lists.Row
    criteria: list[Criterion]
    dots: list[Dot]
    story: list[dict[str, Any]]
    groups: list[tuple[object, list[ActForm]]] = field(default_factory=list)
    running: list[tuple[str, int, str]] = field(default_factory=list)
    adds: list[tuple[str, object]] = field(default_factory=list)
    elsewhere: list[tuple[str, int, str]] = field(default_factory=list)
    pictures: Sequence[Any] = ()

    @property
    def waits(self) -> str:
        """What waits for a second person, in words."""
        asked = self.group.asked
        return str(words.VERBS[asked].do) if asked else ""


def record_of(group: Organisation, actor: Actor) -> Record:
    """An organisation for a reader who may see it."""
    standing = queries.standing_of(group)
    parts = permissions.parts_of(actor, standing)
    staff = actor.may(permissions.VIEW, standing.home_path)
    story = [act for act in queries.story_of(group) if staff or not words.VERBS[act.verb].internal]
    return Record(
        group=group,
        standing=standing,
        row=lists.rows_of([group])[0],
        criteria=[_criterion(one, group, staff) for one in standing.measured],
        dots=dots_of([group])[group.id],
        story=[_line(act) for act in story],
        groups=casework.grouped(_forms(standing, parts), words.GROUPS),
        running=_running(group, staff) if group.state == "leaving" else [],
        adds=_adds(group, parts, actor.person_id in standing.people),
        elsewhere=_elsewhere(group),
        pictures=[one for one in attachments.of("organisation", group.id) if one.is_picture],
    )


def _adds(group: Organisation, parts: set[str], ours: bool) -> list[tuple[str, object]]:
    """What the reader may add; a session only who stands on a side of it."""
    if group.state == "left":
        return []
    open_ = [(code, one) for code, one in forms.ADDINGS.items() if parts & one.parts]
    return [(code, one.title) for code, one in open_ if code != "session" or ours]


def _running(group: Organisation, staff: bool) -> list[tuple[str, int, str]]:
    """The checklist of who leaves: what still runs, how much of it, and where."""
    return [(str(one.bars), n, _url(one, group, staff)) for one, n in queries.running(group)]


def _elsewhere(group: Organisation) -> list[tuple[str, int, str]]:
    """What other domains have of it: in words, how many, and the page of it."""
    found = [(one, one.count([group.id], None).get(group.id, 0))
             for one in facts.givers().values() if one.endpoint]  # fmt: skip
    return [(str(one.words), n, url_for(one.endpoint, code=group.code)) for one, n in found if n]


def _url(giver: Giver, group: Organisation, staff: bool) -> str:
    if giver.endpoint:
        return url_for(giver.endpoint, code=group.code)
    return f"#{giver.anchor}" if giver.anchor else ""


def _criterion(one: Measured, group: Organisation, staff: bool) -> Criterion:
    giver = facts.givers().get(one.measure)
    name = str(giver.words) if giver else one.measure
    wanted = str(one.at_least)
    if one.within_days:
        wanted = _("%(number)s within %(days)s days", number=one.at_least, days=one.within_days)
    return Criterion(name, wanted, one.found, one.met, _url(giver, group, staff) if giver else "")


def dots_of(groups: Sequence[Organisation]) -> dict[int, list[Dot]]:
    """The five dots of organisations, each computed from what the fact-givers count."""
    ids = [group.id for group in groups]
    by_party: dict[str, list[tuple[Giver, Any]]] = {}
    for giver in facts.givers().values():
        if giver.party:
            by_party.setdefault(giver.party, []).append((giver, giver.count(ids, None)))
    return {
        group.id: [
            _dot(code, word, by_party.get(code, []), group) for code, word in PARTIES.items()
        ]
        for group in groups
    }


def _dot(code: str, word: object, counted: list[tuple[Giver, Any]], group: Organisation) -> Dot:
    found = [(giver, number[group.id]) for giver, number in counted if number.get(group.id)]
    url = _url(found[0][0], group, True) if found else ""
    told = _(", ").join(f"{giver.words} {number}" for giver, number in found)
    nothing = _("nothing yet") if counted else _("not counted yet")
    return Dot(code, str(word), bool(found), url, told or nothing)


# Acts and story ---------------------------------------------------------------------------------


def _forms(standing: Standing, parts: set[str]) -> Iterable[ActForm]:
    """What can be done now. Where something waits for a second person, of all that takes two only
    that is offered.
    """
    group, bars = standing.group, queries.bars_of(standing)
    if "above" in parts:
        bars = bars - {"unmet"}
    for verb in casework.open_verbs(rules.TABLE, group.state, bars, by=parts):
        row, two = words.VERBS[verb], verb in rules.TWO
        if row.do is None or (two and group.asked not in (None, verb)):
            continue
        cell = rules.TABLE[group.state, verb]
        if two and group.asked == verb:
            yield ActForm(verb, _("Confirm: %(act)s", act=str(row.do)), str(row.do), row.icon,
                          _("Anything to add?"), (), ("reason",), group="next")  # fmt: skip
            continue
        form = casework.form_of(row, cell, _options(standing, cell.asks))
        met = not rules.unmet(standing.measured)
        yield replace(form, may=tuple(f for f in form.may if not (met and f == "exception")))


def _options(standing: Standing, asks: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen with an act."""
    found = {}
    if "to" in asks:
        own = standing.type.code
        found["to"] = [(r.code, say(r.name)) for r in queries.types() if r.code != own]
    if "exit" in asks:
        found["exit"] = [(r.code, say(r.name)) for r in queries.terms("exit")]
    return found


def _line(act: StoryAct) -> dict[str, Any]:
    """One line of the story: who asked and decided, what was given, how criteria stood."""
    verb = words.VERBS[act.verb]
    before = []
    if act.about:
        before.append(str(words.VERBS[act.about].do))
    if act.first:
        before.append(_("asked by %(who)s", who=act.first))
    if act.exception:
        before.append(_("exception"))
    before += [act.facts[name] for name in ("number", "until") if act.facts.get(name)]
    if act.verb in ("promote", "graduate", "hold") and act.measured:
        met = sum(one["met"] for one in act.measured)
        before.append(_("%(met)s of %(all)s criteria met", met=met, all=len(act.measured)))
    return casework.line_of(act, verb, before=tuple(before))


def post_name(post: Any, names: dict[int, str]) -> str:
    """Who holds a post."""
    return names.get(post.person_id) or post.name or "?"


def phone_of(post: Any) -> str:
    """The number of a post as far as it is shown on a page."""
    return masked_phone(post.phone) if post.phone else ""


# Plans ------------------------------------------------------------------------------------------


def plan_forms(plan: Plan, actor: Actor) -> list[ActForm]:
    """What can be done with a plan now."""
    group, station = queries.of_plan(plan)
    parts = permissions.parts_of(actor, queries.standing_of(group))
    parts |= {"station"} if actor.may(permissions.CHECK, station.path) else set()
    verbs = casework.open_verbs(rules.PLANS, plan.state, (), by=parts)
    return [casework.form_of(words.PLAN_VERBS[v], rules.PLANS[plan.state, v]) for v in verbs]


def plan_lines(plan: Plan) -> list[dict[str, Any]]:
    """The story of a plan."""
    return [casework.line_of(act, words.PLAN_VERBS[act.verb]) for act in queries.plan_story(plan)]
