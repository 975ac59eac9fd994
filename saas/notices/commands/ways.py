"""How people are reached, which systems are called, and sending once more what did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from urllib.parse import urlsplit

from saas.kernel import audit, clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.notices import jobs, queries, rules, words
from saas.notices.commands.notifying import notify
from saas.notices.models import Delivery, Reach, Webhook

_URL_FAULTS = {
    "form": _l("Write the whole address, like https://example.org/hook, without a password in it."),
    "insecure": _l("The address has to begin with https://."),
    "private": _l("This address lies in a private network and cannot be called from here."),
}


def set_reach(
    *,
    mail: str,
    forget_mail: bool,
    wants_mail: str,
    digest_hour: int,
    quiet_from: time | None,
    quiet_to: time | None,
    locale: str,
    actor: Actor,
) -> None:
    """How ``actor`` is reached from now on; an empty ``mail`` leaves the stored address.

    Raises `Invalid` where mail is wanted and no address is there.
    """
    reach = queries.reach_of(actor.id or 0) or Reach(person_id=actor.id)
    if mail or forget_mail:
        reach.mail = mail or None
    if wants_mail != "off" and not reach.mail:
        raise Invalid({"mail": [_l("Give a mail address, or choose no mail.")]})
    reach.wants_mail, reach.digest_hour, reach.locale = wants_mail, digest_hour, locale
    reach.quiet_from, reach.quiet_to = quiet_from, quiet_to
    session.add(reach)
    session.flush()
    changed = bool(mail or forget_mail)
    audit.record("notices.set_reach", "person", actor.id, actor=actor, mail_changed=changed)


def send_test_mail(*, actor: Actor) -> None:
    """Try the stored address. Raises `Conflict` without one, `TooMany` after a few in an hour."""
    reach = queries.reach_of(actor.id or 0)
    if reach is None or not reach.mail:
        raise Conflict(_l("Store a mail address first."))
    throttle.use("test_mail", str(actor.id), limit=rules.TEST_LIMIT, window=rules.TEST_WINDOW)
    _queue(_delivery("mail", words.TEST.name, clock.now(), person_id=actor.id))


def _delivery(channel: str, event: str, now: datetime, **reader: int | None) -> Delivery:
    return Delivery(
        key=new_token(),
        channel=channel,
        event=event,
        state="waiting",
        next_try_at=now,
        at=now,
        tries=0,
        **reader,
    )


def _queue(delivery: Delivery) -> None:
    session.add(delivery)
    session.flush()
    jobs.queue_deliveries([delivery.id], clock.now())


def try_every_way(kind: words.Kind, *, path: str, actor: Actor) -> None:
    """A real notice of ``kind`` into the inbox of ``actor``, and a test on each way out that it
    does not take by itself. Raises `TooMany` after a few in an hour.
    """
    person = actor.person_id or 0
    throttle.use("trial", str(person), limit=rules.TEST_LIMIT, window=rules.TEST_WINDOW)
    notify([person], kind, path=path)
    trial, (mail, hooks) = queries.last_trial(kind), queries.ways_out(person)
    taken = trial.sent if trial else ()
    if mail and not any(one.delivery.person_id for one in taken):
        _queue(_delivery("mail", words.TEST.name, clock.now(), person_id=person))
    for hook in sorted(hooks - {one.delivery.webhook_id for one in taken}):
        _queue(_delivery("webhook", words.TEST.name, clock.now(), webhook_id=hook))
    audit.record("notices.try_every_way", "person", person, actor=actor)


def add_webhook(*, name: str, url: str, kinds: Sequence[str], actor: Actor) -> Webhook:
    """Call this address from now on. Its ``secret`` is shown to who adds it, and never again."""
    if fault := rules.url_fault(url, private=settings().webhook_private):
        raise Invalid({"url": [_URL_FAULTS[fault]]})
    if len(queries.webhooks(actor=actor)) >= rules.WEBHOOKS_MAX:
        raise Conflict(_l("There are as many webhooks as a district may have."))
    hook = Webhook(
        name=name,
        url=url,
        secret=new_token(),
        kinds=sorted(set(kinds)),
        active=True,
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    session.add(hook)
    session.flush()
    host = urlsplit(url).hostname
    audit.record("notices.add_webhook", "webhook", hook.id, actor=actor, host=host)
    return hook


def set_webhook_active(hook: Webhook, *, active: bool, actor: Actor) -> None:
    """Pause a webhook, or call it again. What happens while it is paused is not sent later."""
    hook.active = active
    deed = "notices.resume_webhook" if active else "notices.pause_webhook"
    audit.record(deed, "webhook", hook.id, actor=actor)


def test_webhook(hook: Webhook, *, actor: Actor) -> None:
    """Call it with an event that means nothing."""
    if not hook.active:
        raise Conflict(_l("This webhook is paused."))
    _queue(_delivery("webhook", words.TEST.name, clock.now(), webhook_id=hook.id))
    audit.record("notices.test_webhook", "webhook", hook.id, actor=actor)


def send_again(delivery: Delivery, *, actor: Actor) -> None:
    """Have a delivery tried now, under its old key; its schedule of tries begins anew."""
    if not rules.may_send_again(delivery.channel, delivery.state):
        raise Conflict(_l("This one cannot be sent again."))
    delivery.state, delivery.tries, delivery.fault, delivery.answer = "waiting", 0, None, None
    delivery.next_try_at, delivery.done_at = clock.now(), None
    _queue(delivery)
    audit.record("notices.send_again", "delivery", delivery.id, actor=actor)
