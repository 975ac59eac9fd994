"""What figures were narrowed down to, in words, and what else they can be narrowed down to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from saas.demands import queries, rules, words
from saas.demands.queries.figures import Cut
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, say
from saas.territory import queries as territory
from saas.territory.queries import Unit

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of each filter, code and name."""

    level: Options
    kind: Options
    category: Options
    channel: Options


def choices_of(cut: Cut) -> Choices:
    """What can be chosen; categories are indented beneath their groups."""
    return Choices(
        level=[(one.code, say(one.name)) for one in territory.ladder(queries.LADDER)],
        kind=[(one.code, say(one.name)) for one in queries.kinds()],
        category=[
            (one.code, ("– " if one.parent else "") + say(one.name)) for one in queries.categories()
        ],
        channel=[(code, str(words.CHANNEL[code])) for code in rules.CHANNELS],
    )


def facts_of(cut: Cut) -> list[tuple[str, str]]:
    """The filters in words, for the head of a page or of a workbook; unset ones are left out."""
    choices = choices_of(cut)
    place = name_of_unit(cut.unit) if cut.unit else ""
    facts = [
        (_("Months"), span_of(cut)),
        (_("Place"), _("%(unit)s itself", unit=place) if place and cut.own else place),
        (_("Level"), dict(choices.level).get(cut.level, "")),
        (_("Kind"), dict(choices.kind).get(cut.kind, "")),
        (_("Category"), dict(choices.category).get(cut.category, "").removeprefix("– ")),
        (_("Channel"), dict(choices.channel).get(cut.channel, "")),
        (_("Level of the ladder"), dict(choices.level).get(cut.peak, "")),
    ]
    return [(name, value) for name, value in facts if value]


def span_of(cut: Cut) -> str:
    """January 2020 – December 2020, in the reader's language."""
    first, last = (
        str(format_skeleton("yMMM", month, locale=locale_code())) for month in (cut.start, cut.end)
    )
    return first if first == last else f"{first} – {last}"


def year_name(year: int) -> str:
    """A year in the reader's language."""
    return str(format_skeleton("y", date(year, 1, 1), locale=locale_code()))


def name_of_unit(unit: Unit) -> str:
    """A unit in the reader's language."""
    return say(unit.name)
