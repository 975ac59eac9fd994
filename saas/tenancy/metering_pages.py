"""The operator's page of what a district uses and may use."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.tenancy import metering, queries, views
from saas.tenancy.schemas import QuotasIn
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("metering", "saas.tenancy", plane="hub")


@pages.page(
    "/hub/districts/<code>/usage", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True
)  # fmt: skip
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """What it used when it was counted last, beside its quotas."""
    tenant = queries.access_tenant(code)
    form = Form(QuotasIn, metering.quotas_in_form(tenant))
    if form.accepts(partial(metering.set_quotas, code, actor=actor)):
        flash(_l("Saved."), "done")
        return redirect(url_for("metering.show", code=code))
    usage = queries.usage_of(tenant)
    return render(
        "tenancy/usage.html",
        form.status,
        district=tenant,
        form=form,
        usage=usage,
        lines=views.usage_lines(usage.counts, queries.quotas_of(tenant)) if usage else [],
    )
