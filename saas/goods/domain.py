"""What goods say of themselves."""

from __future__ import annotations

from saas.funds.permissions import RECEIVE
from saas.goods import api, lists, pages, queries
from saas.goods.books import SEALED
from saas.goods.cards import CARDS
from saas.goods.finders import GOODS
from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="goods",
    books=SEALED,
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(GOODS,),
    lists=(lists.GOODS,),
    nav=(Nav(_l("Goods"), "goods.every", "package", RECEIVE, 30, "society"),),
    audit={
        "goods.receive": _l("Gift of goods received"),
        "goods.give_out": _l("Goods given out"),
        "goods.ask_off": _l("Asked to write goods off"),
        "goods.write_off": _l("Goods written off by a second person"),
        "goods.keep": _l("Goods not written off"),
        "goods.count": _l("Goods counted"),
        "goods.void": _l("Gift of goods declared void"),
    },
    things={
        "goods": Thing(_l("Gift of goods"), linked(queries.names, "goods.record", RECEIVE),
                       ("goods.every", RECEIVE)),
    },
)  # fmt: skip
