"""What statements say of themselves."""

from __future__ import annotations

from saas.funds.permissions import MANAGE
from saas.kernel.domain import Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.statements import api, lists, pages, queries
from saas.statements.books import SEALED
from saas.statements.cards import CARDS
from saas.statements.finders import STATEMENTS

DOMAIN = Domain(
    name="statements",
    books=SEALED,
    cards=CARDS,
    pages=(pages.pages,),
    api=(api.routes,),
    finders=(STATEMENTS,),
    lists=(lists.STATEMENTS,),
    nav=(Nav(_l("Statements"), "statements.months", "audit", MANAGE, 31, "society"),),
    audit={
        "statements.read": _l("Statement of the host read"),
        "statements.match": _l("Lines of a statement explained"),
        "statements.import_gift": _l("Line of a statement taken in as a gift"),
        "statements.take_back": _l("Explanation of a line taken back"),
        "statements.wait": _l("Said to be on its way to the bank"),
        "statements.close": _l("Month of the host's statement closed"),
    },
    things={
        "statement": Thing(_l("Statement of the host"),
                           linked(queries.names, "statements.month", MANAGE),
                           ("statements.months", MANAGE)),
    },
)  # fmt: skip
