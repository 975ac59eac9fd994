"""The operator's form for a new district: the least that makes it. The wizard does the rest."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.i18n import say
from saas.onboarding.schemas import DistrictIn
from saas.packages.library import queries as library
from saas.tenancy import commands
from saas.tenancy.queries import Tenant
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, Pages, render

pages = Pages("onboarding", "saas.onboarding", plane="hub")
_START = {"package": "1519", "kind": "standard", "login": "admin"}


@pages.page("/hub/new", needs=SIGNED_IN, methods=("GET", "POST"))
def create(actor: Actor) -> ResponseReturnValue:
    """Request a district; the next page shows it coming up."""
    form, token = Form(DistrictIn, suggested=_START), new_token()
    if form.accepts(lambda **given: _request(given, token, actor)):
        code = form.result.code
        # Shown to this operator only, until the session ends; the database keeps its hash alone.
        kept = dict(list(web_session.get("invitations", {}).items())[-4:])
        web_session["invitations"] = {**kept, code: token}
        return redirect(url_for("tenancy.show", code=code))
    usable = [p for p in library.list_packages() if not p.faults]
    return render(
        "onboarding/create.html",
        form.status,
        form=form,
        packages=[(p.key, f"{say(p.title)} {p.version}", say(p.summary)) for p in usable],
    )


def _request(given: dict[str, Any], token: str, actor: Actor) -> Tenant:
    administrator = {
        "name": given.pop("administrator"),
        "login": given.pop("login"),
        "token_hash": token_hash(token),
    }
    library.read_package(given["package"])
    return commands.request_tenant(
        **given,
        seed={
            "administrator": administrator,
            "official_code": given["official_code"],
        },
        actor=actor,
    )
