"""A district's first page, and the doors of demo districts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from saas.accounts import queries as people
from saas.accounts.pages import start_session
from saas.activities import queries as activities
from saas.activities import views as activity_views
from saas.activities import words as activity_words
from saas.demands import queries as demands
from saas.demands import views as demand_views
from saas.kernel import clock, i18n
from saas.kernel.context import Actor, Tenant, current_scope, current_tenant, entering
from saas.kernel.errors import Forbidden, NotFound
from saas.kernel.i18n import gettext, ngettext, say
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.rooms import queries as rooms
from saas.rooms import views as room_views
from saas.showcase import commands, views
from saas.showcase.demos import commands as demos
from saas.showcase.demos import template
from saas.showcase.demos.pages import played
from saas.showcase.tour.pages import Here
from saas.showcase.tour.pages import here as tour_here
from saas.tenancy.provisioning import hub
from saas.territory import queries as units
from saas.themes import queries as themes
from saas.themes import views as theme_views
from saas.web.forms import Form
from saas.web.pages import OPEN_TO_ALL, PUBLIC, Pages, render

pages = Pages("showcase", __name__, plane="tenant")
_NEWEST = 3


def role_links(tenant: Tenant | None, actor: Actor) -> list[tuple[str, str, bool]]:
    """In a demo district: one door for each sample person that shows a role."""
    if tenant is None or not tenant.is_demo:
        return []
    names = people.role_names()
    return [
        (
            f"{say(names.get(role))} · {person.name}",
            url_for("showcase.enter", number=person.demo_entry),
            person.id == actor.person_id,
        )
        for person, role in people.demo_entries_with_roles()
    ]


@dataclass(frozen=True, slots=True)
class DemoClock:
    """A demo district's clock in the banner: what it shows, and how far it can be turned."""

    now: str
    url: str
    back: str
    steps: list[tuple[str, str]]
    anew: str | None
    links: list[tuple[str, str]]
    last_day: str | None
    extend: str | None
    tour: Here | None


def _links(tenant: Tenant) -> list[tuple[str, str]]:
    """What guests find in a demo besides: the tour, what to take home; in one of their own also
    what was caught. In the one that all share somebody may have typed a real number.
    """
    links = [
        (gettext("A tour of ten minutes"), url_for("tour.begin")),
        (gettext("Take it home"), url_for("takehome.shown")),
    ]
    if tenant.ends_at:
        links.append((gettext("What would have been sent"), url_for("own_demo.outbox")))
        links.append((gettext("We want this for our district"), url_for("own_demo.want")))
    return links


def demo_clock(tenant: Tenant | None) -> DemoClock | None:
    """The clock of a demo district; elsewhere there is none to turn."""
    if tenant is None or not tenant.is_demo:
        return None
    steps = [(str(label), step) for step, label in _STEPS.items()]
    if code := _DEMAND.fullmatch(request.path):
        steps.insert(0, (gettext("to the next time limit of this demand"), f"demand-{code[1]}"))
    guarded, ends = is_guarded(tenant), tenant.ends_at
    return DemoClock(
        now=i18n.short_datetime(clock.now(), tenant.time_zone),
        url=url_for("showcase.turn"),
        back=request.path,
        steps=[] if guarded else steps,
        anew=url_for("showcase.anew") if tenant.clock_shift or ends or guarded else None,
        links=_links(tenant),
        last_day=i18n.short_date(ends, tenant.time_zone) if ends else None,
        extend=url_for("own_demo.extend") if ends else None,
        tour=tour_here(tenant),
    )


def is_guarded(tenant: Tenant) -> bool:
    """Whether this is the demo that everybody shares, and strangers are kept from its clock and
    culture: who wants to turn and paint gets a demo of his own.
    """
    if not settings().showroom_guarded or not settings().demos_most or tenant.ends_at:
        return False
    return tenant.is_demo and tenant.code in commands.codes()


#: Where the clock is turned and the culture is made: pages, and groups of pages.
_KEPT = frozenset({"showcase.turn", "setup.culture", "culture_editor"})
_GUARDED = _l("Everybody shares this demo. In a demo of your own you can turn the clock and paint.")


