"""The operator's page of a district's addresses: its code, and hosts of its own."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.tenancy import addresses, queries
from saas.tenancy.models import Tenant
from saas.tenancy.schemas import HostIn, RenameIn
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("addresses", "saas.tenancy", plane="hub")
_AT = "/hub/districts/<code>/addresses"


@pages.page(_AT, needs=SIGNED_IN, fresh=True)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """Its code, codes of before, hosts."""
    return _page(queries.access_tenant(code))


def _page(tenant: Tenant, **forms: Form) -> Response:
    """With the form that was refused as it was filled."""
    return render(
        "tenancy/addresses.html",
        max((form.status for form in forms.values()), default=200),
        district=tenant,
        old=queries.old_codes_of(tenant),
        hosts=[(host, *addresses.record_of(host)) for host in queries.hosts_of(tenant)],
        rename=forms.get("rename") or Form(RenameIn),
        host=forms.get("host") or Form(HostIn),
        here=f"/d/{tenant.code}/",
    )


@pages.page(f"{_AT}/code", needs=SIGNED_IN, methods=("POST",), fresh=True)
def rename(actor: Actor, code: str) -> ResponseReturnValue:
    """Give it another code."""
    form = Form(RenameIn)
    if form.accepts(partial(addresses.rename, code, actor=actor)):
        known = dict(web_session.get("invitations", {}))
        if code in known:  # shown to this operator until the session ends
            web_session["invitations"] = {**known, form.result.code: known[code]}
        flash(_l("The district has its new code. The one of before leads on."), "done")
        return redirect(url_for("addresses.show", code=form.result.code))
    return _page(queries.access_tenant(code), rename=form)


@pages.page(f"{_AT}/hosts", needs=SIGNED_IN, methods=("POST",), fresh=True)
def add_host(actor: Actor, code: str) -> ResponseReturnValue:
    """Write down a host; what is to be proved stands on the page."""
    form = Form(HostIn)
    if form.accepts(partial(addresses.add_host, code, actor=actor)):
        flash(_l("Written down. It leads to the district once it is proved."), "done")
        return redirect(url_for("addresses.show", code=code))
    return _page(queries.access_tenant(code), host=form)


@pages.page(f"{_AT}/hosts/<int:number>/prove", needs=SIGNED_IN, methods=("POST",), fresh=True)
def prove_host(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """Look now whether the record is there."""
    if addresses.prove_host(code, number, actor=actor):
        flash(_l("The record is there: the name leads to the district."), "done")
    else:
        flash(_l("The record is not there yet. It can take hours until it is seen."), "warn")
    return redirect(url_for("addresses.show", code=code))


@pages.page(f"{_AT}/hosts/<int:number>/remove", needs=SIGNED_IN, methods=("POST",), fresh=True)
def remove_host(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """It leads nowhere from now on."""
    addresses.remove_host(code, number, actor=actor)
    flash(_l("Removed. The name leads nowhere any more."), "done")
    return redirect(url_for("addresses.show", code=code))
