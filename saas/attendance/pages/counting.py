"""For who counts: one page for a telephone with search, pad and undo; every row; closing it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import queries as sessions
from saas.activities.queries import Scene
from saas.attendance import commands, forms, queries, rules, views, words
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.attendance.pages.blueprint import pages
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render

_AT = "/console/activities/s/<code>/count"


def _opened(code: str, actor: Actor) -> Scene:
    return sessions.access_session(code, actor=actor)


def _shown(scene: Scene, form: Form, actor: Actor) -> ResponseReturnValue:
    """The page; each of its forms has a key of its own, so that nothing is written twice."""
    needle = request.args.get("q", "")[:60]
    return render(
        "attendance/count.html", form.status, form=form, sheet=views.sheet_of(scene, actor),
        found=queries.looked_for(scene, needle), needle=needle, words=words, views=views,
        key=new_token, undo=clock.now() - rules.UNDO,
    )  # fmt: skip


def _on(code: str) -> ResponseReturnValue:
    return redirect(url_for("attendance.count", code=code))


@pages.page(_AT, needs=SIGNED_IN, methods=("GET", "POST"))
def count(actor: Actor, code: str) -> ResponseReturnValue:
    """Who comes now: by slip, by name, counted; what was written last can be taken back."""
    scene = _opened(code, actor)
    form = Form(forms.CameIn)

    def do(slip: str, n: int | None, *, found: bool, submission: str, cause: str) -> Mark:
        signup = sessions.find_by_slip(slip)
        if signup is None:
            raise Invalid({"slip": [_l("There is no slip with this code. Look at it once more.")]})
        who = Came(signup=signup, n=n or signup.party, how="found" if found else "shown")
        return commands.come(scene, who, key=submission, cause=cause, actor=actor)

    if form.accepts(do):
        flash(_("They are here."), "done")
        return _on(code)
    return _shown(scene, form, actor)


@pages.page(f"{_AT}/tally", needs=SIGNED_IN, methods=("GET", "POST"))
def tally(actor: Actor, code: str) -> ResponseReturnValue:
    """People without a name, by band."""
    scene = _opened(code, actor)
    form = Form(forms.TallyIn)

    def do(submission: str, **given: Any) -> list[Mark]:
        return commands.tally(scene, key=submission, **given, actor=actor)

    if form.accepts(do):
        flash(_("Written down."), "done")
        return _on(code)
    return _shown(scene, form, actor)


@pages.page(f"{_AT}/back", needs=SIGNED_IN, methods=("POST",))
def back(actor: Actor, code: str) -> ResponseReturnValue:
    """Take a mark back: both rows stay."""
    scene = _opened(code, actor)
    form = Form(forms.BackIn)

    def do(submission: str, mark: int, cause: str) -> Mark:
        found = queries.access_mark(scene, mark)
        return commands.take_back(scene, found, key=submission, cause=cause, actor=actor)

    if form.accepts(do):
        flash(_("Taken back. Both rows stay in the list."), "done")
    else:
        flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("attendance.rows", code=code) if form.values.get("cause")
                    else url_for("attendance.count", code=code))  # fmt: skip


@pages.page(f"{_AT}/hold", needs=SIGNED_IN, methods=("GET", "POST"))
def hold(actor: Actor, code: str) -> ResponseReturnValue:
    """It is over, and everybody is counted."""
    scene = sessions.access_session(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.HoldIn)
    if form.accepts(lambda **given: commands.hold(scene, **given, actor=actor)):
        flash(_("Over. Somebody else looks at the number and closes it."), "done")
        return _on(code)
    return _shown(scene, form, actor)


@pages.page(f"{_AT}/close", needs=SIGNED_IN, methods=("GET", "POST"))
def close(actor: Actor, code: str) -> ResponseReturnValue:
    """A second person has looked at the number."""
    scene = sessions.access_session(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.CloseIn)
    if form.accepts(lambda **given: commands.close(scene, **given, actor=actor)):
        flash(_("Closed. What is corrected from now on needs a cause."), "done")
        return _on(code)
    return _shown(scene, form, actor)


@pages.page(f"{_AT}/rows", needs=SIGNED_IN)
def rows(actor: Actor, code: str) -> ResponseReturnValue:
    """Every row that was written, voids too; to correct what is older than a few minutes."""
    scene = _opened(code, actor)
    found = queries.rows_of(scene.session.id)
    return render(
        "attendance/rows.html", sheet=views.sheet_of(scene, actor), rows=found, views=views,
        voided={one.voids_id for one in found if one.voids_id}, words=words, key=new_token,
        writers=views.writers_of(found),
    )  # fmt: skip
