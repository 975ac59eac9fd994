"""Languages: English msgids, complete zh_Hans_CN, and labels that districts write themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import flask_babel
from babel.dates import format_date, format_datetime
from flask import has_request_context
from flask import session as web_session
from flask_babel import Babel, force_locale, get_locale, lazy_gettext

__all__ = ["force_locale", "gettext", "lazy_gettext", "locale_code", "ngettext", "say"]

DEFAULT_LOCALE = "zh_Hans_CN"
LOCALES = {"zh_Hans_CN": "中文", "en": "English"}
_LABEL_KEY = {"zh_Hans_CN": "zh", "en": "en"}
babel = Babel()


def gettext(text: str, **values: object) -> str:
    """``text`` in the reader's language with ``values`` filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """``one`` or ``many``, by ``num``, in the reader's language."""
    return str(flask_babel.ngettext(one, many, num, **values))


def locale_code() -> str:
    """The reader's locale, one of `LOCALES`."""
    locale = get_locale() if has_request_context() else None
    code = str(locale) if locale else DEFAULT_LOCALE
    return code if code in LOCALES else DEFAULT_LOCALE


def say(label: Mapping[str, str] | None, locale: str | None = None) -> str:
    """A label in the reader's language; in the other one where a district gave only that."""
    if not label:
        return ""
    return label.get(_LABEL_KEY[locale or locale_code()]) or next(iter(label.values()), "")


def pick_locale() -> str:
    """The language asked for in this session, else Chinese."""
    chosen = web_session.get("locale") if has_request_context() else None
    return chosen if chosen in LOCALES else DEFAULT_LOCALE


def short_date(moment: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """2026-11-22, for tables."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d") if moment else ""


def short_datetime(moment: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """2026-11-22 09:30, for tables."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if moment else ""


def long_date(moment: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """2026年11月22日 周日, for residents; in English with weekday and month in words."""
    if not moment:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    pattern = "y年M月d日 EEE" if locale_code() == "zh_Hans_CN" else "EEE, d MMM y"
    return format_date(local, pattern, locale=locale_code())


def long_datetime(moment: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """The long date with the time of day."""
    if not moment:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{long_date(moment, zone)} {format_datetime(local, 'HH:mm', locale=locale_code())}"


def init_app(app: Any) -> None:
    """Bind Babel to the app with our catalogues and our way to pick the language."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LOCALE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    babel.init_app(app, locale_selector=pick_locale)
