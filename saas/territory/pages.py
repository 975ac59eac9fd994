"""Pages of the unit tree: look at it, and change it without losing what has been."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Reason, push_label
from saas.listing.pages import answer, asked_by
from saas.listing.views import ListShown
from saas.territory import commands, permissions, queries
from saas.territory.events import Section, unit_counting, unit_shown
from saas.territory.lists import UNITS_LIST
from saas.territory.permissions import EDIT, VIEW
from saas.territory.queries import Unit
from saas.territory.schemas import MergeIn, MoveIn, UnitFacts, UnitIn
from saas.web.forms import Form
from saas.web.pages import Pages, render
from saas.web.security import own_path

pages = Pages("territory", __name__, plane="tenant")


@pages.page("/units", needs=VIEW)
def tree(actor: Actor) -> ResponseReturnValue:
    """The tree from the top of the actor's reach, or a list of what was searched for."""
    asked = asked_by(UNITS_LIST, actor)
    if asked.search or "kind" in asked.values or "as" in request.args:
        return answer(UNITS_LIST, actor, "territory/found.html")
    under = asked.values.get("unit")
    reach = (under.path,) if under and actor.may(VIEW, under.path) else actor.reach(VIEW)
    return render(
        "territory/tree.html",
        tops=queries.tree(reach, retired="retired" in asked.values),
        kinds=queries.kind_names(),
        list=ListShown(UNITS_LIST, asked, actor),
    )


