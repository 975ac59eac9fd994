"""A demo of one's own: asking for it, waiting a moment; what operators see of them and of the way
from a visit to a district.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from saas.kernel import throttle
from saas.kernel.context import Actor, current_tenant, entering
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.notices import queries as notices
from saas.notices import views as notice_views
from saas.showcase.demos import commands, queries, rules, views
from saas.showcase.demos.rules import Wish
from saas.showcase.demos.schemas import ContactIn, WishIn
from saas.showcase.demos.words import STEPS
from saas.tenancy import queries as tenants
from saas.tenancy.provisioning import hub
from saas.themes import queries as themes
from saas.visits.permissions import HANDLE
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.shell import PageOf, page_number

pages = Pages("demos", __name__, plane="hub")
inside = Pages("own_demo", __name__, plane="tenant")
_PAGE = 30


@pages.page("/hub/demo", needs=PUBLIC, methods=("GET", "POST"))
def ask(actor: Actor) -> ResponseReturnValue:
    """Ask for a demo: a name is enough."""
    if not settings().demos_most:
        raise NotFound
    shown_by = request.args.get("from", "")[:32]
    form = Form(WishIn, suggested={"look": "plain"})
    if form.accepts(partial(_order, shown_by, actor)):
        return redirect(url_for("demos.wait", code=form.result))
    looks = [(pack.code, say(pack.title), say(pack.summary)) for pack in themes.packs()]
    return render(
        "demos/ask.html", form.status, form=form, looks=looks,
        url=f"{url_for('demos.ask')}?{urlencode({'from': shown_by})}",
        days=settings().demo_days, most=rules.MOST_STREETS,
    )  # fmt: skip


def _order(shown_by: str, actor: Actor, name: str, streets: str, look: str) -> str:
    wish = Wish(name.strip(), tuple(rules.typed_streets(streets)), look)
    found = commands.order(wish, address=caller_address(), shown_by=shown_by, actor=actor)
    return found.code


@pages.page("/hub/demo/<code>", needs=PUBLIC)
def wait(actor: Actor, code: str) -> ResponseReturnValue:
    """A moment, until it is there; then straight in."""
    tenant = tenants.access_tenant(code)
    if queries.grant_of(tenant.id) is None:
        raise NotFound
    if tenant.state == "active":
        return redirect(f"/d/{code}/")
    before = queries.waits_before(tenant.id)
    response = render("demos/wait.html", district=tenant, before=before)
    if tenant.state != "failed":
        response.headers["Refresh"] = "1"
    return response


@pages.page("/hub/demos", needs=SIGNED_IN)
def overview(actor: Actor) -> ResponseReturnValue:
    """How far guests come, and the demos that stand now."""
    return render(
        "demos/overview.html", bars=views.bars(queries.funnel()), standing=queries.standing(),
        roles=rules.ROLES,
    )  # fmt: skip


@pages.page("/hub/demos/step/<step>", needs=SIGNED_IN)
def step(actor: Actor, step: str) -> ResponseReturnValue:
    """The records behind one count."""
    if step not in STEPS:
        raise NotFound
    return render("demos/step.html", name=STEPS[step][0], about=STEPS[step][1],
                  rows=queries.steps(step))  # fmt: skip


@pages.page("/hub/demos/<code>/remove", needs=SIGNED_IN, methods=("GET", "POST"))
def remove(actor: Actor, code: str) -> ResponseReturnValue:
    """Throw a demo away before its time, after a question."""
    tenant = tenants.access_tenant(code)
    if queries.grant_of(tenant.id) is None:
        raise NotFound
    form = Form(Schema)
    if form.accepts(partial(commands.end_now, tenant.id)):
        flash(_l("It is thrown away within the hour."), "done")
        return redirect(url_for("demos.overview"))
    return render("demos/remove.html", form.status, form=form, district=tenant)


# Inside a demo ----------------------------------------------------------------------------------


def _ensure_own() -> int:
    if not current_tenant().ends_at:
        raise NotFound
    return current_tenant().id


def played(entry: int) -> None:
    """Note, of a demo of somebody's own, that it was entered as one of its sample people."""
    district = current_tenant()
    if district.ends_at:
        with entering(hub()), unit_of_work():
            commands.play(district.id, entry)


@inside.page("/demo/extend", needs=PUBLIC, methods=("POST",))
def extend(actor: Actor) -> ResponseReturnValue:
    """One tap, and it stands as long again from today."""
    number = _ensure_own()
    with entering(hub()), unit_of_work():
        commands.extend(number)
    flash(_("It stays %(num)s days from today.", num=settings().demo_days), "done")
    return redirect(f"{request.script_root}/")


@inside.page("/demo/outbox", needs=PUBLIC)
def outbox(actor: Actor) -> ResponseReturnValue:
    """Every SMS, mail and call that was caught instead of sent; of this demo's guests alone."""
    _ensure_own()
    number, zone = page_number(), current_tenant().time_zone
    found, total = notices.everything_caught(number, _PAGE)
    line, content = notice_views.sent_line, notice_views.content_of
    rows = [(line(one, zone), content(one, zone)) for one in found]
    return render("demos/outbox.html", rows=rows, page=PageOf(number, total, _PAGE),
                  channels=notice_views.words.CHANNEL)  # fmt: skip


@inside.page("/demo/want", needs=PUBLIC, methods=("GET", "POST"))
def want(actor: Actor) -> ResponseReturnValue:
    """Ask for a real district: how one is reached is enough. Elsewhere than in a demo of one's own
    that begins with one.
    """
    if not current_tenant().ends_at and settings().demos_most:
        return redirect(f"/hub/demo?{urlencode({'from': current_tenant().code})}")
    _ensure_own()
    form = Form(ContactIn)
    if form.accepts(_want):
        flash(_("Thank you. Whoever runs this service gets in touch with you."), "done")
        return redirect(f"{request.script_root}/")
    return render("demos/want.html", form.status, form=form)


def _want(contact: str) -> None:
    throttle.use("demo.want", caller_address(), limit=10, window=rules.WANT_WINDOW)
    number = current_tenant().id
    with entering(hub()), unit_of_work():
        commands.want(number, contact)


@inside.page("/guests/way", needs=HANDLE)
def way(actor: Actor) -> ResponseReturnValue:
    """How far the guests of this district have come, as counts."""
    number = current_tenant().id
    with entering(hub()), reading():
        counts = queries.funnel(number)
    return render("demos/way.html", bars=views.bars(counts), opens={
        "visited": url_for("visits.listing"), "wanted": url_for("visits.listing"),
    })  # fmt: skip
