"""The one order of every page: who → allowed? → do, in one unit of work → answer.

A page says what it needs when it is declared; the app does not start with one that does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, g, request
from flask import render_template as _render
from flask.typing import ResponseReturnValue

from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, Actor, Tenant, current_scope
from saas.kernel.errors import Forbidden, NotFound, ProofNeeded, SignInNeeded
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.web import frames, pace, slips
from saas.web.marks import hold

PUBLIC = "public"
SIGNED_IN = "signed_in"
#: Who gets past the gate of a district that is being prepared (`saas.web.gate`).
EVERYBODY, STAFF, NOBODY = "everybody", "staff", "nobody"
#: What a phone may keep for when there is no signal: what is open to everybody (`saas.web.offline`
#: sees where it shows one's own slips, too). Everything else is kept nowhere.
OPEN_TO_ALL = "public"
_SAFE = {"GET", "HEAD", "OPTIONS"}
#: So long a second factor counts for what is dangerous, and for a form that was opened then.
FRESH, FRESH_TO_SEND = timedelta(minutes=10), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Access:
    """What a route declared: its plane (hub, tenant or any) and what the caller needs.

    ``early``: to whom it answers while a district is being prepared. ``keep``: whether the phone of
    one who is not signed in may keep the page, `OPEN_TO_ALL` or empty for never.
    ``fresh``: who has a second factor gave it a few minutes ago. ``looking``: one who only looks on
    may send it all the same. ``paced``: how fast strangers ask is bounded; the probes of a cluster
    may come through the same proxy as everybody.
    """

    plane: str
    needs: str
    early: str = STAFF
    keep: str = ""
    fresh: bool = False
    looking: bool = False
    paced: bool = True


class Pages(Blueprint):
    """A domain's pages. ``plane`` says whether they belong to districts or to the hub."""

    def __init__(self, name: str, import_name: str, *, plane: str, **kwargs: Any) -> None:
        super().__init__(name, import_name, template_folder="templates", **kwargs)
        self.plane = plane

    def page(
        self,
        rule: str,
        *,
        needs: str,
        methods: tuple[str, ...] = ("GET",),
        early: str = STAFF,
        keep: str = "",
        fresh: bool = False,
        looking: bool = False,
        **options: Any,
    ) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
        """Declare a page. ``needs`` is `PUBLIC`, `SIGNED_IN` or the name of a permission.

        ``early`` says who sees it while the district is prepared: its staff, unless declared.
        ``keep`` says whether a phone may keep it for when there is no signal. ``fresh`` marks what
        is dangerous: who has a second factor is asked for it again, unless it was a moment ago.
        ``looking`` lets one send it who only looks on.

        The function gets the actor first, then the parts of the path by name.
        """

        def declare(work: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
            view = in_order(Access(self.plane, needs, early, keep, fresh, looking), work)
            self.add_url_rule(rule, work.__name__, view, methods=list(methods), **options)
            return view

        return declare


def in_order(
    access: Access, work: Callable[..., ResponseReturnValue]
) -> Callable[..., ResponseReturnValue]:
    """Wrap ``work`` in the order that every route, page or JSON, goes through."""

    @wraps(work)
    def view(**parts: Any) -> ResponseReturnValue:
        ensure_plane(access.plane)
        ensure_text()
        with reading() if request.method in _SAFE else unit_of_work():
            hold()
            g.saas_actor = actor = current_actor()
            if actor.onlooker:
                ensure_looking(access)
            ensure_allowed(actor, access.needs)
            if access.paced and not actor.signed_in:
                pace.ensure_calm()
            if access.fresh:
                ensure_fresh(actor)
            answer = work(actor, **parts)
            return only_shown(answer) if actor.onlooker else answer

    view.__saas_access__ = access  # type: ignore[attr-defined]
    return view


def ensure_plane(plane: str) -> None:
    """A district's page does not exist on the hub, nor the hub's in a district."""
    here = "tenant" if isinstance(current_scope(), Tenant) else "hub"
    if plane not in {"any", here}:
        raise NotFound


def ensure_text() -> None:
    """An address with a NUL names nothing: PostgreSQL has no text with one."""
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        raise NotFound


def current_actor() -> Actor:
    """Who is calling, as the accounts of this plane know them, or nobody with the slips in hand."""
    known: Actor | None = wired().actor()
    return frames.within(known) if known else replace(ANONYMOUS, slips=slips.held())


def ensure_allowed(actor: Actor, needs: str) -> None:
    """Raise unless ``actor`` has what a route needs. Where it reaches is decided on the thing."""
    if needs == PUBLIC:
        return
    if not actor.signed_in:
        raise SignInNeeded
    if needs != SIGNED_IN and not actor.may(needs):
        raise Forbidden


_ONLY_LOOKING = _l(
    "In a support view nothing is changed and nothing taken along: it is for looking."
)
#: What a page is made of; everything else would be a file to take along.
_SHOWN = frozenset({"text/html", "text/css", "text/javascript", "application/manifest+json"})


def ensure_looking(access: Access) -> None:
    """Raise for what one who only looks on may not ask for: writing, and what is dangerous."""
    if not access.looking and (request.method not in _SAFE or access.fresh):
        raise Forbidden(_ONLY_LOOKING)


def only_shown(answer: ResponseReturnValue) -> Response:
    """The answer, if it is shown in a browser; no list is taken along as a file."""
    response = current_app.make_response(answer)
    kind = response.mimetype or ""
    if kind in _SHOWN or kind.startswith("image/"):
        return response
    response.close()
    raise Forbidden(_ONLY_LOOKING)


def ensure_fresh(actor: Actor) -> None:
    """Raise unless a second factor was given a moment ago by one who has any. A form that was
    opened in time may be sent a while later.
    """
    proof = actor.proof
    if proof is None or proof.proved_at is None:
        return
    lasts = FRESH if request.method in _SAFE else FRESH_TO_SEND
    if clock.to_world(clock.now()) - proof.proved_at > lasts:
        raise ProofNeeded


def render(template: str, status: int = 200, **values: Any) -> Response:
    """A page as a response that is not stored by anything between us and the reader."""
    response = Response(_render(template, **values), status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def undeclared_routes(view_functions: dict[str, Callable[..., Any]]) -> list[str]:
    """Endpoints that do not say what they need."""
    return sorted(n for n, view in view_functions.items() if not hasattr(view, "__saas_access__"))
