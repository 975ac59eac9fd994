"""A person's inbox, and how the person is reached outside it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import LOCALES, locale_code
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.notices import commands, queries, rules, views, words
from saas.notices.models import Reach
from saas.notices.pages.blueprint import pages
from saas.notices.schemas import ReachIn
from saas.web import security
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import PageOf, asked_for, layout_of, page_number

_PAGE = 30
_MORNING = 8


@pages.page("/inbox", needs=SIGNED_IN)
def inbox(actor: Actor) -> ResponseReturnValue:
    """What the reader was told, newest first."""
    which, number = asked_for("list", queries.LISTS, "all"), page_number()
    rows, counts = queries.inbox(which, actor=actor, number=number, size=_PAGE)
    zone = current_tenant().time_zone
    return render(
        "notices/inbox.html",
        rows=[views.line_of(row, zone) for row in rows],
        page=PageOf(number, counts[which], _PAGE),
        which=which,
        counts=counts,
        words=words,
        layout=layout_of(actor),
    )


@pages.page("/inbox/<int:notice_id>/open", needs=SIGNED_IN, methods=("POST",))
def open_notice(actor: Actor, notice_id: int) -> ResponseReturnValue:
    """Note that it was read, and go where it leads."""
    notice = queries.access_notice(notice_id, actor=actor)
    commands.mark_read(notice)
    onward = security.own_path(request.script_root + notice.path)
    return redirect(onward or url_for("notices.inbox"))


@pages.page("/inbox/<int:notice_id>/read", needs=SIGNED_IN, methods=("POST",))
def read(actor: Actor, notice_id: int) -> ResponseReturnValue:
    """Note that it was read, and stay."""
    commands.mark_read(queries.access_notice(notice_id, actor=actor))
    return _back()


@pages.page("/inbox/<int:notice_id>/unread", needs=SIGNED_IN, methods=("POST",))
def unread(actor: Actor, notice_id: int) -> ResponseReturnValue:
    """Keep it for later."""
    commands.mark_unread(queries.access_notice(notice_id, actor=actor))
    return _back()


@pages.page("/inbox/read-all", needs=SIGNED_IN, methods=("POST",))
def read_all(actor: Actor) -> ResponseReturnValue:
    """Everything has been seen."""
    commands.mark_all_read(actor=actor)
    return _back()


def _back() -> ResponseReturnValue:
    """To the list and page from which the button was pressed."""
    which, number = request.form.get("list", ""), request.form.get("page", "")
    kept: dict[str, Any] = {"list": which} if which in queries.LISTS else {}
    if number.isascii() and number.isdigit():
        kept["page"] = number
    return redirect(url_for("notices.inbox", **kept))


@pages.page("/inbox/settings", needs=SIGNED_IN, methods=("GET", "POST"))
def reach(actor: Actor) -> ResponseReturnValue:
    """Mail or none, at once or once a day, and when to be left alone."""
    known = queries.reach_of(actor.id or 0)
    form = Form(ReachIn, _start(known), thing=("person", actor.id, "notices.set_reach"))
    if form.accepts(lambda **typed: commands.set_reach(actor=actor, **typed)):
        flash(_l("Stored."), "done")
        return redirect(url_for("notices.reach"))
    stored = known.mail if known else None
    return render(
        "notices/reach.html",
        form.status,
        form=form,
        stored=rules.masked_mail(stored) if stored else "",
        wants=words.WANTS,
        hours=[(hour, f"{hour:02}:00") for hour in range(24)],
        locales=LOCALES,
        leaves=bool(settings().mail_from) and not current_tenant().is_demo,
        way=queries.way_home(actor.person_id or 0),
        phone=masked_phone,
        layout=layout_of(actor),
    )


def _start(known: Reach | None) -> dict[str, Any]:
    if known is None:
        return {"wants_mail": "off", "digest_hour": _MORNING, "locale": locale_code()}
    return {
        "wants_mail": known.wants_mail,
        "digest_hour": known.digest_hour,
        "quiet_from": f"{known.quiet_from:%H:%M}" if known.quiet_from else "",
        "quiet_to": f"{known.quiet_to:%H:%M}" if known.quiet_to else "",
        "locale": known.locale,
    }


@pages.page("/inbox/settings/test", needs=SIGNED_IN, methods=("POST",))
def test_mail(actor: Actor) -> ResponseReturnValue:
    """Try the stored address."""
    commands.send_test_mail(actor=actor)
    flash(_l("A test mail is on its way."), "done")
    return redirect(url_for("notices.reach"))


@pages.page("/inbox/settings/account", needs=SIGNED_IN, methods=("POST",))
def account(actor: Actor) -> ResponseReturnValue:
    """Let the official account send one message of each kind, or nothing more."""
    if request.form.get("allow") == "yes":
        commands.allow_what_asks(actor=actor)
        flash(_l("The account will tell you when something is answered."), "done")
    else:
        commands.take_back_messages(actor=actor)
        flash(_l("The account sends you nothing more."), "done")
    return redirect(security.own_path(request.form.get("back", "")) or url_for("notices.reach"))
