"""What of funds is sealed (`saas.seals`): the entries, gifts, their uses, postings, votes."""

from __future__ import annotations

from typing import Any, Final, cast

import sqlalchemy as sa

from saas.funds.models import Account, Disclosure, Entry, Gift, Posting, Resolution, Use, Vote
from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger import Books
from saas.seals.declared import Book

LEDGER: Final = Books(Account, Entry)


def _book(code: str, model: Any, words: object, *columns: str) -> Book:
    return Book(code, cast(sa.Table, model.__table__), ("id", *columns), words)


SEALED: Final = (
    _book("fund_entries", Entry, _l("Entries of the funds"), "key", "kind", "book", "account_id",
          "other_id", "number", "before_number", "before", "amount", "after", "opposite",
          "may_overdraw", "reverses", "reason", "on", "at", "actor_kind", "actor_id"),
    _book("fund_gifts", Gift, _l("Gifts"), "number", "before_number", "code", "submission",
          "unit_id", "amount", "purpose_id", "way", "shown_as", "shown", "campaign", "point",
          "fundraiser", "keeper_id", "received_on", "at", "sample"),
    _book("fund_gift_uses", Use, _l("What gifts were used for"), "gift_id", "gift_number",
          "gift_before_number", "gift_before", "gift_after", "gift_amount", "payout_id",
          "payout_number", "payout_before_number", "payout_before", "payout_after", "amount",
          "purpose_id", "free", "allowed_id", "needs", "on", "at", "back"),
    _book("fund_postings", Posting, _l("Payouts that were posted"), "payout_id", "amount",
          "resolution_id", "last_number", "covered", "asked_by", "checked_by", "sent_by",
          "reference", "on", "at"),
    _book("fund_votes", Vote, _l("Votes of the committee"), "payout_id", "member_id",
          "vote", "at", "item_id", "meeting_id", "earlier_id"),
    _book("fund_resolutions", Resolution, _l("Resolutions of the committee"), "number",
          "before_number", "payout_id", "on", "amount", "members", "yes", "no",
          "abstained", "recused", "at", "item_id", "earlier_id"),
    _book("fund_disclosures", Disclosure, _l("Sheets that were published"), "number",
          "before_number", "code", "first_day", "last_day", "content", "digest", "previous",
          "corrects_id", "reason", "at", "by_id"),
)  # fmt: skip
