"""The tour over the living product: a line on every page says what to do next. Where somebody is
stands in the cookie of the browser, so that it goes on after an hour; nothing else is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.pages import start_session
from saas.kernel.context import Actor, Tenant, current_tenant
from saas.kernel.errors import NotFound
from saas.kernel.i18n import say
from saas.showcase.demos.pages import played
from saas.showcase.tour.queries import tour
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("tour", __name__, plane="tenant")
_KEPT = "tour"


@dataclass(frozen=True, slots=True)
class Here:
    """Where a guest is in the tour, for the line on every page."""

    number: int
    total: int
    title: str
    do: str
    page: str
    before: str | None
    after: str | None
    end: str


def here(tenant: Tenant | None) -> Here | None:
    """The step at which this browser is, in a demo district; elsewhere there is no tour."""
    at = web_session.get(_KEPT)
    steps = tour()[1]
    if tenant is None or not tenant.is_demo or not isinstance(at, int) or not 0 < at <= len(steps):
        return None
    step = steps[at - 1]
    return Here(
        number=at, total=len(steps), title=say(step.title), do=say(step.do),
        page=request.script_root + step.page,
        before=url_for("tour.go", number=at - 1) if at > 1 else None,
        after=url_for("tour.go", number=at + 1) if at < len(steps) else None,
        end=url_for("tour.end"),
    )  # fmt: skip


def _ensure_demo() -> None:
    if not current_tenant().is_demo:
        raise NotFound


@pages.page("/tour", needs=PUBLIC)
def begin(actor: Actor) -> ResponseReturnValue:
    """What the tour is, every step of it, and where one was."""
    _ensure_demo()
    minutes, steps = tour()
    names = people.role_names()
    rows = [(n, one, say(names.get(one.role, {}))) for n, one in enumerate(steps, 1)]
    return render("tour/begin.html", minutes=minutes, rows=rows, at=web_session.get(_KEPT) or 0)


@pages.page("/tour/<int:number>", needs=PUBLIC, methods=("POST",))
def go(actor: Actor, number: int) -> ResponseReturnValue:
    """To a step: as its sample person, on its page."""
    _ensure_demo()
    steps = tour()[1]
    if not 0 < number <= len(steps):
        raise NotFound
    step = steps[number - 1]
    if step.role:
        found = [one for one, role in people.demo_entries_with_roles() if role == step.role]
        if found and found[0].id != actor.person_id:
            start_session(found[0])
            played(found[0].demo_entry or 0)
    web_session[_KEPT] = number
    return redirect(request.script_root + step.page)


@pages.page("/tour/end", needs=PUBLIC, methods=("POST",))
def end(actor: Actor) -> ResponseReturnValue:
    """Enough: the line goes."""
    web_session.pop(_KEPT, None)
    return redirect(f"{request.script_root}/front")
