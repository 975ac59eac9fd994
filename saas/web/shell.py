"""What every page finds in its template: place, person, navigation, languages, look, addresses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import (
    Flask,
    g,
    get_flashed_messages,
    redirect,
    request,
    url_for,
)
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.kernel import i18n
from saas.kernel.context import Actor, Label, Tenant, current_scope
from saas.kernel.domain import Nav
from saas.kernel.i18n import LOCALES, locale_code, say
from saas.kernel.runtime import settings, wired
from saas.web import security
from saas.web.addresses import url_of
from saas.web.built import asset_url
from saas.web.contact import reachable
from saas.web.gate import works_here
from saas.web.pages import EVERYBODY, PUBLIC, Pages

pages = Pages("shell", __name__, plane="any")


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the rail as the layouts draw it."""

    label: str
    url: str
    icon: str
    active: bool
    badge: int | None
    group: str


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Places of the rail that stand together. ``words``: their heading, where they have one;
    ``unfolded``: whether they are in sight without a press.
    """

    words: str
    items: Sequence[NavItem]
    unfolded: bool = True

    @property
    def active(self) -> bool:
        """Whether the page lies under one of them."""
        return any(item.active for item in self.items)

    @property
    def badge(self) -> int:
        """What waits behind all of them."""
        return sum(item.badge or 0 for item in self.items)


@dataclass(frozen=True, slots=True)
class Reader:
    """The signed-in person as the layouts show them."""

    name: str
    post: Label | None


@dataclass(frozen=True, slots=True)
class PageOf:
    """One page of a long list, for the pager: its filters stay in the address.

    ``open_ended``: counting stopped at ``total``, there may be more.
    """

    number: int
    total: int
    size: int
    open_ended: bool = False

    @property
    def pages(self) -> int:
        """How many there are; one for an empty list."""
        return max(1, -(-self.total // self.size))

    def url(self, number: int) -> str:
        """The address of another page of the same list, from where the reader is."""
        return "?" + urlencode({**request.args.to_dict(), "page": number})


def page_number() -> int:
    """The page asked for in the address; anything unusable is the first."""
    text = request.args.get("page", "1")[:20]  # Python reads no number of thousands of digits
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() else 1


def asked_for(name: str, known: Collection[str], usual: str) -> str:
    """One of the ``known`` words out of the address; anything else is the ``usual`` one."""
    word = request.args.get(name, usual)
    return word if word in known else usual


def layout_of(actor: Actor) -> str:
    """The face for pages that everybody has: who holds a post finds them in the console, a resident
    among the residents' pages.
    """
    return "layout/console.html" if is_staff(actor) else "layout/resident.html"


def is_staff(actor: Actor) -> bool:
    """Whether somebody holds a post: what they may do is not only about their own things."""
    return any(not grant.own_only for grant in actor.grants)


def _navigation(actor: Actor, face: str) -> list[NavItem]:
    plane = "tenant" if isinstance(current_scope(), Tenant) else "hub"
    entries = wired().domains.nav
    shown = [e for e in entries if e.plane == plane and e.face == face and is_visible(e, actor)]
    items = [(entry, url_of(entry.endpoint)) for entry in shown]
    here = _place([url for _, url in items])
    return [_item(entry, url, url == here, actor) for entry, url in items]


def is_visible(entry: Nav, actor: Actor) -> bool:
    """Whether a place of the rail is there for this actor."""
    if entry.shown and not entry.shown():
        return False
    if entry.needs == PUBLIC:
        return True
    return actor.signed_in and (entry.needs == "signed_in" or actor.may(entry.needs))


def _place(urls: list[str]) -> str:
    """The entry under which this page lies: the longest that its address begins with."""
    here, home = request.script_root + request.path, f"{request.script_root}/"
    above = [u for u in urls if here == u or (u != home and here.startswith(u.rstrip("/") + "/"))]
    return max(above, key=len, default="")


def _item(entry: Nav, url: str, active: bool, actor: Actor) -> NavItem:
    badge = entry.badge(actor) if entry.badge else None
    return NavItem(str(entry.label), url, entry.icon, active, badge or None, entry.group)


#: So many lines of places are in sight at once: on a screen of 768 pixels all of them.
_LINES = 15


def _grouped(items: Sequence[NavItem]) -> list[NavGroup]:
    """The places of a rail in their groups, in the order of the groups; one that stands alone
    needs no heading.
    """
    found = []
    for group in wired().domains.rail:
        inside = [item for item in items if item.group == group.code]
        if inside:
            headed = group.words is not None and len(inside) > 1
            found.append(NavGroup(str(group.words) if headed else "", inside))
    outside = [item for item in items if not item.group]
    return _folded([NavGroup("", outside), *found] if outside else found)


def _folded(groups: Sequence[NavGroup]) -> list[NavGroup]:
    """What does not fit folds: the group of this page stays open, then the first ones do."""
    left = _LINES - sum(len(group.items) for group in groups if not group.words or group.active)
    found = []
    for group in groups:
        unfolded = not group.words or group.active or len(group.items) <= left
        if unfolded and group.words and not group.active:
            left -= len(group.items)
        found.append(replace(group, unfolded=unfolded))
    return found


def _doors(tenant: Tenant | None, actor: Actor) -> dict[str, str | None]:
    """Where one signs in and out, and one's own account; an operator who looks on has none here."""
    account = url_of("accounts.me" if tenant else "signin.sign_ins")
    out = "accounts.sign_out" if tenant else "tenancy.sign_out"
    return {
        "sign_in_url": url_of("accounts.sign_in" if tenant else "tenancy.sign_in"),
        "account_url": account if actor.signed_in and not actor.onlooker else None,
        "sign_out_url": url_of("hosting.leave" if actor.onlooker else out),
    }


