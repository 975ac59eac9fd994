"""The operator's page on which a district is archived, closed, kept after all, or deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.tenancy import jobs, leaving, queries, rules, words
from saas.tenancy import progress as progress_of
from saas.tenancy.models import Tenant
from saas.tenancy.schemas import CloseIn, DeleteIn, OtherIn, RecipientIn
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("leaving", "saas.tenancy", plane="hub")
_AT = "/hub/districts/<code>/leaving"


@pages.page(_AT, needs=SIGNED_IN, fresh=True)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """Its key, its archives, and how it ends."""
    return _page(queries.access_tenant(code))


def _page(tenant: Tenant, **forms: Form) -> Response:
    """With the form that was refused as it was filled, and the others as they begin."""
    key = forms.get("key") or Form(RecipientIn, suggested={"recipient": tenant.recipient or ""})
    close = forms.get("close") or Form(CloseIn, suggested={"days": rules.CLOSING_DAYS})
    delete = forms.get("delete") or Form(DeleteIn)
    written = queries.archives_of(tenant)
    return render(
        "tenancy/leaving.html",
        max((form.status for form in forms.values()), default=200),
        district=tenant,
        archives=written,
        here={one.id for one in written if _file(tenant, one.id).is_file()},
        moves=rules.moves_from(tenant.state),
        key=key,
        close=close,
        delete=delete,
        words=words,
        going=progress_of.under_way(tenant.code),
    )


@pages.page(f"{_AT}/progress", needs=SIGNED_IN)
def progress(actor: Actor, code: str) -> ResponseReturnValue:
    """How far it has come, for the page to ask again and again."""
    tenant = queries.access_tenant(code)
    going = progress_of.under_way(tenant.code)
    response = render("tenancy/_under_way.html", district=tenant, going=going, words=words)
    if not going:
        response.headers["HX-Refresh"] = "true"
    return response


@pages.page(f"{_AT}/beside", needs=SIGNED_IN, fresh=True)
def beside(actor: Actor, code: str) -> ResponseReturnValue:
    """A district and what was restored beside it."""
    return _beside(queries.access_tenant(code), Form(OtherIn))


def _beside(tenant: Tenant, form: Form) -> Response:
    others = [
        (one.code, f"{say(one.name)} · {one.code}") for one in queries.suspended_beside(tenant)
    ]
    return render(
        "tenancy/swap.html",
        form.status,
        district=tenant,
        form=form,
        others=others,
        compared=queries.last_comparing(tenant),
        going=progress_of.under_way(tenant.code),
        words=words,
    )


@pages.page(f"{_AT}/compare", needs=SIGNED_IN, methods=("POST",), fresh=True)
def compare(actor: Actor, code: str) -> ResponseReturnValue:
    """Have the two compared; the worker does it, since only it reads whole districts."""
    form = Form(OtherIn)
    if form.accepts(lambda other: queries.access_tenant(other).code):
        tenant = queries.access_tenant(code)
        mark = f"compare:{tenant.id}"
        who = actor.login or ""
        jobs.compare.enqueue(lock=mark, once=mark, one=tenant.code, other=form.result, operator=who)
        progress_of.begin(tenant.code, "compare")
        return redirect(url_for("leaving.beside", code=code))
    return _beside(queries.access_tenant(code), form)


@pages.page(f"{_AT}/swap", needs=SIGNED_IN, methods=("POST",), fresh=True)
def swap(actor: Actor, code: str) -> ResponseReturnValue:
    """Let the two change places."""
    form = Form(OtherIn)
    if form.accepts(lambda other: leaving.swap(code, other, actor=actor)):
        flash(_l("The two have changed places."), "done")
        return redirect(url_for("tenancy.show", code=code))
    return _beside(queries.access_tenant(code), form)


def _file(tenant: Tenant, number: int) -> Any:
    return leaving.archive_file(tenant.schema_name, number)


@pages.page(f"{_AT}/key", needs=SIGNED_IN, methods=("POST",), fresh=True)
def key(actor: Actor, code: str) -> ResponseReturnValue:
    """Have its archives sealed to this key from now on."""
    form = Form(RecipientIn)
    if form.accepts(partial(leaving.set_recipient, code, actor=actor)):
        flash(_l("Archives are sealed to this key from now on."), "done")
        return redirect(url_for("leaving.show", code=code))
    return _page(queries.access_tenant(code), key=form)


@pages.page(f"{_AT}/archive", needs=SIGNED_IN, methods=("POST",), fresh=True)
def archive(actor: Actor, code: str) -> ResponseReturnValue:
    """Have an archive written; the worker does it."""
    tenant = queries.access_tenant(code)
    if not tenant.recipient:
        flash(_l("Set the public key of this district first."), "warn")
        return redirect(url_for("leaving.show", code=code))
    mark = f"archive:{tenant.id}"
    jobs.archive.enqueue(lock=mark, once=mark, code=code, operator=actor.login or "")
    progress_of.begin(tenant.code, "archive")
    flash(_l("The archive is being written. It stands here when it is whole."), "done")
    return redirect(url_for("leaving.show", code=code))


@pages.page(f"{_AT}/archives/<int:number>", needs=SIGNED_IN)
def fetch(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """The sealed file: it opens with the district's secret key alone."""
    tenant = queries.access_tenant(code)
    known = any(one.id == number for one in queries.archives_of(tenant))
    file = _file(tenant, number)
    if not known or not file.is_file():
        raise NotFound
    sent: Response = send_file(
        file, "application/octet-stream", as_attachment=True, download_name=f"{code}-{number}.age"
    )
    sent.headers["Cache-Control"] = "private, no-store"
    return sent


