"""The operator's console: districts as tenants, never what is in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from flask import flash, redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.jobs import pulse
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import shown_code
from saas.signin.pages import devices
from saas.signin.pages.doors import arrive, begin, entered, leave, note_seen
from saas.signin.queries import world_now
from saas.tenancy import commands, queries, rules, sealing, words
from saas.tenancy import progress as progress_of
from saas.tenancy.models import Operator
from saas.tenancy.schemas import SignInIn, SuspendIn
from saas.web import security
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.pictures import qr_code
from saas.web.shell import PageOf, page_number

pages = Pages("tenancy", __name__, plane="hub")
_PAGE = 30


def signed_in_actor() -> Actor | None:
    """The operator of this session, or None."""
    known = web_session.get("operator")
    actor = queries.load_operator(known[0], str(known[1])) if known else None
    if actor is not None:
        note_seen(actor)
    return actor


@pages.page("/hub/sign-in", needs=PUBLIC, methods=("GET", "POST"))
def sign_in(actor: Actor) -> ResponseReturnValue:
    """The operators' door."""
    form = Form(SignInIn)
    if (found := entered(form, _check)) is not None:
        operator, wrong = found
        devices.remember(operator.login.lower())
        onward = security.own_path(request.form.get("next")) or url_for("tenancy.listing")
        return arrive(
            commands.as_owner(operator),
            lambda ends_at: _start_session(operator, actor, ends_at=ends_at),
            onward=onward,
            wrong=wrong,
        )
    onward = request.values.get("next", "")
    return render("tenancy/sign_in.html", form.status, form=form, onward=onward)


