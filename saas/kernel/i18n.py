"""Languages: English msgids, complete zh_Hans_CN, and labels that districts write themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.support import Translations
from flask import g, has_request_context
from flask import session as web_session
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

DEFAULT_LOCALE = "zh_Hans_CN"
LOCALES = {"zh_Hans_CN": "中文", "en": "English"}
_LABEL_KEY = {"zh_Hans_CN": "zh", "en": "en"}
_CATALOGUES = Path(__file__).resolve().parents[1] / "translations"
babel = Babel()


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with its catalogue."""

    code: str
    catalogue: NullTranslations


def _tongue() -> Tongue:
    """The reader's language, worked out once a request: a page asks for hundreds of words."""
    try:
        # The thing itself: going through its proxy would cost more than all that is done here.
        here: Any = g._get_current_object()
    except RuntimeError:  # outside the app, where nobody has picked a language
        return _load(DEFAULT_LOCALE)
    found: Tongue | None = here.get("saas_tongue")
    if found is None:
        found = here.saas_tongue = _load(_picked())
    return found


def _picked() -> str:
    chosen = web_session.get("locale") if has_request_context() else None
    return chosen if chosen in LOCALES else DEFAULT_LOCALE


@lru_cache(maxsize=8)
def _load(code: str) -> Tongue:
    return Tongue(code, Translations.load(_CATALOGUES, [code]))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Inside, everything is said in this language, whoever reads."""
    before = g.get("saas_tongue")
    g.saas_tongue = _load(code)
    try:
        yield
    finally:
        g.saas_tongue = before


def gettext(text: str, **values: object) -> str:
    """``text`` in the reader's language with ``values`` filled in."""
    said = _tongue().catalogue.gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """``one`` or ``many``, by ``num``, in the reader's language."""
    said = _tongue().catalogue.ngettext(one, many, num)
    return said % {"num": num, **values}


def lazy_gettext(text: str, **values: object) -> LazyString:
    """``text`` in the language of whoever reads it in the end."""
    return LazyString(gettext, text, **values)


def locale_code() -> str:
    """The reader's locale, one of `LOCALES`."""
    return _tongue().code


def say(label: Mapping[str, str] | None, locale: str | None = None) -> str:
    """A label in the reader's language; in the other one where a district gave only that."""
    if not label:
        return ""
    return label.get(_LABEL_KEY[locale or locale_code()]) or next(iter(label.values()), "")


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
    return str(format_date(local, pattern, locale=locale_code()))


def long_datetime(moment: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """The long date with the time of day."""
    if not moment:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{long_date(moment, zone)} {format_datetime(local, 'HH:mm', locale=locale_code())}"


def init_app(app: Any) -> None:
    """Bind Babel to the app, with our own way to the catalogue in templates."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LOCALE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    babel.init_app(app, locale_selector=_picked)
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)
    # Jinja's own come to the catalogue by three calls each: too many for dozens of words a page.
    app.jinja_env.globals.update(_=_in_page, gettext=_in_page, ngettext=_in_page_plural)


@pass_eval_context
def _in_page(how: EvalContext, text: str, /, **values: object) -> str:
    """``text`` as a template says it: the words of the catalogue are safe, what fills them is not.

    As in Jinja's new style, a percent sign is always written twice.
    """
    if not values and how.autoescape:
        return _marked(_tongue().code, text)
    said = _tongue().catalogue.gettext(text)
    return _filled(said, values) if how.autoescape else said % values


@pass_eval_context
def _in_page_plural(how: EvalContext, one: str, many: str, num: int, /, **values: object) -> str:
    """``one`` or ``many`` in the same way; the number is filled in as ``num``."""
    said = _tongue().catalogue.ngettext(one, many, num)
    values.setdefault("num", num)
    return _filled(said, values) if how.autoescape else said % values


def _filled(said: str, values: Mapping[str, object]) -> Markup:
    return Markup(said) % values  # noqa: S704 - said is ours, and % escapes what is filled in


@lru_cache(maxsize=8192)
def _marked(code: str, text: str) -> Markup:
    """A sentence into which nothing is filled; msgids are ours, so this is no district's."""
    return _filled(_load(code).catalogue.gettext(text), {})
