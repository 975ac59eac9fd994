"""Decisions of the notices: when to try again, when people rest, what may be shown or called."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

WANTS: Final = ("off", "each", "digest")
#: Channels that carry short texts to a telephone: as an SMS, or by an official account.
SHORT: Final = ("sms", "account")
CHANNELS: Final = ("mail", "webhook", *SHORT)
PROVIDERS: Final = ("test", "own", "house")
FILINGS: Final = ("draft", "asked", "filed", "refused")
ALLOWANCES: Final = ("once", "long")
CALLS: Final = ("open", "reached", "dropped")
#: waiting: not tried yet · failed: will be tried again · trapped: nothing leaves from here ·
#: spared: no longer needed when its turn came.
STATES: Final = ("waiting", "failed", "sent", "given_up", "trapped", "spared")
#: States in which the worker still has something to do.
OPEN: Final = ("waiting", "failed")

#: How long to wait after the first, second, … try that failed; then it is given up.
WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
#: So long a delivery belongs to the worker that took it; a killed one gives it back by this.
LEASE: Final = timedelta(minutes=5)
#: What is due for so long has lost its job.
STRAY: Final = timedelta(hours=1)
#: A notice that comes this shortly before the hour of the digest waits for the next day's: the
#: digest may be read before the notice is stored.
_DIGEST_MARGIN: Final = timedelta(minutes=5)


def next_try(now: datetime, tries: int) -> datetime | None:
    """When to try again after ``tries`` tries that failed; None: give it up."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def after_quiet(moment: datetime, begins: time | None, ends: time | None, zone: str) -> datetime:
    """``moment``, or the end of the quiet hours it falls into. Times are the district's own.

    Quiet hours may reach over midnight; without both times, or with equal ones, there are none.
    """
    if begins is None or ends is None or begins == ends:
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    here = local.time()
    quiet = begins <= here < ends if begins < ends else here >= begins or here < ends
    if not quiet:
        return moment
    day = local.date() + timedelta(days=1 if here >= ends else 0)
    return datetime.combine(day, ends, local.tzinfo).astimezone(moment.tzinfo)


def next_morning(now: datetime, at: time, zone: str) -> datetime:
    """That time of the next day, by the district's clock."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1)
    return datetime.combine(day, at, local.tzinfo).astimezone(now.tzinfo)


def next_digest(now: datetime, hour: int, zone: str) -> datetime:
    """The next time that the district's clock shows ``hour`` o'clock, with a margin."""
    local = (now + _DIGEST_MARGIN).astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1 if local.time() >= time(hour) else 0)
    return datetime.combine(day, time(hour), local.tzinfo).astimezone(now.tzinfo)


def masked_mail(address: str) -> str:
    """w***@example.org: enough to recognise, not to write to."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***"


def masked_name(name: str) -> str:
    """The first character of a name, for lists that need not say more."""
    return f"{name[:1]}**" if name else ""


#: Addresses of IPv6 that stand for one of IPv4, wherever that may lie, and those of a site.
_NOT_OPEN: Final = tuple(
    IPv6Network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "fec0::/10")
)


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet: not here, not in a private net."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip.teredo or any(ip in net for net in _NOT_OPEN):
            return False
    return ip.is_global and not ip.is_multicast


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What proves a call: HMAC-SHA256 over ``<timestamp>.<body>``, hexadecimal."""
    return hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()


#: How many test mails a person may ask for within that time.
TEST_LIMIT: Final = 5
TEST_WINDOW: Final = timedelta(hours=1)
#: So many webhooks a district may have at most: each of them is called for each event.
WEBHOOKS_MAX: Final = 20


def url_fault(url: str, *, private: bool) -> str | None:
    """What is wrong with a webhook's address: ``form``, ``insecure`` or ``private``; None: nothing.

    ``private`` allows private nets and calls without TLS. Where a name leads is looked at again at
    every call.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "form"
    if not host or port == 0 or parts.fragment or parts.username or not url.isascii():
        return "form"
    if any(ord(c) <= 32 for c in url) or parts.scheme not in {"https", "http"}:
        return "form"
    if parts.scheme == "http" and not private:
        return "insecure"
    return None if private or _may_be_public(host) else "private"