@pages.page("/units/<code>", needs=VIEW)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A unit: its facts, who holds its posts, what lies beneath it."""
    unit = queries.access_unit(code, VIEW, actor=actor)
    retired = request.args.get("retired") == "1"
    trees = queries.tree([unit.path], retired=retired or unit.retired_at is not None)
    return render(
        "territory/show.html",
        unit=unit,
        branch=trees[0],
        trail_units=queries.ancestors(unit),
        seen=lambda path: actor.may(VIEW, path),
        kinds=queries.kind_names(),
        retired=retired,
        gone=queries.count_retired([unit.path]),
        merged=queries.find_unit(unit.merged_into_id),
        sections=_sections(unit, actor),
        may_add=_may_add(unit, actor),
        may_edit=permissions.can_edit(actor, unit.path),
        may_reshape=permissions.can_reshape(actor, unit.path),
    )


def _sections(unit: Unit, actor: Actor) -> list[Section]:
    """What higher floors put on the page."""
    answers = (given for _, given in unit_shown.send(unit.id, path=unit.path, actor=actor))
    return [section for section in answers if section is not None]


def _may_add(unit: Unit, actor: Actor) -> bool:
    fitting = not unit.retired_at and permissions.can_edit(actor, unit.path)
    return fitting and bool(queries.kinds_under(unit.kind))


@pages.page("/units/<code>/add", needs=EDIT, methods=("GET", "POST"))
def add(actor: Actor, code: str) -> ResponseReturnValue:
    """A new unit beneath this one."""
    parent = queries.access_unit(code, EDIT, actor=actor)
    kinds = queries.kinds_under(parent.kind)
    form = Form(UnitIn, suggested={"kind": kinds[0].code if len(kinds) == 1 else ""})
    if form.accepts(lambda **typed: commands.add_unit(parent=parent, actor=actor, **typed)):
        flash(_l("The unit stands in the tree."), "done")
        return redirect(url_for("territory.show", code=form.result.code))
    names = queries.kind_names()
    options = [(kind.code, names[kind.code]) for kind in kinds]
    return render("territory/add.html", form.status, form=form, unit=parent, kinds=options)


@pages.page("/units/<code>/edit", needs=EDIT, methods=("GET", "POST"))
def edit(actor: Actor, code: str) -> ResponseReturnValue:
    """Another name, or other official facts; the code stays. ``next`` is where it goes on."""
    unit = queries.access_unit(code, EDIT, actor=actor)
    back = own_path(request.args.get("next")) or url_for("territory.show", code=code)
    form = Form(UnitFacts, _facts_of(unit), thing=("unit", unit.id))
    if form.accepts(lambda **typed: commands.rename_unit(unit, actor=actor, **typed)):
        flash(_l("Changed."), "done")
        return redirect(back)
    return render("territory/edit.html", form.status, form=form, unit=unit, back=back)


def _facts_of(unit: Unit) -> dict[str, Any]:
    values: dict[str, Any] = {
        "official_code": unit.official_code,
        "official_source": unit.official_source,
        "official_date": unit.official_date,
    }
    push_label(values, "name", unit.name)
    return {key: value or "" for key, value in values.items()}


@pages.page("/units/<code>/move", needs=EDIT, methods=("GET", "POST"))
def move(actor: Actor, code: str) -> ResponseReturnValue:
    """Put the unit, with all that lies beneath it, under another one."""
    unit = queries.access_unit_to_reshape(code, actor=actor)
    search = request.args.get("q", "")[:60].strip()
    form = Form(MoveIn)
    if form.accepts(lambda parent: _move(unit, parent, actor)):
        flash(_l("Moved. You can move it back in the same way."), "done")
        return redirect(url_for("territory.show", code=code))
    options = queries.homes_for(unit, actor=actor, words=search)
    return _reshaping("territory/move.html", form, unit, options, search)


def _move(unit: Unit, parent: str, actor: Actor) -> None:
    target = queries.chosen_unit("parent", parent, actor=actor)
    commands.move_unit(unit, parent=target, actor=actor)


@pages.page("/units/<code>/merge", needs=EDIT, methods=("GET", "POST"))
def merge(actor: Actor, code: str) -> ResponseReturnValue:
    """Let another unit of the same kind take over all that this one has."""
    unit = queries.access_unit_to_reshape(code, actor=actor)
    search = request.args.get("q", "")[:60].strip()
    form = Form(MergeIn)
    if form.accepts(lambda into, reason: _merge(unit, into, reason, actor)):
        flash(_l("Merged: this unit has taken everything over."), "done")
        return redirect(url_for("territory.show", code=form.values["into"]))
    options = queries.equals_of(unit, actor=actor, words=search)
    return _reshaping("territory/merge.html", form, unit, options, search)


def _merge(unit: Unit, into: str, reason: str, actor: Actor) -> None:
    target = queries.chosen_unit("into", into, actor=actor)
    commands.merge_units(unit, into=target, reason=reason, actor=actor)


def _reshaping(
    template: str, form: Form, unit: Unit, options: Any, search: str
) -> ResponseReturnValue:
    """A page that asks where to, and says and counts what it will do."""
    return render(
        template,
        form.status,
        form=form,
        unit=unit,
        search=search,
        options=options,
        parents=queries.parent_names(options),
        beneath=queries.count_by_kind(unit.path),
        kinds=queries.kind_names(),
        hanging=_hanging(unit),
    )


def _hanging(unit: Unit) -> list[str]:
    """What hangs on this very unit, as its domains count it."""
    return [line for _, lines in unit_counting.send(unit.id) for line in lines]


@pages.page("/units/<code>/retire", needs=EDIT, methods=("GET", "POST"))
def retire(actor: Actor, code: str) -> ResponseReturnValue:
    """Take the unit out of use, saying why; it can come back."""
    unit = queries.access_unit_to_reshape(code, actor=actor)
    form = Form(Reason)
    if form.accepts(lambda reason: commands.retire_unit(unit, reason=reason, actor=actor)):
        flash(_l("Out of use. Its history stays, and it can be restored."), "done")
        return redirect(url_for("territory.show", code=code))
    beneath = queries.count_by_kind(unit.path)
    return render(
        "territory/retire.html",
        form.status,
        form=form,
        unit=unit,
        beneath=beneath,
        kinds=queries.kind_names(),
        hanging=_hanging(unit),
    )


@pages.page("/units/<code>/restore", needs=EDIT, methods=("POST",))
def restore(actor: Actor, code: str) -> ResponseReturnValue:
    """Bring a retired unit back."""
    unit = queries.access_unit_to_reshape(code, actor=actor)
    commands.restore_unit(unit, actor=actor)
    flash(_l("The unit is in use again."), "done")
    return redirect(url_for("territory.show", code=code))


@pages.page("/ladders", needs=VIEW)
def ladders(actor: Actor) -> ResponseReturnValue:
    """The ladders of this district with their levels, as its model package gives them."""
    return render(
        "territory/ladders.html",
        ladders=queries.ladders(),
        levels=queries.levels_by_ladder(),
        kinds=queries.kind_names(),
        counts=queries.count_kinds(actor.reach(VIEW)),
    )
