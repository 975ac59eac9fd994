"""What a mail says, in the language that its reader chose, and what a call carries."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from saas.kernel.context import Tenant, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext, say, speaking
from saas.notices import queries, words
from saas.notices.channels import Call, Mail
from saas.notices.models import Delivery, Notice, Reach, Webhook


def address_of(path: str) -> str | None:
    """The whole address of a page of this district, where the deployment says what it is."""
    site = queries.site()
    return f"{site}{path}" if site else None


def of_notice(delivery: Delivery, notice: Notice, reach: Reach) -> Mail:
    """The mail for one notice."""
    tenant, kind = current_tenant(), words.kind_of(notice.kind)
    with speaking(reach.locale):
        title = kind.title_with(notice.facts, tenant.time_zone)
        text = kind.text_with(notice.facts, tenant.time_zone)
        return _mail(delivery, reach, title, [title, text, _leading_to(notice.path)], kind.urgent)


def of_digest(delivery: Delivery, notices: Sequence[Notice], total: int, reach: Reach) -> Mail:
    """The mail of a day: what is unread, the urgent first; ``total`` may be more than is listed."""
    zone = current_tenant().time_zone
    ordered = sorted(notices, key=lambda one: not words.kind_of(one.kind).urgent)
    with speaking(reach.locale):
        title = ngettext("%(num)s unread notice", "%(num)s unread notices", total)
        lines = [f"· {words.kind_of(one.kind).title_with(one.facts, zone)}" for one in ordered]
        if total > len(lines):
            lines.append(_("… and %(number)s more", number=total - len(lines)))
        return _mail(delivery, reach, title, ["\n".join(lines), _leading_to("/inbox")])


def of_test(delivery: Delivery, reach: Reach) -> Mail:
    """The mail with which somebody tries the address."""
    with speaking(reach.locale):
        title = _("A test: your mail address works")
        text = _("Notices of this district will arrive like this mail.")
        return _mail(delivery, reach, title, [text, _leading_to("/inbox")])


def _leading_to(path: str) -> str:
    address = address_of(path)
    return _("Read on: %(address)s", address=address) if address else _("Read on in your inbox.")


def _mail(
    delivery: Delivery, reach: Reach, title: str, parts: Sequence[str], urgent: bool = False
) -> Mail:
    """A mail of the district, with the way to be left alone at its foot."""
    name = _district(current_tenant())
    change = address_of("/inbox/settings")
    foot = _("This mail comes from %(district)s because your settings ask for it.", district=name)
    foot = f"{foot}\n{change}" if change else foot
    text = "\n\n".join(part for part in (*parts, f"--\n{foot}") if part) + "\n"
    subject = _("Urgent: %(title)s", title=title) if urgent else title
    return Mail(delivery.key, reach.mail or "", subject, text, name, urgent)


def _district(tenant: Tenant) -> str:
    return say(tenant.name)


def call_of(delivery: Delivery, hook: Webhook) -> Call:
    """The call for an event; its body is the same at every attempt."""
    body = {
        "id": delivery.key,
        "event": delivery.event,
        "at": delivery.at,
        "district": current_tenant().code,
        **(delivery.payload or {}),
    }
    return Call(
        key=delivery.key,
        to=hook.url,
        event=delivery.event,
        body=orjson.dumps(body, option=orjson.OPT_UTC_Z | orjson.OPT_SORT_KEYS),
        secret=hook.secret,
        attempt=delivery.tries,
    )
