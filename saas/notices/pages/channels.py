"""Short texts: who carries them, what they say, what the outbox has kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.errors import NotFound
from saas.kernel.i18n import LOCALES
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands, queries, rules, views, words
from saas.notices.models import Provider, Template
from saas.notices.pages.blueprint import pages
from saas.notices.permissions import SETTINGS, runs_the_ways
from saas.notices.schemas import FilingIn, ProviderIn, TemplateIn
from saas.web.forms import Form
from saas.web.pages import render
from saas.web.shell import PageOf, page_number

_PAGE = 30


def _ensure(actor: Actor, channel: str = "sms") -> None:
    if channel not in rules.SHORT or not runs_the_ways(actor):
        raise NotFound


@pages.page("/channels", needs=SETTINGS)
def channels(actor: Actor) -> ResponseReturnValue:
    """How residents are reached by telephone: each channel, what today has cost."""
    _ensure(actor)
    states = [views.channel_of(state) for state in queries.channel_states()]
    return render(
        "notices/channels.html", channels=states, words=words, used_up=queries.sms_used_up()
    )


@pages.page("/channels/<channel>", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def channel(actor: Actor, channel: str) -> ResponseReturnValue:
    """Who carries a channel, what it may cost a day, when it rests."""
    _ensure(actor, channel)
    own = queries.own_provider(channel)
    form = Form(ProviderIn, _start(own))
    if form.accepts(lambda **typed: commands.set_provider(channel, actor=actor, **typed)):
        flash(_l("Stored."), "done")
        return redirect(url_for("notices.channels"))
    return render(
        "notices/channel.html",
        form.status,
        form=form,
        channel=channel,
        words=words,
        kinds=[kind for kind in rules.PROVIDERS if kind != "house" or queries.house_line()],
        has_secret=bool(own and own.secret),
    )


def _start(row: Provider | None) -> dict[str, Any]:
    known = row or Provider(active=True, **queries.PROVIDER_START)
    return {
        "kind": known.kind,
        "active": known.active,
        "url": known.url or "",
        "key_id": known.key_id or "",
        "part": f"{Decimal(known.part_fen) / 100:.2f}",
        "day": f"{Decimal(known.day_fen) / 100:.2f}",
        "quiet_from": f"{known.quiet_from:%H:%M}" if known.quiet_from else "",
        "quiet_to": f"{known.quiet_to:%H:%M}" if known.quiet_to else "",
    }


@pages.page("/channels/<channel>/test", needs=SETTINGS, methods=("POST",))
def test_channel(actor: Actor, channel: str) -> ResponseReturnValue:
    """Send a test to who asks for it."""
    _ensure(actor, channel)
    commands.test_channel(channel, actor=actor)
    flash(_l("A test is on its way to you."), "done")
    return redirect(url_for("notices.channels"))


@pages.page("/channels/<channel>/templates", needs=SETTINGS)
def templates(actor: Actor, channel: str) -> ResponseReturnValue:
    """What every kind of notice says there, and how its filing stands."""
    _ensure(actor, channel)
    rows = [views.template_line(row) for row in queries.templates(channel)]
    return render("notices/templates.html", rows=rows, channel=channel, words=words)


def _template(actor: Actor, channel: str, kind: str, locale: str) -> Template:
    _ensure(actor, channel)
    known = words.KINDS.get(kind)
    if known is None or not known.short or locale not in LOCALES:
        raise NotFound
    return queries.template(channel, known, locale)


_TEMPLATE = "/channels/<channel>/templates/<notice>/<locale>"


@pages.page(_TEMPLATE, needs=SETTINGS, methods=("GET", "POST"))
def template(actor: Actor, channel: str, notice: str, locale: str) -> ResponseReturnValue:
    """The words of a template; below, how its filing stands."""
    row = _template(actor, channel, notice, locale)
    form = Form(TemplateIn, {"text": row.text, "signature": row.signature})
    if form.accepts(lambda **typed: commands.set_template(row, actor=actor, **typed)):
        flash(_l("Stored."), "done")
        return redirect(_url_of(row))
    return _template_page(row, form)


@pages.page(f"{_TEMPLATE}/filing", needs=SETTINGS, methods=("GET", "POST"))
def filing(actor: Actor, channel: str, notice: str, locale: str) -> ResponseReturnValue:
    """Note how the filing of a template stands."""
    row = _template(actor, channel, notice, locale)
    form = _filing_form(row)
    if form.accepts(lambda **typed: commands.file_template(row, actor=actor, **typed)):
        flash(_l("Stored."), "done")
        return redirect(_url_of(row))
    return render(
        "notices/filing.html", form.status, form=form, line=views.template_line(row), words=words
    )


def _filing_form(row: Template) -> Form:
    kept = {"filing": row.filing, "filed_no": row.filed_no, "refused": row.refused}
    return Form(FilingIn, kept)


def _url_of(row: Template) -> str:
    return url_for("notices.template", channel=row.channel, notice=row.kind, locale=row.locale)


def _template_page(row: Template, form: Form) -> ResponseReturnValue:
    return render(
        "notices/template.html",
        form.status,
        form=form,
        line=views.template_line(row),
        slots=[(slot, words.SLOT.get(slot, slot)) for slot in words.kind_of(row.kind).slots],
        site=queries.site(),
        words=words,
    )


@pages.page("/channels/outbox", needs=SETTINGS)
def outbox(actor: Actor) -> ResponseReturnValue:
    """What would have gone to telephones and was kept."""
    _ensure(actor)
    number, zone = page_number(), current_tenant().time_zone
    rows, total = queries.caught(number, _PAGE)
    return render(
        "notices/outbox.html",
        rows=[views.caught_of(row, zone) for row in rows],
        page=PageOf(number, total, _PAGE),
        words=words,
    )