def _start_session(
    operator: Operator,
    before: Actor | None,
    *,
    proved_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Sign ``operator`` in; ``before`` is who was in this browser, and is out."""
    leave(before)
    web_session.clear()
    key = begin(operator.id, operator.session_epoch, proved_at=proved_at, ends_at=ends_at)
    web_session["operator"] = [operator.id, key]


def admit(operator_id: int, epoch: int) -> bool:
    """Let an operator in who has given the second step too, unless all sign-ins ended meanwhile."""
    operator = queries.living_operator(operator_id)
    if operator is None or operator.session_epoch != epoch:
        return False
    _start_session(operator, signed_in_actor(), proved_at=world_now())
    return True


def _check(login: str, password: str) -> tuple[Operator, int] | None:
    device = devices.known_by(login.lower())
    address = caller_address()
    return commands.sign_in(login=login, password=password, address=address, device=device)


@pages.page("/hub/sign-out", needs=PUBLIC, methods=("POST",))
def sign_out(actor: Actor) -> ResponseReturnValue:
    """Leave: what was copied from this browser opens nothing any more."""
    leave(actor)
    web_session.clear()
    return redirect(url_for("window.landing"))


@pages.page("/hub/", needs=SIGNED_IN)
def listing(actor: Actor) -> ResponseReturnValue:
    """Every district, searchable, by state."""
    search, state = request.args.get("q", "")[:60], request.args.get("state", "")
    number = page_number()
    rows, total = queries.list_tenants(search, state, number=number, size=_PAGE)
    return render(
        "tenancy/listing.html",
        rows=rows,
        page=PageOf(number, total, _PAGE),
        usage=queries.usage_by_tenant([row.id for row in rows]),
        counts=queries.count_by_state(),
        search=search,
        state=state,
        words=words,
    )


@pages.page("/hub/districts/<code>", needs=SIGNED_IN)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """One district: its facts, its history, what may be done with it."""
    tenant = queries.access_tenant(code)
    return render(
        "tenancy/show.html",
        district=tenant,
        events=queries.events_of(tenant),
        steps=queries.steps_of(tenant),
        moves=rules.moves_from(tenant.state),
        invitation=_invitation(code),
        looks_until=queries.looks_until(tenant),
        words=words,
    )


class _Keys(Protocol):
    @property
    def token(self) -> str: ...
    @property
    def code(self) -> str: ...


def keep_invitation(code: str, keys: _Keys) -> None:
    """Shown to this operator only, until the session ends; the database keeps hashes alone."""
    kept = dict(list(web_session.get("invitations", {}).items())[-4:])
    web_session["invitations"] = {**kept, code: [keys.token, keys.code]}


def _invitation(code: str) -> dict[str, Any] | None:
    """The first administrator's invitation, while this operator's session knows it."""
    known = web_session.get("invitations", {}).get(code)
    if not known:
        return None
    token, short = known if isinstance(known, list) else (known, "")
    link = f"{request.host_url}d/{code}/welcome/{token}"
    door = f"{request.host_url}d/{code}/welcome"
    return {"link": link, "qr": qr_code(link), "code": short and shown_code(short), "door": door}


@pages.page("/hub/districts/<code>/progress", needs=SIGNED_IN)
def progress(actor: Actor, code: str) -> ResponseReturnValue:
    """The steps of setting up as they stand, for the page to ask again and again."""
    tenant = queries.access_tenant(code)
    steps = queries.steps_of(tenant)
    response = render("tenancy/_progress.html", district=tenant, steps=steps, words=words)
    if tenant.state not in {"requested", "provisioning"}:
        response.headers["HX-Refresh"] = "true"
    return response


@pages.page("/hub/districts/<code>/suspend", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def suspend(actor: Actor, code: str) -> ResponseReturnValue:
    """Close a district, saying why."""
    form = Form(SuspendIn)
    if form.accepts(lambda reason: commands.suspend(code, reason=reason, actor=actor)):
        flash(_l("The district is suspended. Nobody can enter it; nothing is lost."), "done")
        return redirect(url_for("tenancy.show", code=code))
    district = queries.access_tenant(code)
    return render("tenancy/suspend.html", form.status, form=form, district=district)


@pages.page("/hub/districts/<code>/resume", needs=SIGNED_IN, methods=("POST",))
def resume(actor: Actor, code: str) -> ResponseReturnValue:
    """Open a district again."""
    commands.resume(code, actor=actor)
    flash(_l("The district is in service again."), "done")
    return redirect(url_for("tenancy.show", code=code))


@pages.page("/hub/districts/<code>/retry", needs=SIGNED_IN, methods=("POST",))
def retry(actor: Actor, code: str) -> ResponseReturnValue:
    """Try a failed set-up again."""
    commands.retry(code, actor=actor)
    return redirect(url_for("tenancy.show", code=code))


@pages.page("/hub/work", needs=SIGNED_IN)
def work(actor: Actor) -> ResponseReturnValue:
    """Whether background work goes on, what waits in it, and what broke."""
    troubles = pulse.troubles()
    return render(
        "tenancy/work.html",
        pulse=pulse.pulse(),
        kinds=pulse.by_kind(),
        troubles=troubles,
        going=progress_of.under_way(),
        districts=queries.by_schema({one.scope for one in troubles if one.scope}),
        unsealed=sealing.needing(),
        words=words,
    )


@pages.page("/hub/work/<int:job>/again", needs=SIGNED_IN, methods=("POST",))
def again(actor: Actor, job: int) -> ResponseReturnValue:
    """Have a failed job tried as if for the first time."""
    commands.again(job, actor=actor)
    flash(_l("It is in the queue again."), "done")
    return redirect(url_for("tenancy.work"))


@pages.page("/hub/work/<int:job>/give-up", needs=SIGNED_IN, methods=("GET", "POST"))
def give_up(actor: Actor, job: int) -> ResponseReturnValue:
    """Take a failed job out of the queue, after a question."""
    if request.method == "POST":
        commands.give_up(job, actor=actor)
        flash(_l("Given up. What it was to do stays undone."), "done")
        return redirect(url_for("tenancy.work"))
    found = next((one for one in pulse.troubles() if one.id == job), None)
    if found is None:
        raise NotFound
    return render("tenancy/give_up.html", trouble=found)
