"""What a district sets for its short texts: who carries them, what they say, how filing stands."""

from __future__ import annotations

from datetime import time

import sqlalchemy as sa

from saas.kernel import audit, clock, throttle
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.notices import chain, jobs, queries, rules, words
from saas.notices.models import Delivery, Provider, Template, Webhook

_TEXT_FAULTS = {
    "braces": _l("A slot is written with both braces, like {what}."),
    "unknown_slot": _l("Only the slots that stand below can be filled."),
    "two_links": _l("Only one address may stand in a text."),
    "other_link": _l("The only address that may stand in a text is that of the residents' site."),
    "link_slot": _l("No slot may be part of an address: such texts are not filed."),
}


def set_provider(
    channel: str,
    *,
    kind: str,
    active: bool,
    url: str,
    key_id: str,
    secret: str,
    part_fen: int,
    day_fen: int,
    quiet_from: time | None,
    quiet_to: time | None,
    actor: Actor,
) -> Provider:
    """Who carries ``channel`` from now on. An empty ``secret`` leaves the stored one.

    Raises `Invalid` by field: an address that cannot be called, a key or a secret that is missing.
    """
    row = queries.own_provider(channel) or Provider(channel=channel)
    if kind == "own":
        _ensure_callable(url, key_id, secret or row.secret or "")
    if kind == "house" and queries.house_line() is None:
        raise Invalid({"kind": [_l("The operator of this service offers none.")]})
    row.kind, row.active = kind, active
    row.url, row.key_id = url or None, key_id or None
    row.secret = secret or row.secret
    row.part_fen, row.day_fen = part_fen, day_fen
    row.quiet_from, row.quiet_to = quiet_from, quiet_to
    session.add(row)
    session.flush()
    audit.record(
        "notices.set_provider", "channel", row.id, actor=actor, channel=channel, kind=kind,
        active=active, secret_changed=bool(secret),
    )  # fmt: skip
    return row


def _ensure_callable(url: str, key_id: str, secret: str) -> None:
    faults: dict[str, list[object]] = {}
    wrong = rules.url_fault(url, private=settings().webhook_private)
    if wrong:
        faults["url"] = [_URL_FAULTS[wrong]]
    if not key_id:
        faults["key_id"] = [_l("Write the key's number, as the provider gave it.")]
    if not secret:
        faults["secret"] = [_l("Write the secret, as the provider gave it.")]
    if faults:
        raise Invalid(faults)


_URL_FAULTS = {
    "form": _l("Write the whole address, like https://example.org/send."),
    "insecure": _l("The address has to begin with https://."),
    "private": _l("This address lies in a private network and cannot be called from here."),
}


def switch_off() -> None:
    """Let nothing go out of a district that was just restored: those who are called may know it
    under another address, or have heard of all this before.
    """
    session.execute(sa.update(Webhook).values(active=False))
    session.execute(sa.update(Provider).values(active=False))
    waiting = Delivery.state.in_(("waiting", "failed"))
    session.execute(sa.update(Delivery).where(waiting).values(state="given_up", next_try_at=None))


def set_template(template: Template, *, text: str, signature: str, actor: Actor) -> None:
    """Other words for a template. What was filed has to be filed anew.

    Raises `Invalid` by field for slots that nothing fills, for addresses, for the signature.
    """
    kind = words.kind_of(template.kind)
    site = queries.site()
    faults = [_TEXT_FAULTS[fault] for fault in rules.text_faults(text, kind.slots, site)]
    if faults:
        raise Invalid({"text": faults})
    changed = (text, signature) != (template.text, template.signature)
    template.text, template.signature = text, signature
    if changed or template.id is None:
        template.filing, template.filed_no, template.refused = "draft", "", ""
    _keep(template)
    audit.record("notices.set_template", "template", template.id, actor=actor, kind=template.kind)


def _keep(template: Template) -> None:
    template.changed_at = clock.now()
    session.add(template)
    session.flush()


def file_template(
    template: Template, *, filing: str, filed_no: str = "", refused: str = "", actor: Actor
) -> None:
    """Note how its filing stands: asked for, filed under a number, refused with a reason."""
    if filing == "filed" and not filed_no:
        raise Invalid({"filed_no": [_l("Write the number under which it was filed.")]})
    if filing == "refused" and not refused:
        raise Invalid({"refused": [_l("Write why it was refused.")]})
    template.filing = filing
    template.filed_no = filed_no if filing == "filed" else ""
    template.refused = refused if filing == "refused" else ""
    _keep(template)
    audit.record(
        "notices.file_template", "template", template.id, actor=actor, kind=template.kind,
        filing=filing,
    )  # fmt: skip


def test_channel(channel: str, *, actor: Actor) -> None:
    """Send a test to the actor. Raises `Conflict` where no way leads there, `TooMany` after a few.

    A test by the official account needs a permission of the actor for it.
    """
    person = actor.person_id or 0
    throttle.use("test_text", str(person), limit=rules.TEST_LIMIT, window=rules.TEST_WINDOW)
    if channel not in queries.live_channels():
        raise Conflict(_l("Nobody carries this channel yet."))
    if ids := chain.test(channel, person):
        jobs.queue_deliveries(ids, clock.now())
        audit.record("notices.test_channel", "person", person, actor=actor, channel=channel)
        return
    raise Conflict(_NOT_FOR_ME[channel])


_NOT_FOR_ME: dict[str, object] = {
    "sms": _l("No mobile number of yours is known: add it under Your account."),
    "account": _l("You have not allowed the account to send you this yet."),
}
