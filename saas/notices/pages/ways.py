"""What was not delivered and why, and the webhooks: for those who look after the district."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.notices import commands, queries, rules, views, words
from saas.notices.models import Webhook
from saas.notices.pages.blueprint import pages
from saas.notices.permissions import SETTINGS
from saas.notices.schemas import WebhookIn
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import PageOf, asked_for, page_number

_PAGE = 30


@pages.page("/deliveries", needs=SETTINGS)
def deliveries(actor: Actor) -> ResponseReturnValue:
    """What is on its way, what did not arrive and why, newest first."""
    which = asked_for("list", queries.DELIVERY_LISTS, "undelivered")
    channel = asked_for("channel", rules.CHANNELS, "")
    number, tenant = page_number(), current_tenant()
    rows, counts = queries.deliveries(
        which, channel=channel, actor=actor, number=number, size=_PAGE
    )
    return render(
        "notices/deliveries.html",
        rows=[views.sent_line(row, tenant.time_zone) for row in rows],
        page=PageOf(number, counts[which], _PAGE),
        which=which,
        channel=channel,
        counts=counts,
        words=words,
        mail_leaves=bool(settings().mail_from),
    )


@pages.page("/deliveries/<int:delivery_id>", needs=SETTINGS)
def delivery(actor: Actor, delivery_id: int) -> ResponseReturnValue:
    """One delivery: what it carries, to whom, and how it went."""
    sent = queries.sent_of(queries.access_delivery(delivery_id, actor=actor))
    zone = current_tenant().time_zone
    line, content = views.sent_line(sent, zone), views.content_of(sent, zone)
    return render("notices/delivery.html", line=line, hook=sent.hook, content=content, words=words)


@pages.page("/deliveries/<int:delivery_id>/again", needs=SETTINGS, methods=("POST",))
def send_again(actor: Actor, delivery_id: int) -> ResponseReturnValue:
    """Have it tried now."""
    chosen = queries.access_delivery(delivery_id, actor=actor, lock=True)
    commands.send_again(chosen, actor=actor)
    flash(_l("It is on its way again."), "done")
    if request.form.get("back") == "webhook" and chosen.webhook_id:
        return redirect(url_for("notices.webhook", webhook_id=chosen.webhook_id))
    return redirect(url_for("notices.delivery", delivery_id=delivery_id))


@pages.page("/webhooks", needs=SETTINGS)
def webhooks(actor: Actor) -> ResponseReturnValue:
    """The systems that are called when something happens."""
    hooks = queries.webhooks(actor=actor)
    return render("notices/webhooks.html", hooks=hooks, heard=views.heard)


@pages.page("/webhooks/new", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def add_webhook(actor: Actor) -> ResponseReturnValue:
    """Another address to call; its secret is shown in this one answer and never again."""
    form = Form(WebhookIn)
    if form.accepts(lambda **typed: commands.add_webhook(actor=actor, **typed)):
        return _page_of(form.result, secret=form.result.secret)
    return render("notices/add_webhook.html", form.status, form=form, choices=views.choices())


@pages.page("/webhooks/<int:webhook_id>", needs=SETTINGS)
def webhook(actor: Actor, webhook_id: int) -> ResponseReturnValue:
    """One webhook with its last calls."""
    return _page_of(queries.access_webhook(webhook_id, actor=actor))


def _page_of(hook: Webhook, secret: str | None = None) -> ResponseReturnValue:
    zone = current_tenant().time_zone
    return render(
        "notices/webhook.html",
        hook=hook,
        heard=views.heard(hook.kinds),
        calls=[views.sent_line(row, zone) for row in queries.last_calls(hook)],
        secret=secret,
    )


@pages.page("/webhooks/<int:webhook_id>/pause", needs=SETTINGS, methods=("POST",))
def pause_webhook(actor: Actor, webhook_id: int) -> ResponseReturnValue:
    """Call it no more for now."""
    hook = queries.access_webhook(webhook_id, actor=actor)
    commands.set_webhook_active(hook, active=False, actor=actor)
    return redirect(url_for("notices.webhook", webhook_id=webhook_id))


@pages.page("/webhooks/<int:webhook_id>/resume", needs=SETTINGS, methods=("POST",))
def resume_webhook(actor: Actor, webhook_id: int) -> ResponseReturnValue:
    """Call it again from now on."""
    hook = queries.access_webhook(webhook_id, actor=actor)
    commands.set_webhook_active(hook, active=True, actor=actor)
    return redirect(url_for("notices.webhook", webhook_id=webhook_id))


@pages.page("/webhooks/<int:webhook_id>/test", needs=SETTINGS, methods=("POST",))
def test_webhook(actor: Actor, webhook_id: int) -> ResponseReturnValue:
    """Call it with an event that means nothing."""
    commands.test_webhook(queries.access_webhook(webhook_id, actor=actor), actor=actor)
    flash(_l("A test call is on its way."), "done")
    return redirect(url_for("notices.webhook", webhook_id=webhook_id))
