"""Kinds of notices, as the domains above declare them, and what they say to a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_datetime, speaking

_BLANK = re.compile(r"%\((\w+)\)s")
#: A blank of a headline with what leads to it: what is left is what the kind is called.
_LED_TO = re.compile(r"[:：]?\s*%\(\w+\)s")
#: How a moment stands among the facts of a notice, which are JSON.
_MOMENT = "moment"
#: A step of a way among the facts: when, and what it is called. Of a long way the last few stay.
_AT, _WHO = "at", "who"
MOST_STEPS: Final = 6


def step(at: datetime, who: Mapping[str, str]) -> dict[str, Any]:
    """A step of the fact ``way``, which grows when a notice folds."""
    return {_AT: _stored(at), _WHO: dict(who)}


class UndeclaredKind(LookupError):
    """Something was to be told of which no domain has said what it is called."""


class BadFacts(ValueError):
    """The facts of a notice do not fit what its kind says of them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. ``title`` and ``text`` are msgids with blanks like ``%(what)s``; so is
    ``short``, what a telephone shows of it, empty for a kind that no telephone is sent. ``group``
    is where other systems find it among what they may listen to, empty for what stays here;
    ``event`` is what it is called there, where its headline is no name.
    """

    name: str
    title: object
    text: object
    icon: str
    urgent: bool
    asks: bool
    short: object = ""
    wakes: bool = False
    folds: bool = False
    group: object = ""
    event: object = ""

    @property
    def blanks(self) -> frozenset[str]:
        """Names of the facts that the words need."""
        return frozenset(_BLANK.findall(f"{self.title} {self.text}"))

    @property
    def slots(self) -> tuple[str, ...]:
        """What a template of its short text may be filled with, in the order of its own."""
        return tuple(dict.fromkeys(_BLANK.findall(f"{self.short} {self.title} {self.text}")))

    def short_in(self, locale: str, site: str) -> str:
        """The product's own short text in a language, with slots like ``{what}``."""
        with speaking(locale):
            own = str(self.short).replace("%(site)s", site)
        return _BLANK.sub(r"{\1}", own)

    def values_of(self, facts: Mapping[str, Any], zone: str) -> dict[str, str]:
        """What fills its slots, in the reader's language."""
        return {name: _said(facts[name], zone) for name in self.slots if name in facts}

    @property
    def called(self) -> str:
        """The kind itself in words, where there are no facts to fill a headline with."""
        return str(self.event) or _LED_TO.sub("", str(self.title)).strip()

    def title_with(self, facts: Mapping[str, Any], zone: str) -> str:
        """The headline in the reader's language; moments in the time zone ``zone``."""
        return _filled(str(self.title), facts, zone)

    def text_with(self, facts: Mapping[str, Any], zone: str) -> str:
        """The sentence below the headline, empty for a kind that has none."""
        return _filled(str(self.text), facts, zone)


KINDS: dict[str, Kind] = {}


def declare(
    name: str,
    *,
    title: object,
    text: object = "",
    icon: str = "notice",
    urgent: bool = False,
    asks: bool = False,
    short: object = "",
    wakes: bool = False,
    folds: bool = False,
    group: object = "",
    event: object = "",
) -> Kind:
    """Declare a kind at import, once a name: ``declare("demands.due_soon", title=_l("Due: %(what)s"))``.

    ``urgent`` marks it in the inbox and in the mail. ``asks`` says that the reader is to do
    something: it stays under "To do" until `commands.done_about`. A kind may also be the name of an
    event for webhooks (`commands.announce`); ``group`` and ``event`` are its place and its name in
    the list of what a webhook may listen to.

    ``short`` is its text for a telephone; ``%(site)s`` there is the district's public address.
    Who is sent none because no way is open is called (`commands.notify`). ``wakes`` lets it go out
    at night. ``folds``: a second one about the same thing is written into the first, its fact
    ``way`` added to what stands there.
    """  # noqa: E501
    if name in KINDS:
        raise ValueError(f"the kind of notice {name} is declared twice")
    KINDS[name] = Kind(name, title, text, icon, urgent, asks, short, wakes, folds, group, event)
    return KINDS[name]


#: What a notice is called whose kind this version no longer knows.
_FORGOTTEN = Kind("", _l("A notice of an earlier version"), "", "notice", False, False)


def kind_of(name: str) -> Kind:
    """The kind of a stored notice; old notices outlive their kinds."""
    return KINDS.get(name, _FORGOTTEN)


def declared(name: str) -> Kind:
    """The kind of this name; raises `UndeclaredKind`."""
    try:
        return KINDS[name]
    except KeyError:
        raise UndeclaredKind(f"{name}: declare it with notices.words.declare at import") from None


