"""What guests take home, as one page and one file: the signed package, a guide to print, figures
with their definitions, and a tour that opens from a folder without any network.
"""

from __future__ import annotations

import csv
import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from saas.figures import queries as figures
from saas.figures.views.public import Row, public_rows
from saas.help import queries as help_texts
from saas.help.markdown import as_html, blocks
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, Actor, current_tenant, entering
from saas.kernel.errors import NotFound
from saas.kernel.i18n import LOCALES, speaking
from saas.kernel.i18n import gettext as _
from saas.kernel.unit_of_work import unit_of_work
from saas.packages.library import commands as library
from saas.packages.library import queries as editions
from saas.packages.model import queries as model
from saas.packages.permissions import can_edit
from saas.rooms.printing import can_print, typeset
from saas.showcase.demos import commands as demos
from saas.showcase.tour.queries import tour
from saas.tenancy.provisioning import hub
from saas.territory import queries as territory
from saas.web.files import ZIP, download
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("takehome", __name__, plane="tenant")
_PICTURES = {"zh_Hans_CN": "plan.webp", "en": "plan-en.webp"}
_STATIC = Path(__file__).parents[1] / "web" / "static"
#: The same file has the same bytes, whenever it is made.
_THEN = (2020, 1, 1, 0, 0, 0)


def _ensure_given(actor: Actor) -> None:
    """To everybody in a demo; elsewhere to who looks after the model, for guests on the day."""
    if not current_tenant().is_demo and not can_edit(actor):
        raise NotFound


@pages.page("/take-home", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """What there is to take home, on one page."""
    _ensure_given(actor)
    row = model.installed_row()
    return render("showcase/take_home.html", edition=f"{row.key} {row.version}",
                  key=library.own_signer().public, rows=_rows())  # fmt: skip


@pages.page("/take-home/all.zip", needs=PUBLIC)
def whole(actor: Actor) -> ResponseReturnValue:
    """Everything as one file."""
    _ensure_given(actor)
    tenant = current_tenant()
    if tenant.ends_at:
        with entering(hub()), unit_of_work():
            demos.took(tenant.id)
    return download(made(), f"{tenant.code}-take-home.zip", ZIP)


def made() -> bytes:
    """The file: a folder of each language beside the package."""
    row = model.installed_row()
    package = library.handed_over(editions.edition(row.key, row.version))
    name = f"{row.key}-{row.version}.zip"
    files: dict[str, bytes] = {f"package/{name}": package}
    for locale, called in (("zh_Hans_CN", "zh"), ("en", "en")):
        with speaking(locale):
            files |= {f"{called}/{at}": data for at, data in _folder(locale, name).items()}
    files["index.html"] = _page("index", package=name, style="zh/style.css")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for at, data in files.items():
            packed.writestr(zipfile.ZipInfo(at, _THEN), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _folder(locale: str, package: str) -> dict[str, bytes]:
    rows, minutes_steps = _rows(), tour()
    guide = [
        (text, as_html(text.body, lambda code: f"#{code}"))
        for text in help_texts.texts(locale).values()
    ]
    common = {"district": current_tenant(), "now": clock.now(), "package": package,
              "printed": can_print()}  # fmt: skip
    common["style"] = "style.css"
    return {
        "tour.html": _page("tour", steps=minutes_steps[1], minutes=minutes_steps[0], **common),
        "figures.html": _page("figures", rows=rows, **common),
        "figures.csv": _csv(rows),
        "guide.html": _page("guide", guide=guide, **common),
        "style.css": render_template("takehome/style.css").encode(),
        "plan.webp": (_STATIC / _PICTURES[locale]).read_bytes(),
    } | ({"guide.pdf": _guide(locale)} if can_print() else {})


@cache
def _guide(locale: str) -> bytes:
    """Every help text as sheets of A4 with a table of contents; set once a process, since the texts
    come with the product.
    """
    parts = [
        {"title": one.title, "summary": one.summary, "blocks": blocks(one.body)}
        for one in help_texts.texts(locale).values()
    ]
    words = {"title": _("Guide for everybody"), "contents": _("Contents"),
             "about": _("every help text, to read and to print.")}  # fmt: skip
    return typeset(Path(__file__).with_name("guide.typ"), {"words": words, "parts": parts,
                   "lang": locale[:2]})  # fmt: skip


def _page(name: str, **values: Any) -> bytes:
    """A page that stands alone: its style is in it, and it asks for nothing outside its folder."""
    return render_template(f"takehome/{name}.html", languages=LOCALES, **values).encode()


def _rows() -> list[Row]:
    root, claims = territory.root(), figures.claims_in_use().values()
    units = territory.units_by_id({claim.unit_id for claim in claims})
    return public_rows(root, units, ANONYMOUS) if root else []


def _csv(rows: list[Row]) -> bytes:
    """For a spreadsheet: code, name, definition, unit, counted and stated with its source."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("code", "name", "definition", "unit", "about", "counted", "stated", "source"))
    for row in rows:
        stated = (row.stated.figure.plain, row.stated.source) if row.stated else ("", "")
        writer.writerow(
            (row.code, row.name, row.definition, row.unit, row.about, row.counted.plain, *stated)
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()
