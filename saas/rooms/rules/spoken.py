"""Opening hours as people write them, in Chinese or English, and written back the same way.

``hours_from_words("周一至周五 9:00-12:00, 13:30-17:30; 周六 9-12")`` gives rows of {days, opens,
closes}; ``hours_in_words(rows, "zh")`` gives the words. Reading what was written gives the same
week again. No calendar and no locale is asked: the grammar below is all that is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from saas.kernel.hours import read_time
from saas.rooms.rules.hours import faults_of_hours, runs, week

_ZH: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: Word → days. The longest is tried first.
_GROUPS: Final[Mapping[str, tuple[int, ...]]] = {
    "每天": (1, 2, 3, 4, 5, 6, 7),
    "每日": (1, 2, 3, 4, 5, 6, 7),
    "天天": (1, 2, 3, 4, 5, 6, 7),
    "工作日": (1, 2, 3, 4, 5),
    "周末": (6, 7),
    "every day": (1, 2, 3, 4, 5, 6, 7),
    "everyday": (1, 2, 3, 4, 5, 6, 7),
    "daily": (1, 2, 3, 4, 5, 6, 7),
    "weekdays": (1, 2, 3, 4, 5),
    "weekend": (6, 7),
    "weekends": (6, 7),
}
_NAMES: Final = (
    ("monday", "mon"),
    ("tuesday", "tues", "tue"),
    ("wednesday", "wed"),
    ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
_NUMERALS: Final = "一二三四五六日"
_DAYS: Final[Mapping[str, int]] = {
    **{name: day for day, names in enumerate(_NAMES, start=1) for name in names},
    **{f"{week}{n}": d for week in ("周", "星期", "礼拜") for d, n in enumerate(_NUMERALS, 1)},
    **{f"{week}天": 7 for week in ("周", "星期", "礼拜")},
}
_WORDS: Final = "|".join(sorted((*_DAYS, *_GROUPS), key=len, reverse=True))
_DASH: Final = r"(?:-|–|—|~|至|到|to\b|through\b)"
_JOIN: Final = r"(?:,|、|和|及|and\b|&|\s)"
#: A further day may leave its "week" word out, as in 周一至五 or 周一、三.
_DAY: Final = rf"(?:(?:{_WORDS})|[{_NUMERALS}天](?![0-9]))"
_DAY_RUN: Final = rf"{_DAY}(?:\s*{_DASH}\s*{_DAY})?"
_CLAUSE: Final = re.compile(rf"\s*({_DAY_RUN}(?:\s*{_JOIN}*\s*{_DAY_RUN})*)\s*:?\s*(.*)", re.DOTALL)
#: Words for a part of the day, the hours that are said in it by twelve and which ones they mean.
#: What is not among them has two readings (晚上12点 ends this day, 晚上2点 lies in the next one).
_SAID: Final[Sequence[tuple[str, Mapping[int, int]]]] = (
    ("凌晨", {12: 0, **{hour: hour for hour in range(7)}}),
    ("上午 早上 早晨 清晨 早", {hour: hour for hour in range(13)}),
    ("中午", {**{hour: hour for hour in range(10, 16)}, 1: 13, 2: 14, 3: 15}),
    ("下午", {12: 12, **{hour: hour + 12 for hour in range(1, 12)}}),
    ("傍晚", {hour: hour + 12 for hour in range(4, 9)}),
    ("晚上 夜里 夜间 晚", {hour: hour + 12 for hour in range(5, 12)}),
)
_PARTS: Final = {part: hours for parts, hours in _SAID for part in parts.split()}
_PART: Final = rf"(?:({'|'.join(sorted(_PARTS, key=len, reverse=True))})\s*)?"
_TIME: Final = rf"{_PART}([0-9]{{1,2}})(?:[:.点时]([0-9]{{2}}|半)?分?)?"
_SPAN: Final = re.compile(rf"{_TIME}\s*{_DASH}\s*{_TIME}")
_CLOSED: Final = frozenset({"", "-", "closed", "不开放", "休息", "无"})

Row = dict[str, Any]


def hours_from_words(text: str) -> tuple[list[Row], str | None]:
    """Rows of opening hours, and the part of ``text`` that could not be understood (else None).

    The second is the clause as it was typed, or the key of a fault as `faults_of_hours` has them.
    """
    rows: list[Row] = []
    plain = _plain(text)
    if plain.casefold() in _CLOSED:
        return [], None
    for clause in filter(None, (part.strip(" ,") for part in re.split(r"[;\n]", plain))):
        found = _clause(clause)
        if found is None:
            return [], clause
        rows += found
    faults = faults_of_hours(rows)
    return ([], faults[0]) if faults else (rows, None)


def hours_in_words(hours: Sequence[Mapping[str, Any]], language: str) -> str:
    """Opening hours as one line, ``zh`` or ``en``; days with the same hours stand together."""
    return "; ".join(
        f"{_days_in_words(days, language)} {', '.join(f'{a}-{b}' for a, b in spans)}"
        for days, spans in week(hours)
    )


def _days_in_words(days: Sequence[int], language: str) -> str:
    names, to, comma = (_EN, "-", ", ") if language == "en" else (_ZH, "至", "、")
    if len(days) == 7:
        return "Every day" if language == "en" else "每天"
    return comma.join(
        names[first - 1] if first == last else f"{names[first - 1]}{to}{names[last - 1]}"
        for first, last in runs(days)
    )


def _plain(text: str) -> str:
    """Full-width signs and digits as plain ones, and one blank where there are several."""
    plain = unicodedata.normalize("NFKC", text).replace("。", "").replace("−", "-")
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def _clause(clause: str) -> list[Row] | None:
    matched = _CLAUSE.fullmatch(clause.casefold())
    if matched is None:
        return None
    days, spans = _days(matched[1]), _spans(matched[2])
    if not days or not spans:
        return None
    return [{"days": days, "opens": opens, "closes": closes} for opens, closes in spans]


def _days(text: str) -> list[int]:
    """The days that are named, in order; none where a run leads backwards, or from or to days of
    which nobody knows where they begin or end.
    """
    found: set[int] = set()
    for first, last in re.findall(rf"({_DAY})(?:\s*{_DASH}\s*({_DAY}))?", text):
        if first in _GROUPS and not last:
            found |= set(_GROUPS[first])
            continue
        begins, ends = _day(first), _end(last or first)
        if not begins <= ends:
            return []
        found |= set(range(begins, ends + 1))
    return sorted(found)


def _day(word: str) -> int:
    """The day that a word names; past the week for a word that names several."""
    return 8 if word in _GROUPS else _DAYS.get(word) or _DAYS[f"周{word}"]


def _end(word: str) -> int:
    """The last day of a run: the weekend has one, other groups do not."""
    return (7 if _GROUPS[word] == (6, 7) else 0) if word in _GROUPS else _day(word)


def _spans(text: str) -> list[tuple[str, str]]:
    """The spans of time that are named; none where anything else stands between them."""
    between = re.sub(r"[,、和及\s]|and\b|&", "", _SPAN.sub("", text))
    if between:
        return []
    found = [
        (_time(part, h, m), _time(part_too or part, hh, mm))
        for part, h, m, part_too, hh, mm in _SPAN.findall(text)
    ]
    return [] if any(not a or not b for a, b in found) else found


def _time(part: str, hour: str, minute: str) -> str:
    """The time that is meant; empty where it is none, or has two readings."""
    hours = _PARTS.get(part)
    said = int(hour)
    if hours is not None and said not in hours and said not in hours.values():
        return ""
    meant = said if hours is None else hours.get(said, said)
    written = f"{meant:02d}:{'30' if minute == '半' else minute or '00'}"
    return written if read_time(written) else ""