def _may_be_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:
        return host != "localhost" and "." in host


def may_send_again(channel: str, state: str) -> bool:
    """Whether a person may have a delivery sent once more. A mail that arrived is not repeated."""
    return state in {"waiting", "failed", "given_up", "trapped"} or (
        channel == "webhook" and state == "sent"
    )


# Short texts: an SMS, or a message of an official account.

#: Characters of an SMS that goes in one part, and of each part of a longer one.
_ONE_PART, _EACH_PART = 70, 67
_SLOT: Final = re.compile(r"\{(\w+)\}")
#: An address as telephones make a link of it: with a scheme, with www, or a bare name.
_LINK: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]{2,})(?:/[\w./{}?=&%-]*)?",
    re.IGNORECASE,
)
SIGNATURE: Final = (2, 12)
TEXT_MAX: Final = 500


def parts_of(text: str) -> int:
    """In how many parts a short text goes over the air; characters beyond 16 bits count twice."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= _ONE_PART else -(-units // _EACH_PART)


def signed_text(signature: str, text: str) -> str:
    """A text as a telephone shows it: who it is from comes first."""
    return f"\u3010{signature}\u3011{text}"


def slots_of(text: str) -> list[str]:
    """The names of its slots, in their order."""
    return _SLOT.findall(text)


def text_faults(text: str, slots: Collection[str], site: str | None) -> list[str]:
    """What is wrong with a template: braces, unknown_slot, two_links, other_link, link_slot.

    It may name the public ``site`` and no other address, once, and no slot may be part of it: what
    leads somewhere else for each reader is not filed by anybody.
    """
    found = []
    if set(_SLOT.sub("", text)) & set("{}"):
        found.append("braces")
    if set(slots_of(text)) - set(slots):
        found.append("unknown_slot")
    links = [link.rstrip(".,;:") for link in _LINK.findall(text)]
    if len(links) > 1:
        found.append("two_links")
    if any("{" in link for link in links) or re.search(r"[/.=]\{", text):
        found.append("link_slot")
    elif any(link != site for link in links):
        found.append("other_link")
    return found


#: Numbers of samples and demonstrations, which no telephone has, and the one that texts name as an
#: example; what goes there is shown in full.
_SAMPLE: Final = re.compile(r"100\d{8}|1380000\d{4}")


def is_sample(number: str) -> bool:
    """Whether a number belongs to nobody; those of sample people are written with hyphens."""
    return _SAMPLE.fullmatch(number.replace("-", "")) is not None


def is_mobile(number: str) -> bool:
    """Whether short texts reach it: eleven digits that begin with 1, not a landline. Samples count,
    so that a demo shows what would go out; no provider takes them.
    """
    return re.fullmatch(r"1[3-9]\d{9}", number) is not None or is_sample(number)


def fill_slots(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its slots filled; a value that is missing is an ellipsis."""
    return _SLOT.sub(lambda slot: values.get(slot[1], "\u2026"), text)


def holds_link(value: str) -> bool:
    """Whether a telephone would make a link of something in ``value``."""
    return _LINK.search(value) is not None


def request_signature(secret: str, method: str, path: str, stamp: int, body: bytes) -> str:
    """What proves a request: HMAC-SHA256 over method, path, time and the digest of the body, each
    on a line of its own; hexadecimal.
    """
    lines = (method.upper(), path, str(stamp), hashlib.sha256(body).hexdigest())
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


#: One-time codes: how long one is good, how often it may be tried, how many may be asked for.
CODE_GOOD: Final = timedelta(minutes=5)
CODE_TRIES: Final = 5
CODE_WINDOW: Final = timedelta(hours=1)
CODES_A_NUMBER, CODES_AN_ADDRESS = 5, 20
#: Codes, which strangers ask for, cost no more than this part of a day's sum: the rest is for those
#: who wait for an answer.
CODES_PART: Final = 2

#: Working hours within which somebody is called.
CALL_HOURS: Final = 8
#: So often somebody is called in vain before it is said that the person cannot be reached so.
CALLS_IN_VAIN: Final = 3


def leads_on(state: str, fault: str | None) -> bool:
    """Whether a delivery that ended so leaves its reader without the message."""
    return state == "given_up" or fault in {"no_address", "not_wanted"}
