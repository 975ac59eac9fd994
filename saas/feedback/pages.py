"""Two questions in large letters, for who came; what was said, for who makes it."""

from __future__ import annotations

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from marshmallow import Schema, fields, validate

from saas.activities import queries as sessions
from saas.activities import views as activities
from saas.feedback import commands, queries, rules, words
from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.shell import layout_of

pages = Pages("feedback", __name__.rpartition(".pages")[0], plane="tenant")


class _AnswerIn(Schema):
    """Two questions, the second may stay empty."""

    grade = fields.String(required=True, validate=validate.OneOf(rules.GRADES))
    wish = fields.String(load_default="", validate=validate.Length(max=300))


def tickets() -> URLSafeTimedSerializer:
    """Signs tickets of this district: the session and a number drawn by lot, never who."""
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"said:{current_tenant().key}")


@pages.page("/how/<code>", needs=PUBLIC, methods=("GET", "POST"))
def ask(actor: Actor, code: str) -> ResponseReturnValue:
    """Whoever was there is given a ticket with which to say how it was."""
    scene = sessions.public_session(code, actor=actor)
    form = Form(Schema)
    if form.accepts(lambda: commands.ask(scene, actor=actor)):
        return redirect(url_for("feedback.say", ticket=tickets().dumps([code, new_token()])))
    return render(
        "feedback/ask.html", form.status, form=form, scene=scene, layout=layout_of(actor),
        open=queries.open_mark(scene, actor) is not None, when=activities.when(scene.session),
        words=words,
    )  # fmt: skip


@pages.page("/how/say/<ticket>", needs=PUBLIC, methods=("GET", "POST"))
def say(actor: Actor, ticket: str) -> ResponseReturnValue:
    """The two questions."""
    try:
        code, _number = tickets().loads(ticket, max_age=int(rules.TICKET.total_seconds()))
    except BadData:
        raise NotFound from None
    scene = sessions.public_session(code, actor=actor)
    form = Form(_AnswerIn)
    if form.accepts(lambda **given: commands.answer(code, ticket, **given)):
        flash(_("Thank you! Nobody is told who said it."), "done")
        return redirect(url_for("activities.show", code=code))
    return render(
        "feedback/say.html", form.status, form=form, scene=scene, layout=layout_of(actor),
        when=activities.when(scene.session), words=words, ticket=ticket,
    )  # fmt: skip


@pages.page("/console/activities/s/<code>/said", needs=SIGNED_IN)
def said(actor: Actor, code: str) -> ResponseReturnValue:
    """What was said of a session; nothing while so few have answered that one would know who."""
    scene = sessions.access_session(code, actor=actor)
    found = queries.said_of(scene.session.id)
    shares = {grade: rules.share(n, found.total) for grade, n in found.grades.items()}
    return render(
        "feedback/said.html", scene=scene, said=found, shares=shares, words=words,
        least=rules.LEAST, when=activities.when(scene.session),
    )  # fmt: skip
