"""Two questions in large letters, for who came; what was said, for who makes it. Pictures: seen by
everybody until somebody objects, put up and decided about by who makes the session.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from marshmallow import Schema, fields, validate

from saas import attachments
from saas.activities import permissions
from saas.activities import queries as sessions
from saas.activities import views as activities
from saas.attachments import answers
from saas.feedback import commands, queries, rules, words
from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import new_token
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.schemas import Uploads
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.shell import layout_of

pages = Pages("feedback", __name__.rpartition(".pages")[0], plane="tenant")


class _AnswerIn(Schema):
    """Two questions, the second may stay empty."""

    grade = fields.String(required=True, validate=validate.OneOf(rules.GRADES))
    wish = fields.String(load_default="", validate=validate.Length(max=300))


class _PicturesIn(Schema):
    """Pictures, what they show, and that somebody has looked who can be recognised."""

    photo = Uploads(load_default=list)
    shows = fields.String(load_default="", validate=validate.Length(max=100))
    covered = fields.Boolean(load_default=False)


class _ObjectIn(Schema):
    """Why somebody does not want to be seen, if they want to say it."""

    why = fields.String(load_default="", validate=validate.Length(max=300))


class _DecideIn(Schema):
    """Away for good, or put back with a reason."""

    outcome = fields.String(required=True, validate=validate.OneOf(rules.OUTCOMES))
    words_ = fields.String(load_default="", validate=validate.Length(max=200))


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


@pages.page("/activities/s/<code>/pictures", needs=PUBLIC)
def album(actor: Actor, code: str) -> ResponseReturnValue:
    """The pictures of a session; under each the way to have it gone."""
    scene = sessions.public_session(code, actor=actor)
    return render(
        "feedback/album.html", scene=scene, pictures=queries.pictures_of(scene.session.id),
        when=activities.when(scene.session), layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/activities/s/<code>/pictures/<picture>", needs=PUBLIC)
def picture(actor: Actor, code: str, picture: str) -> ResponseReturnValue:
    """One picture. Nobody between us and the reader keeps it: it may be hidden in a moment. Who
    decides sees hidden ones too.
    """
    scene = sessions.public_session(code, actor=actor)
    makes = permissions.session_parts(actor, scene, sessions.people_of(scene.activity))
    states = rules.IN_USE if makes else ("shown",)
    found = queries.access_picture(scene, picture, states)
    return answers.answer(attachments.one(queries.THING, found.id, 1),
                          small="small" in request.args)  # fmt: skip


@pages.page("/activities/s/<code>/pictures/<picture>/object", needs=PUBLIC, methods=("GET", "POST"))
def object_to(actor: Actor, code: str, picture: str) -> ResponseReturnValue:
    """Somebody does not want to be seen there: no account, no name, hidden at once."""
    scene = sessions.public_session(code, actor=actor)
    found = queries.access_picture(scene, picture, rules.IN_USE, lock=request.method == "POST")
    form = Form(_ObjectIn)
    if form.accepts(lambda why: commands.object_to(found, scene, why=why, actor=actor)):
        flash(_("The picture is hidden: nobody sees it any more."), "done")
        return redirect(url_for("feedback.album", code=code))
    return render(
        "feedback/object.html", form.status, form=form, scene=scene, picture=found,
        when=activities.when(scene.session), layout=layout_of(actor),
        days=rules.DECIDED_IN.days,
    )  # fmt: skip


@pages.page("/console/activities/s/<code>/pictures", needs=SIGNED_IN, methods=("GET", "POST"))
def pictures(actor: Actor, code: str) -> ResponseReturnValue:
    """For who takes pictures: who said no, in large letters; what is objected to."""
    scene = sessions.access_session(code, actor=actor)
    form = Form(_PicturesIn)

    def do(photo: list[Any], **given: Any) -> Any:
        return commands.add_pictures(scene, photo, **given, actor=actor)

    if form.accepts(do):
        flash(_("Everybody sees it now."), "done")
        return redirect(url_for("feedback.pictures", code=code))
    found = queries.pictures_of(scene.session.id, rules.IN_USE)
    seated = sessions.living(scene.session.pool_id, states=("offered", "confirmed"))
    noes = [one for one in seated if one.photo_consent == "no"]
    return render(
        "feedback/pictures.html", form.status, form=form, scene=scene, pictures=found, words=words,
        objections=queries.open_objections([one.id for one in found]), layout=layout_of(actor),
        noes=activities.rows_of(noes), number=sum(one.party for one in noes),
        signed=bool(seated),
        names=permissions.handles(actor, scene), when=activities.when(scene.session),
        within=rules.DECIDED_IN,
    )  # fmt: skip


@pages.page(
    "/console/activities/s/<code>/pictures/<picture>/decide", needs=SIGNED_IN, methods=("POST",)
)
def decide(actor: Actor, code: str, picture: str) -> ResponseReturnValue:
    """Away for good, or put back with a reason."""
    scene = sessions.access_session(code, actor=actor)
    found = queries.access_picture(scene, picture, rules.IN_USE, lock=True)
    form = Form(_DecideIn)
    if form.accepts(lambda outcome, words_: commands.decide(found, outcome, scene, words_=words_,
                                                            actor=actor)):  # fmt: skip
        flash(words.DECIDED[form.values["outcome"]], "done")
    else:
        flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("feedback.pictures", code=code))
