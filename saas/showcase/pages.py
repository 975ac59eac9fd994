"""A district's first page, and the doors of demo districts."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.accounts.pages import start_session
from saas.kernel.context import Actor, Tenant, current_tenant
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext, say
from saas.web.pages import PUBLIC, Pages, render
from saas.web.shell import Nav

pages = Pages("showcase", __name__, plane="tenant")
NAV: tuple[Nav, ...] = ()


def role_links(tenant: Tenant | None, actor: Actor) -> list[tuple[str, str, bool]]:
    """In a demo district: one door for each sample person that shows a role."""
    if tenant is None or not tenant.is_demo:
        return []
    names = people.role_names()
    return [
        (
            f"{say(names.get(role))} · {person.name}",
            url_for("showcase.enter", number=person.demo_entry),
            person.id == actor.id,
        )
        for person, role in people.demo_entries_with_roles()
    ]


@pages.page("/", needs=PUBLIC)
def home(actor: Actor) -> ResponseReturnValue:
    """What a district is, for everybody."""
    return render("showcase/home.html")


@pages.page("/enter/<int:number>", needs=PUBLIC, methods=("POST",))
def enter(actor: Actor, number: int) -> ResponseReturnValue:
    """One click into a demo district as one of its sample people; nowhere else."""
    chosen = [p for p in people.demo_entries() if p.demo_entry == number]
    if not current_tenant().is_demo or not chosen:
        raise NotFound
    start_session(chosen[0])
    flash(gettext("You are now %(name)s.", name=chosen[0].name), "done")
    return redirect(f"{request.script_root}/")