class Navigation:
    """The rail, worked out when a layout asks for it: ``nav`` for its own face."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def of(self, face: str) -> list[NavItem]:
        """The items of console or resident."""
        return _navigation(self._actor, face)

    def grouped(self, items: Sequence[NavItem]) -> list[NavGroup]:
        """The same items as the rail of the console has them."""
        return _grouped(items)


def _context() -> dict[str, Any]:
    scope = current_scope()
    tenant = scope if isinstance(scope, Tenant) else None
    actor = getattr(g, "saas_actor", None) or Actor("anonymous")
    # Before it opens it has a name and nothing else for those who do not work there.
    shown = None if tenant and tenant.staff_only and not works_here(actor) else tenant
    wiring = wired()
    look = wiring.look(shown)
    return {
        "tenant": shown,
        "named": tenant,
        "product": i18n.gettext("Community Governance 1519"),
        "me": actor,
        "at_work": works_here(actor),
        "actor": _reader(actor),
        "navigation": Navigation(actor),
        "locale": locale_code(),
        "locale_links": _locale_links(),
        "elder": bool(web_session.get("elder")),
        "elder_url": url_for("shell.letters", next=_here()) if tenant else None,
        "look": look,
        # The mark changes with the pack, so that no kept style sheet outlives it.
        "look_css_url": url_for("themes.css", name=look.name, mark=look.mark),
        "messages": get_flashed_messages(with_categories=True),
        **_doors(tenant, actor),
        "support_view": wiring.support_view(actor),
        "home_url": url_of("showcase.home" if tenant else "window.landing"),
        "own_demo_url": _own_demo_url(tenant),
        "search_url": url_of("search.found") if tenant else None,
        "inbox": wiring.bell(shown, actor),
        "help": wiring.help(actor),
        "help_url": url_of("help.listing"),
        "figures_url": url_of("figures.shown") if shown else None,
        "role_links": wiring.role_links(shown, actor),
        "demo_clock": wiring.demo_clock(tenant),
        "standing_still": wiring.standing_still(actor),
        "word": wiring.word,
        "plain_word": wiring.plain_word,
        "zone": tenant.time_zone if tenant else "Asia/Shanghai",
    }


def _own_demo_url(tenant: Tenant | None) -> str | None:
    """Where who looks at a district asks for a demo of his own; None without."""
    return f"/hub/demo?from={tenant.code}" if tenant and settings().demos_most else None


def _reader(actor: Actor) -> Reader | None:
    if not actor.signed_in:
        return None
    post = next((grant.post for grant in actor.grants if grant.post), None)
    return Reader(actor.name, post)


def _here() -> str:
    if request.method != "GET":
        return f"{request.script_root}/"
    return request.script_root + request.full_path.rstrip("?")


def _locale_links() -> list[tuple[str, str, bool]]:
    now, here = locale_code(), _here()
    return [
        (word, url_for("shell.language", code=code, next=here), code == now)
        for code, word in LOCALES.items()
    ]


@pages.page("/language/<code>", needs=PUBLIC, early=EVERYBODY)
def language(actor: Actor, code: str) -> ResponseReturnValue:
    """Read on in another language; kept in the cookie, on this device."""
    if code in LOCALES:
        web_session["locale"] = code
    return redirect(_back())


@pages.page("/letters", needs=PUBLIC, early=EVERYBODY)
def letters(actor: Actor) -> ResponseReturnValue:
    """Larger letters and targets, or normal ones again."""
    web_session["elder"] = not web_session.get("elder")
    return redirect(_back())


def _back() -> str:
    return security.own_path(request.args.get("next")) or f"{request.script_root}/"


def init_app(app: Flask) -> None:
    """Filters, globals and the two small pages of the shell."""
    app.context_processor(_context)
    app.jinja_env.globals.update(say=say, asset_url=asset_url)
    app.jinja_env.filters["reachable"] = reachable
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        date=i18n.short_date,
        datetime=i18n.short_datetime,
        longdate=i18n.long_date,
        longdatetime=i18n.long_datetime,
    )
    app.register_blueprint(pages)