@pages.before_app_request
def guard() -> None:
    """Clock and culture of the shared demo stay as they are for the next guest."""
    scope = current_scope()
    if request.method != "POST" or not isinstance(scope, Tenant):
        return
    if not _KEPT.isdisjoint((request.endpoint, request.blueprint)) and is_guarded(scope):
        raise Forbidden(_GUARDED)


_DEMAND = re.compile(r"/demands/([a-z0-9]{16})")
_STEPS = {
    "next": _l("to the next time limit of all"),
    "hours-8": _l("by 8 hours"),
    "hours-24": _l("by a day"),
    "hours-168": _l("by a week"),
}


@pages.page("/demo/clock", needs=PUBLIC, methods=("POST",))
def turn(actor: Actor) -> ResponseReturnValue:
    """Let time pass in a demo district, and the clock do what is due by then."""
    if not current_tenant().is_demo:
        raise NotFound
    rung = commands.turn_clock(request.form.get("step", "").replace("\x00", ""))
    said = ngettext("The clock did %(num)s thing.", "The clock did %(num)s things.", rung)
    flash(gettext("Time has passed.") + " " + said, "done")
    back = request.form.get("back", "")
    return redirect(request.script_root + (back if _INSIDE.fullmatch(back) else "/"))


@pages.page("/demo/anew", needs=PUBLIC, methods=("GET", "POST"))
def anew(actor: Actor) -> ResponseReturnValue:
    """Set the clock back: the one way is to begin the whole demo anew, after a question."""
    if not current_tenant().is_demo:
        raise NotFound
    form = Form(Schema)
    if form.accepts(partial(_begin_anew, actor)):
        return render("showcase/anew.html", 202, form=form, begun=True, quick=_is_quick())
    return render("showcase/anew.html", form.status, form=form, begun=False, quick=_is_quick())


def _is_quick() -> bool:
    """Whether there is a sample to copy from."""
    with entering(hub()), reading():
        return template.found() is not None


def _begin_anew(actor: Actor) -> None:
    code, who = current_tenant().code, Actor(actor.kind, name=actor.name)
    with entering(hub()), unit_of_work():
        demos.begin_anew(code, actor=who)


#: An address of this district, and nothing that leads out of it.
_INSIDE = re.compile(r"/(?!/)[\w./-]*")


@pages.page("/", needs=PUBLIC, keep=OPEN_TO_ALL)
def home(actor: Actor) -> ResponseReturnValue:
    """A resident's or visitor's first page; who works here begins at the desk instead."""
    desk = views.desk_of(actor)
    return redirect(desk) if desk else _first_page(actor)


@pages.page("/front", needs=PUBLIC, keep=OPEN_TO_ALL)
def front(actor: Actor) -> ResponseReturnValue:
    """The same first page for everybody, those who work here too."""
    return _first_page(actor)


def _first_page(actor: Actor) -> ResponseReturnValue:
    street = rooms.first_street([grant.path for grant in actor.grants])
    structure = rooms.structure_of(street) if street else None
    root, local = units.root(), clock.local()
    return render(
        "showcase/home.html",
        street=street,
        structure=structure,
        picture=room_views.plan_of(structure) if structure else None,
        today=room_views.open_today(structure, local) if structure else [],
        desk=views.desk_of(actor),
        own=demands.filed_by(actor.person_id)[:_NEWEST] if actor.person_id else [],
        turns=demands.turns_of(actor),
        activity_views=activity_views,
        activity_words=activity_words,
        offers=activities.offers_for(actor) if actor.signed_in else [],
        happens=activity_views.cards_of(activities.coming(street)[:_NEWEST]) if street else [],
        light_of=demand_views.light_for_own,
        now=clock.now(),
        figures=views.figures(root, actor) if root else [],
        culture=theme_views.home_block(themes.current_pack(), local.date()),
        doors=views.doors(actor) if current_tenant().is_demo else [],
    )


@pages.page("/enter/<int:number>", needs=PUBLIC, methods=("POST",))
def enter(actor: Actor, number: int) -> ResponseReturnValue:
    """One click into a demo district as one of its sample people; nowhere else."""
    chosen = [p for p in people.demo_entries() if p.demo_entry == number]
    if not current_tenant().is_demo or not chosen:
        raise NotFound
    start_session(chosen[0])
    played(number)
    flash(gettext("You are now %(name)s.", name=chosen[0].name), "done")
    return redirect(f"{request.script_root}/")
