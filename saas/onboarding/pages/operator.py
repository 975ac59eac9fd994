"""The operator's form for a new district: the least that makes it. The wizard does the rest."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.accounts.commands import new_keys
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.onboarding.commands import operating as commands
from saas.onboarding.schemas import DistrictIn, RealIn
from saas.packages.library import queries as library
from saas.tenancy import queries as tenants
from saas.tenancy.pages import keep_invitation
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("onboarding", "saas.onboarding", plane="hub")
_START = {"package": "1519", "kind": "standard", "login": "admin"}


@pages.page("/hub/new", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def create(actor: Actor) -> ResponseReturnValue:
    """Request a district; the next page shows it coming up."""
    form, keys = Form(DistrictIn, suggested=_START), new_keys()
    if form.accepts(partial(commands.request_district, keys, actor=actor)):
        code = form.result.code
        keep_invitation(code, keys)
        return redirect(url_for("tenancy.show", code=code))
    usable = [p for p in library.list_packages() if not p.faults]
    return render(
        "onboarding/create.html",
        form.status,
        form=form,
        packages=[(p.key, f"{say(p.title)} {p.version}", say(p.summary)) for p in usable],
    )


@pages.page("/hub/demos/<code>/real", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def make_real(actor: Actor, code: str) -> ResponseReturnValue:
    """Make a real district out of what was set up in a demo, and of nothing else in it."""
    demo, keys = tenants.access_tenant(code), new_keys()
    form = Form(RealIn, suggested={"name_zh": say(demo.name), "login": "admin"})
    if form.accepts(partial(commands.make_real, demo.code, keys, actor=actor)):
        keep_invitation(form.result.code, keys)
        return redirect(url_for("tenancy.show", code=form.result.code))
    return render("onboarding/make_real.html", form.status, form=form, demo=demo)


@pages.page("/hub/districts/<code>/invitation", needs=SIGNED_IN, methods=("POST",))
def invite(actor: Actor, code: str) -> ResponseReturnValue:
    """Another invitation for a first administrator whose own is lost or over."""
    keep_invitation(code, commands.invite_first(code, actor=actor))
    flash(_l("Made out anew; the one of before ends."), "done")
    return redirect(url_for("tenancy.show", code=code))