def storable(kind: Kind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """``facts`` as JSON. Raises `BadFacts` when the kind's words need one that is not given."""
    if missing := kind.blanks - facts.keys():
        raise BadFacts(f"{kind.name} needs {', '.join(sorted(missing))}")
    return {name: _stored(value) for name, value in facts.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    return value


def _filled(words: str, facts: Mapping[str, Any], zone: str) -> str:
    """Blanks filled in; a fact that an old notice lacks is an ellipsis, never an error."""
    return _BLANK.sub(lambda blank: _said(facts.get(blank[1], "…"), zone), words)


def _said(value: Any, zone: str) -> str:
    if isinstance(value, list):
        return " \u2192 ".join(_said(each, zone) for each in value)
    if isinstance(value, Mapping) and _AT in value:
        return f"{_said(value[_AT], zone)[5:]} {say(value[_WHO])}"
    if not isinstance(value, Mapping):
        return str(value)
    if _MOMENT in value:
        return short_datetime(datetime.fromisoformat(value[_MOMENT]), zone)
    return say(value)


#: Whether a person wants mail, and how.
WANTS: Final = {
    "off": _l("No mail"),
    "each": _l("A mail for each notice"),
    "digest": _l("One mail a day"),
}

#: The domain's own deliveries; nobody finds them in an inbox.
DIGEST: Final = declare("notices.digest", title=_l("Unread notices of the day"))
TEST: Final = declare(
    "notices.test", title=_l("A test"), wakes=True,
    short=_l("This is a test. Messages of the district will arrive like this one."),
)  # fmt: skip
CODE: Final = declare(
    "notices.code", title=_l("A one-time code"), wakes=True,
    short=_l(
        "%(code)s is your code, good for 5 minutes. Nobody of the district will ever ask you "
        "for it."
    ),
)  # fmt: skip

#: What a text says where the deployment has no address of its own yet, and who signs it where the
#: district's name is too short.
SITE: Final = _l("the residents' site")
SIGNATURE: Final = _l("Community")
#: How a delivery stands: the shape of a status and its word.
STATE: Final = {
    "waiting": ("waiting", _l("Waiting")),
    "failed": ("warn", _l("Will be tried again")),
    "given_up": ("late", _l("Not delivered")),
    "trapped": ("paused", _l("Kept here")),
    "sent": ("done", _l("Delivered")),
    "spared": ("ended", _l("No longer needed")),
}
#: Who carries a channel, and how the filing of a template stands: the shape of a status, its word.
PROVIDER: Final = {
    "test": _l("The outbox: nothing leaves, everything is kept to look at"),
    "own": _l("A provider of the district"),
    "house": _l("The operator's gateway"),
}
FILING: Final = {
    "draft": ("planned", _l("draft")),
    "asked": ("waiting", _l("filing asked for")),
    "filed": ("done", _l("filed")),
    "refused": ("late", _l("refused")),
}
#: What fills a slot of a template.
SLOT: Final = {
    "what": _l("the category of the demand"),
    "where": _l("the place"),
    "who": _l("the unit that had it then"),
    "way": _l("the way it has taken"),
    "code": _l("the one-time code"),
}
#: How a call stands: the shape of a status and its word.
CALL: Final = {
    "open": ("waiting", _l("to be made")),
    "reached": ("done", _l("reached")),
    "dropped": ("ended", _l("No longer needed")),
}
#: Lists of deliveries.
DELIVERIES: Final = {
    "undelivered": _l("Not delivered"),
    "waiting": _l("Waiting"),
    "trapped": _l("Kept here"),
    "sent": _l("Delivered"),
    "spared": _l("No longer needed"),
}
#: Lists of an inbox.
INBOX: Final = {"all": _l("All"), "unread": _l("Unread"), "todo": _l("To do")}
CHANNEL: Final = {
    "mail": _l("Mail"),
    "webhook": _l("Webhook"),
    "sms": _l("SMS"),
    "account": _l("Official account"),
}

#: Why something was not delivered.
FAULT: Final = {
    "unreachable": _l("The other side cannot be reached."),
    "too_slow": _l("The other side did not answer in time."),
    "insecure": _l("No secure connection could be made."),
    "sign_in_refused": _l("The mail server does not accept our sign-in."),
    "address_refused": _l("The mail server does not take this address."),
    "refused": _l("The other side did not take it."),
    "redirected": _l("The address has moved; calls do not follow."),
    "private_address": _l("The address leads into a private network, which is not called."),
    "broken": _l("It could not be written or sent; the operator finds more in the log."),
    "unreadable": _l("What is stored for it cannot be opened any more."),
    "paused": _l("The webhook is paused."),
    "shut_out": _l("The person is shut out."),
    "no_address": _l("The person has no mail address any more."),
    "no_phone": _l("No mobile number is known."),
    "no_provider": _l("The district has nobody who carries it."),
    "not_filed": _l("Its template is not filed, so no provider is given it."),
    "no_grant": _l("The person gave no permission for one more message of the account."),
    "capped": _l("What a day may cost is used up; it goes out on the next day."),
    "left_out": _l("Too much at once when the clock was turned: so many more were left out."),
    "quota": _l("This month's SMS are used up; somebody calls instead."),
    "no_way": _l("No channel of the district leads to this person."),
    "too_late": _l("It came too late to be of use."),
    "link_inside": _l("Something that would become a link stands in it."),
    "not_wanted": _l("The person wants no mail any more."),
    "seen": _l("Read or done before it went out."),
}


def why(fault: str | None, answer: int | None) -> str:
    """Why a delivery stands so, with the number the other side gave; empty for no reason."""
    if not fault:
        return ""
    said = str(FAULT.get(fault, FAULT["broken"]))
    return f"{said} ({answer})" if answer else said
