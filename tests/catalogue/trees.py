"""A second user of the catalogue, as a domain would write it: a table, a list, its pages."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from saas.catalogue.pages import CataloguePages, listing, serve_acts, serve_form, serve_new
from saas.catalogue.rows import Catalogue
from saas.forms.fields import NUMBER, TICK, Field
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, Forbidden
from saas.web.pages import SIGNED_IN, Pages


class Tables(DeclarativeBase):
    """Apart from the tables of the house, which a test of theirs must not see."""


class Tree(Tables):
    """A kind of tree that can be planted."""

    __tablename__ = "test_trees"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[dict[str, str]] = mapped_column(JSONB)
    metres: Mapped[int | None]
    evergreen: Mapped[bool]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=sa.false())


def _ensure(actor: Actor) -> None:
    if actor.login != "admin":
        raise Forbidden


def _one_stays(row: Tree) -> None:
    if TREES.in_use() == [row]:
        raise Conflict


TREES = Catalogue(
    model=Tree, domain="tests", noun="tree", plural="trees", thing="tree", ensure=_ensure,
    may_retire=_one_stays,
)  # fmt: skip
SHAPE = (
    Field(name="name", label="Name", required=True),
    Field(name="metres", label="How high", kind=NUMBER, least=1, most=120, unit="m"),
    Field(name="evergreen", label="Green in winter", kind=TICK),
)
pages = Pages("trees", __name__, plane="tenant")
TREE_PAGES = CataloguePages(
    rows=TREES, needs=SIGNED_IN, address="/trees", shape=SHAPE, new="New tree",
    home=lambda row: url_for("trees.trees"),
)  # fmt: skip
serve_new(pages, TREE_PAGES)
serve_form(pages, TREE_PAGES)
serve_acts(pages, TREE_PAGES)


@pages.page("/trees", needs=SIGNED_IN)
def trees(actor: Actor) -> ResponseReturnValue:
    """Every tree."""
    columns = {"How high": lambda row: row.metres or ""}
    return listing(pages, TREE_PAGES, head="Tree", groups=[("", TREES.every())], columns=columns,
                   title="Trees", add_word="Add a tree")  # fmt: skip