@pages.page(f"{_AT}/close", needs=SIGNED_IN, methods=("POST",), fresh=True)
def close(actor: Actor, code: str) -> ResponseReturnValue:
    """Close it for good; for some days it can be kept."""
    form = Form(CloseIn)
    if form.accepts(partial(leaving.close, code, actor=actor)):
        flash(_l("The district is closing. Nothing is lost yet."), "done")
        return redirect(url_for("leaving.show", code=code))
    return _page(queries.access_tenant(code), close=form)


@pages.page(f"{_AT}/keep", needs=SIGNED_IN, methods=("POST",))
def keep(actor: Actor, code: str) -> ResponseReturnValue:
    """Not close it after all."""
    leaving.keep(code, actor=actor)
    flash(_l("The district is kept. It is suspended and can be resumed."), "done")
    return redirect(url_for("tenancy.show", code=code))


@pages.page(f"{_AT}/delete", needs=SIGNED_IN, methods=("POST",), fresh=True)
def delete(actor: Actor, code: str) -> ResponseReturnValue:
    """Delete it for good, when its days are over and it is archived."""
    form = Form(DeleteIn)
    if form.accepts(lambda **given: _delete(code, given, actor)):
        flash(_l("It is out of service for good and is being deleted."), "done")
        return redirect(url_for("leaving.show", code=code))
    return _page(queries.access_tenant(code), delete=form)


def _delete(code: str, given: dict[str, str], actor: Actor) -> None:
    if given["code"] != code:
        raise Invalid({"code": [_l("This is not the code of this district.")]})
    leaving.condemn(code, reason=given["reason"], actor=actor)
    jobs.remove.enqueue(code=code, reason=given["reason"], operator=actor.login or "")


@pages.page("/hub/districts/<code>/certificate", needs=SIGNED_IN)
def certificate(actor: Actor, code: str) -> ResponseReturnValue:
    """What was deleted, when, by whom, and which archive is left; to be printed."""
    tenant = queries.access_tenant(code)
    found = next((e for e in queries.events_of(tenant) if e.verb == "certify"), None)
    if found is None:
        raise NotFound
    return render("tenancy/certificate.html", district=tenant, event=found)
