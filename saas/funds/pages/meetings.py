"""The evening of the committee: meetings, their agenda, votes, minutes."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.accounts import queries as people
from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of
from saas.funds import commands, forms, permissions, queries, rules, views, words
from saas.funds.commands import Deed
from saas.funds.models import Meeting
from saas.funds.pages.blueprint import pages
from saas.funds.permissions import MANAGE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.shell import layout_of


def ensure_inside(actor: Actor) -> None:
    """Raise `NotFound` for who is neither of the office nor of the committee."""
    if not permissions.works(actor) and queries.member_of(actor, clock.today()) is None:
        raise NotFound


def _door(actor: Actor, code: str, *, lock: bool = False) -> Meeting:
    ensure_inside(actor)
    return queries.meeting_by_code(code, lock=lock)


@pages.page("/funds/committee", needs=SIGNED_IN)
def committee(actor: Actor) -> ResponseReturnValue:
    """Meetings, what waits for one, what was decided, the money that is left for each purpose."""
    ensure_inside(actor)
    seats = queries.members(clock.today())
    return render(
        "funds/committee.html", works=permissions.works(actor), leads=commands.leads(actor),
        seats=seats, names=people.names_of([one.person_id for one in seats]),
        meetings=queries.meetings(), waiting=queries.to_decide(), decided=queries.resolutions(),
        form=Form(forms.SeatIn), left=views.purposes_of(queries.money()), terms=queries.terms(),
        quorate=rules.quorate(len(seats), queries.term("members_least") or 1),
    )  # fmt: skip


@pages.page("/funds/committee/new", needs=SIGNED_IN, methods=("GET", "POST"))
def call(actor: Actor) -> ResponseReturnValue:
    """Call a meeting."""
    if not commands.leads(actor):
        raise NotFound
    form = Form(schema_of(forms.MEETING))

    def called(on: date, hour: str, place: str) -> Meeting:
        at = None if hour == forms.WRITING else time.fromisoformat(hour)
        return commands.call(on=on, hour=at, place=place, actor=actor)

    if form.accepts(called):
        flash(_("Called: the members are told. Now fill the agenda."), "done")
        return redirect(url_for("funds.meeting", code=form.result.code))
    return render(
        "funds/form.html", form.status, form=form, shape=forms.MEETING, left=(),
        labels=labels_of(forms.MEETING), title=_("Call a meeting"), submit=_("Call the meeting"),
        url=url_for("funds.call"), home=_("Committee"), back=url_for("funds.committee"),
    )  # fmt: skip


@pages.page("/funds/committee/<code>", needs=SIGNED_IN, methods=("GET", "POST"))
def meeting(actor: Actor, code: str) -> ResponseReturnValue:
    """The agenda: read, voted on, printed; the chair begins and closes."""
    found = _door(actor, code, lock=request.method == "POST")
    form = Form(forms.DeedIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act_on(found, Deed(**given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.MEETING_VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("funds.meeting", code=found.code))
    return render("funds/meeting.html", form.status, form=form, it=views.evening_of(found, actor))


def _do(code: str, command: Any, said: str, schema: Any) -> ResponseReturnValue:
    return do(command, said, url_for("funds.meeting", code=code), schema)


@pages.page("/funds/committee/<code>/items", needs=SIGNED_IN, methods=("POST",))
def put_on(actor: Actor, code: str) -> ResponseReturnValue:
    """Put something on the agenda."""
    found = _door(actor, code, lock=True)
    command = partial(commands.put_on, found, actor=actor)
    return _do(found.code, command, _("It is on the agenda."), forms.PutIn)


@pages.page("/funds/committee/<code>/here", needs=SIGNED_IN, methods=("POST",))
def attend(actor: Actor, code: str) -> ResponseReturnValue:
    """Who is here."""
    found = _door(actor, code, lock=True)

    def command(member: int, here: bool) -> None:
        commands.attend(found, members=[member], here=here, actor=actor)

    return _do(found.code, command, "", forms.HereIn)


def _on_item(
    actor: Actor, number: int, command: Any, said: str, schema: Any
) -> ResponseReturnValue:
    ensure_inside(actor)
    item, found = queries.item(number)
    return _do(found.code, partial(command, item, found, actor=actor), said, schema)


@pages.page("/funds/items/<int:number>/off", needs=SIGNED_IN, methods=("POST",))
def take_off(actor: Actor, number: int) -> ResponseReturnValue:
    """Take something off the agenda."""
    return _on_item(actor, number, commands.take_off, _("Off the agenda."), forms.Nothing)


@pages.page("/funds/items/<int:number>/vote", needs=SIGNED_IN, methods=("POST",))
def vote(actor: Actor, number: int) -> ResponseReturnValue:
    """Vote, or step aside."""
    return _on_item(actor, number, commands.vote, _("Your vote is written down."), forms.VoteIn)


@pages.page("/funds/items/<int:number>/resolve", needs=SIGNED_IN, methods=("POST",))
def resolve(actor: Actor, number: int) -> ResponseReturnValue:
    """The votes carry it: the resolution gets its number."""
    command = commands.resolve
    return _on_item(actor, number, command, _("The resolution has its number."), forms.Nothing)


@pages.page("/funds/items/<int:number>/said", needs=SIGNED_IN, methods=("POST",))
def minute(actor: Actor, number: int) -> ResponseReturnValue:
    """What came out of a subject."""
    return _on_item(actor, number, commands.minute, _("Written down."), forms.SaidIn)


@pages.page("/funds/minutes/<code>", needs=PUBLIC)
def minutes(actor: Actor, code: str) -> ResponseReturnValue:
    """What a meeting decided, for everybody, when it is closed; never who voted how."""
    found = queries.meeting_by_code(code)
    if found.state != "closed":
        raise NotFound
    return render("funds/minutes.html", layout=layout_of(actor), it=views.evening_of(found, actor))


@pages.page("/funds/gift/<code>/back", needs=MANAGE, methods=("POST",))
def ask_back(actor: Actor, code: str) -> ResponseReturnValue:
    """Ask the committee to give a gift back."""
    gift = queries.gift_by_code(code)
    command = partial(commands.ask_back, gift, actor=actor)
    return do(command, _("Asked for: put it on an agenda."), url_for("funds.gift", code=gift.code),
              forms.BackIn)  # fmt: skip
