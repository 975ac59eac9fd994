"""Numbers as the reader's language writes them, and the checks that every value passes."""

from __future__ import annotations

import math
from decimal import Decimal

from babel.numbers import format_decimal, format_percent

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code

Value = int | float | Decimal

_TENTHS_OF_PERCENT = 1000


def size(value: Value | None) -> float | None:
    """A value as a length can use it. Raises ValueError where it is negative or not finite."""
    if value is None:
        return None
    length = float(value)
    if not math.isfinite(length) or length < 0:
        raise ValueError(f"a chart shows numbers from 0 on, not {value}")
    return length


def share(part: Value | None, whole: Value | None) -> float | None:
    """Part of whole, 1.0 for all of it; None where one is unknown or the whole is 0."""
    above, below = size(part), size(whole)
    return above / below if above is not None and below else None


def no_data() -> str:
    """What stands where a number would stand."""
    return _("no data")


def number(value: Value | None, unit: str = "") -> str:
    """1,234.5 with its unit; at most two decimals."""
    if value is None:
        return no_data()
    return f"{format_decimal(value, '#,##0.##', locale=locale_code())} {unit}".rstrip()


def percent(value: Value | None) -> str:
    """0.914 as 91.4%. What is not all never reads 100%, and what is not nothing never 0%."""
    if value is None:
        return no_data()
    tenths = round(value * _TENTHS_OF_PERCENT)
    if tenths == _TENTHS_OF_PERCENT and value < 1:
        tenths -= 1
    if tenths == 0 and value > 0:
        tenths += 1
    exact = Decimal(tenths) / _TENTHS_OF_PERCENT
    return format_percent(exact, "#,##0.#%", locale=locale_code())


def axis_percent(value: Decimal) -> str:
    """A tick of an axis of rates."""
    return format_percent(value, "#,##0.##########%", locale=locale_code())
