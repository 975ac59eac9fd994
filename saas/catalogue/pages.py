"""Pages that every list has: the list, a form for a new row and for one that is there, the acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from flask import Blueprint, flash, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from saas.catalogue.rows import Catalogue, Row
from saas.forms.fields import Field, labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.web.forms import Form
from saas.web.pages import Pages, render

#: Heading → what stands there of a row.
Columns = Mapping[Any, Callable[[Any], Any]]
#: A heading (or nothing) and the rows under it.
Groups = Sequence[tuple[Any, Iterable[Any]]]


class ShiftIn(Schema):
    """One place up or down."""

    way = fields.String(required=True, validate=validate.OneOf(("up", "down")))


@dataclass(frozen=True, kw_only=True)
class CataloguePages(Generic[Row]):
    """The pages of one catalogue under ``address``, as ``add_<noun>``, ``edit_``, ``retire_``,
    ``restore_`` and ``shift_<noun>`` of a domain.

    ``home`` is where one comes back to from a row. ``saved``, ``retired`` and ``restored`` say what
    was done. ``shape`` are the fields of its form, ``new`` its title where the row is new,
    ``trail`` what stands above it; ``begin`` what a new one begins with, ``also`` what ``template``
    shows besides the form, which stands at ``form_at`` below the address of its row.
    """

    rows: Catalogue[Row]
    needs: str
    address: str
    home: Callable[[Row], str]
    part: str = ""
    saved: Callable[[Row], str] = lambda row: _("%(name)s is saved.", name=_name(row))
    added: Callable[[Row], str] | None = None
    retired: Callable[[Row], str] = lambda row: _(
        "%(name)s is offered no more. You can bring it back below.", name=_name(row)
    )
    restored: Callable[[Row], str] = lambda row: _("%(name)s is back in use.", name=_name(row))
    shape: Sequence[Field] | Callable[[Row | None], Sequence[Field]] = ()
    new: Any = ""
    trail: Callable[[Row | None], Sequence[tuple[Any, str]]] = lambda row: ()
    begin: Callable[[], Mapping[str, Any]] = dict
    also: Callable[[Row | None], Mapping[str, Any]] = lambda row: {}
    template: str = "catalogue/form.html"
    form_at: str = ""

    def url(self, pages: Pages, act: str, row: Row | None = None) -> str:
        """The address of one of its pages."""
        parts = {self.part or self.rows.noun: row.code} if row else {}
        return url_for(f"{pages.name}.{act}_{self.rows.noun}", **parts)


def _shape(declared: CataloguePages[Any], row: Any) -> Sequence[Field]:
    return declared.shape(row) if callable(declared.shape) else declared.shape


def _name(row: Any) -> str:
    return say(next(getattr(row, key) for key in ("name", "label", "title") if hasattr(row, key)))


def serve(pages: Pages, declared: CataloguePages[Any]) -> None:
    """Every page that its rows need: forms for new ones and for those that are there, the acts."""
    verbs = declared.rows.verbs
    if "add" in verbs and declared.new:
        serve_new(pages, declared)
    if declared.shape:
        serve_form(pages, declared)
    if "retire" in verbs:
        serve_acts(pages, declared)


# Acts on a row ---------------------------------------------------------------------------------


def serve_acts(pages: Pages, declared: CataloguePages[Any]) -> None:
    """Retire, bring back, one place up or down: one press each, which says what it did."""
    rows = declared.rows

    def retire(actor: Actor, row: Any) -> ResponseReturnValue:
        command = partial(rows.retire, row, actor=actor)
        return do(command, declared.retired(row), declared.home(row))

    def restore(actor: Actor, row: Any) -> ResponseReturnValue:
        command = partial(rows.restore, row, actor=actor)
        return do(command, declared.restored(row), declared.home(row))

    def shift(actor: Actor, row: Any) -> ResponseReturnValue:
        return do(partial(rows.shift, row, actor=actor), None, declared.home(row), ShiftIn)

    for name, work in (("retire", retire), ("restore", restore), ("shift", shift)):
        _serve(pages, declared, f"/{name}", name, work, ("POST",))


def do(
    command: Callable[..., Any], said: str | None, url: str, schema: type[Schema] = Schema
) -> ResponseReturnValue:
    """Run ``command`` with what ``schema`` takes, say ``said`` or why not, go on to ``url``."""
    form = Form(schema)
    if form.accepts(command):
        if said:
            flash(said, "done")
    else:
        for texts in form.errors.values():
            flash(str(texts[0]), "warn")
    return redirect(url)


def _serve(
    pages: Pages,
    declared: CataloguePages[Any],
    below: str,
    verb: str,
    work: Callable[[Actor, Any], ResponseReturnValue],
    methods: tuple[str, ...],
) -> None:
    part = declared.part or declared.rows.noun
    pages.record_once(_with_templates)

    def page(actor: Actor, **parts: str) -> ResponseReturnValue:
        return work(actor, declared.rows.row(parts[part]))

    page.__name__ = f"{verb}_{declared.rows.noun}"
    rule = f"{declared.address}/<{part}>{below}"
    pages.page(rule, needs=declared.needs, methods=methods)(page)


# Forms -----------------------------------------------------------------------------------------


def serve_new(pages: Pages, declared: CataloguePages[Any]) -> None:
    """A form for a new row."""
    rows = declared.rows

    def add(actor: Actor) -> ResponseReturnValue:
        return add_page(pages, declared, partial(rows.add, actor=actor), declared.url(pages, "add"))

    add.__name__ = f"add_{rows.noun}"
    pages.page(f"{declared.address}/new", needs=declared.needs, methods=("GET", "POST"))(add)


def add_page(
    pages: Pages, declared: CataloguePages[Any], command: Callable[..., Any], url: str, **also: Any
) -> ResponseReturnValue:
    """The form for a new row at ``url``, stored by ``command``."""
    shape = _shape(declared, None)
    form = Form(schema_of(shape), suggested=declared.begin())
    if form.accepts(command):
        flash((declared.added or declared.saved)(form.result), "done")
        return redirect(declared.home(form.result))
    return _page(pages, declared, form, None, url, **also)


def serve_form(pages: Pages, declared: CataloguePages[Any]) -> None:
    """A form for each row that is there."""
    rows = declared.rows

    def edit(actor: Actor, row: Any) -> ResponseReturnValue:
        shape = _shape(declared, row)
        form = Form(schema_of(shape, new=False), stored(shape, row), thing=(rows.thing, row.id))
        if form.accepts(partial(rows.change, row, actor=actor)):
            flash(declared.saved(row), "done")
            return redirect(declared.home(row))
        return _page(pages, declared, form, row, declared.url(pages, "edit", row))

    _serve(pages, declared, declared.form_at, "edit", edit, ("GET", "POST"))


def _page(
    pages: Pages, declared: CataloguePages[Any], form: Form, row: Any, url: str, **also: Any
) -> ResponseReturnValue:
    shape = _shape(declared, row)
    return render(
        declared.template,
        form.status,
        form=form,
        row=row,
        name=_name(row) if row else declared.new,
        url=url,
        shape=shape,
        labels=labels_of(shape),
        **{"path": declared.trail(row), **declared.also(row), **also},
    )


# The list --------------------------------------------------------------------------------------


def listing(
    pages: Pages,
    declared: CataloguePages[Any],
    *,
    head: Any,
    groups: Groups,
    columns: Columns | None = None,
    template: str = "catalogue/list.html",
    **also: Any,
) -> ResponseReturnValue:
    """The page of a list: its rows under their headings, each with its acts. ``head`` names the
    first column, ``also`` is what ``template`` shows besides.
    """
    return render(
        template,
        head=head,
        groups=groups,
        columns=columns or {},
        url=partial(declared.url, pages),
        add=declared.url(pages, "add"),
        noun=declared.rows.noun,
        is_retired=declared.rows.is_retired,
        name_of=_name,
        **also,
    )


def _with_templates(state: BlueprintSetupState) -> None:
    """The templates of this craft come with the first domain that uses them."""
    if "catalogue" not in state.app.blueprints:
        state.app.register_blueprint(Blueprint("catalogue", __name__, template_folder="templates"))
