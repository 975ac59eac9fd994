"""The operator's library of packages: what is there, what is in it, what differs, what comes in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.runtime import wired
from saas.packages import words
from saas.packages.contents import in_words
from saas.packages.faults import Fault
from saas.packages.library import commands, json_schemas, queries
from saas.packages.library.archive import MANIFEST, manifest_of, pack
from saas.packages.library.changes_in_words import ChangeInWords, changes_in_words
from saas.packages.library.queries import BadPackage
from saas.packages.library.schemas import ArchiveIn
from saas.packages.parts import all_files
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render

pages = Pages("packages", __name__, plane="hub")


@pages.page("/hub/packages", needs=SIGNED_IN)
def listing(actor: Actor) -> ResponseReturnValue:
    """Every edition of every package, with what is in it and who uses it."""
    editions = queries.list_editions()
    counted = [count.column for each in editions for count in each.counts if count.column]
    return render(
        "packages/listing.html",
        rows=[(each, queries.districts_with(each.key)) for each in editions],
        columns=list(dict.fromkeys(counted)),
        trouble=queries.trouble(),
        words=words,
    )


@pages.page("/hub/packages/<key>/<version>", needs=SIGNED_IN)
def show(actor: Actor, key: str, version: str) -> ResponseReturnValue:
    """Everything in one edition, or everything that is wrong with it."""
    found = queries.edition(key, version)
    faults = found.checked(wired().domains.permissions)
    return render(
        "packages/show.html",
        one=queries.summary(key, version),
        contents=None if faults else in_words(found.package()),
        faults=faults,
        others=[each for each in queries.versions(key) if each != version],
        districts=queries.districts_with(key),
        words=words,
    )


@pages.page("/hub/packages/compare", needs=SIGNED_IN)
def compare(actor: Actor) -> ResponseReturnValue:
    """What differs between two editions, item by item, in words."""
    names = request.args.get("before", ""), request.args.get("after", "")
    options = [
        (f"{one.key}@{one.version}", f"{say(one.title)} {one.version}")
        for one in queries.list_editions()
        if not one.faults
    ]
    earlier, later = _last_two([key for key, _name in options])
    changes = _changes(*names) if all(names) else None
    return render(
        "packages/compare.html",
        options=options,
        before=names[0] or earlier,
        after=names[1] or later,
        named=dict(options),
        changes=changes,
        groups=list(dict.fromkeys(each.heading for each in changes or ())),
        words=words,
    )


def _last_two(names: list[str]) -> tuple[str, str]:
    """The two newest editions of the package that has most, to begin with."""
    keys = Counter(name.partition("@")[0] for name in names)
    most = max(keys, key=lambda key: keys[key], default="")
    own = sorted((one for one in names if one.partition("@")[0] == most), key=_by_version)
    *_, earlier, later = "", "", *own
    return earlier, later


def _by_version(name: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in name.partition("@")[2].split(".")]


def _changes(before: str, after: str) -> list[ChangeInWords]:
    return changes_in_words(_parts(before), _parts(after))


def _parts(name: str) -> dict[str, Any]:
    """The parts of an edition by ``key@version``, the newest without a version."""
    key, _, version = name.partition("@")
    return queries.read_package(key, None, version or None).parts()


@pages.page("/hub/packages/<key>/<version>/download", needs=SIGNED_IN)
def download(actor: Actor, key: str, version: str) -> ResponseReturnValue:
    """The edition as one file, the same bytes every time."""
    found = queries.edition(key, version)
    files = dict(found.files)
    files.setdefault(MANIFEST, manifest_of(files, key=key, version=version))
    response = Response(pack(files), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-{version}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.page("/hub/packages/upload", needs=SIGNED_IN, methods=("GET", "POST"), fresh=True)
def upload(actor: Actor) -> ResponseReturnValue:
    """Hand in an archive; it is looked at before it is kept."""
    form = Form(ArchiveIn)
    faults: tuple[Fault, ...] = ()
    try:
        if form.accepts(_lay_aside):
            return redirect(url_for("packages.preview", token=form.result))
    except BadPackage as error:
        faults = error.faults
    status = 422 if faults else form.status
    return render("packages/upload.html", status, form=form, faults=faults, names=queries.names())


def _lay_aside(file: Any) -> str:
    """Keep the archive beside the library for its preview, if it can be opened at all."""
    raw = commands.read_upload(file.stream)
    commands.open_archive(raw, file.filename or "")
    return commands.lay_aside(raw)


@pages.page("/hub/packages/upload/waiting/<token>", needs=SIGNED_IN, methods=("GET", "POST"))
def preview(actor: Actor, token: str) -> ResponseReturnValue:
    """What is in an archive that was handed in; a press keeps it."""
    found = commands.open_archive(commands.laid_aside(token), "package.zip")
    known = wired().domains.permissions
    form = Form(Schema)
    if form.accepts(lambda: commands.keep(found, permissions=known, actor=actor)):
        kept = form.result
        commands.put_away(token)
        flash(_l("The package is in the library. Districts can be made from it."), "done")
        return redirect(url_for("packages.show", key=kept.key, version=kept.version))
    faults = found.checked(known)
    return render(
        "packages/preview.html",
        form.status,
        form=form,
        token=token,
        faults=faults,
        origin=found.origin,
        contents=None if faults else in_words(found.package()),
        words=words,
    )


@pages.page("/hub/packages/<key>/<version>/remove", needs=SIGNED_IN, methods=("GET", "POST"))
def remove(actor: Actor, key: str, version: str) -> ResponseReturnValue:
    """Take an uploaded edition out of the library, if no district needs it."""
    form = Form(Schema)
    if form.accepts(lambda: commands.remove(key, version, actor=actor)):
        flash(_l("The edition is removed from the library."), "done")
        return redirect(url_for("packages.listing"))
    one = queries.summary(key, version)
    return render("packages/remove.html", form.status, form=form, one=one, words=words)


@pages.page("/hub/packages/schema/<file>.json", needs=PUBLIC)
def schema(actor: Actor, file: str) -> ResponseReturnValue:
    """The JSON Schema of a file of a package, for anybody's editor."""
    if file not in all_files():
        raise NotFound
    response = Response(json_schemas.schema_text(file), mimetype="application/schema+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
