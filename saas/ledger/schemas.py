"""An amount as a form sends it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from saas.kernel.i18n import lazy_gettext as _l
from saas.ledger.rules import yuan


class Yuan(fields.Field[Decimal | None]):
    """Yuan and fen above nothing; nothing is rounded. Where there may be none, nothing is typed."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal | None:
        if self.allow_none and not str(value).strip():
            return None
        found = yuan(str(value))
        if found is None:
            raise ValidationError(
                [_l("Write an amount above 0 in yuan, with at most two places: 12.50")]
            )
        return found

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else f"{value:.2f}"
