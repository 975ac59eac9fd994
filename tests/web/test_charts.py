"""Charts hold for any numbers: nothing leaves its frame, unknown is never drawn as nothing."""

from __future__ import annotations

import itertools
import math
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.context import entering
from saas.kernel.i18n import speaking
from saas.web import charts
from saas.web.charts import FunnelLevel, Plot, Point, Rate, Value
from saas.web.charts.axis import MOST, axis
from saas.web.charts.numbers import axis_percent
from saas.web.charts.plot import Drawing
from saas.web.pictures.lines import Line, width_of

COUNTS = st.integers(0, 10**9)
KNOWN = COUNTS | st.integers(0, 10**12).map(lambda n: n / 1000) | st.decimals(0, 10**9, places=2)
VALUES = st.none() | KNOWN
WORDS = st.text(min_size=1, max_size=30)


# Axes and numbers ----------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1e15) | COUNTS, max_size=40))
def test_an_axis_covers_its_data_from_zero_in_at_most_six_nice_ticks(values: list[float]) -> None:
    found = axis(values)
    steps = {b - a for a, b in itertools.pairwise(found.ticks)}
    assert found.ticks[0] == 0
    assert found.top >= max((Decimal(str(v)) for v in values), default=Decimal(0))
    assert 2 <= len(found.ticks) <= MOST
    assert len(steps) == 1
    step = steps.pop()
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}


@given(st.lists(KNOWN, min_size=1, max_size=20))
def test_an_axis_says_every_tick_differently(values: list[Value]) -> None:
    found = axis([float(value) for value in values])
    said = [axis_percent(tick) for tick in found.ticks]
    assert len(set(said)) == len(said)


def test_numbers_are_written_as_the_reader_writes_them(app: Flask) -> None:
    with app.app_context(), speaking("en"):
        assert charts.number(1234567) == "1,234,567"
        assert charts.number(18.254, "hours") == "18.25 hours"
        assert charts.number(None, "hours") == "no data"
        assert charts.percent(charts.share(577, 631)) == "91.4%"
        assert charts.percent(charts.share(577, 600)) == "96.2%"
        assert axis_percent(Decimal("0.025")) == "2.5%"
    with app.app_context(), speaking("zh_Hans_CN"):
        assert charts.number(None) == "无数据"


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_reads_all_or_none_only_where_it_is(part: int, whole: int) -> None:
    part = min(part, whole)
    said = charts.percent(charts.share(part, whole))
    assert (said == "100%") == (part == whole)
    assert (said == "0%") == (part == 0)


def test_a_rate_of_nothing_is_unknown_and_not_zero() -> None:
    assert charts.share(0, 0) is None
    assert charts.share(None, 5) is None
    assert charts.share(0, 5) == 0


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, Decimal("-0.01")])
def test_what_no_chart_can_show_is_refused_and_zero_is_not(bad: Value) -> None:
    for draw in (
        lambda v: charts.bars([Point("a", (v,))], "t"),
        lambda v: charts.columns([Point("a", (v,))], "t"),
        lambda v: charts.line([Point("a", (v,))], "t"),
        lambda v: charts.funnel([FunnelLevel("a", v, 0, 0)], "t"),
        lambda v: charts.tile("a", v),
    ):
        draw(0)
        with pytest.raises(ValueError):
            draw(bad)


# Lines -------------------------------------------------------------------------------------


def drawings(picture: Plot) -> tuple[Drawing, Drawing]:
    """Both sizes."""
    return picture.wide, picture.narrow


def half(drawing: Drawing, line: Line) -> float:
    """Half the width of a text around its middle."""
    return width_of(line.text) * drawing.font / 2


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    """A line with any number of points and series."""
    count = draw(st.integers(1, 3))
    points = [
        Point(label, values, short=short, group=group)
        for label, values, short, group in draw(
            st.lists(
                st.tuples(WORDS, st.tuples(*[VALUES] * count), WORDS, st.sampled_from("abc")),
                max_size=40,
            )
        )
    ]
    names = [f"s{i}" for i in range(count)]
    return charts.line(points, "t", names)


@given(plots())
def test_nothing_of_a_plot_leaves_its_frame(picture: Plot) -> None:
    for drawing in drawings(picture):
        for mark in drawing.marks:
            for box in (mark.box, mark.hit):
                numbers = (box.x, box.y, box.width, box.height)
                assert all(math.isfinite(number) for number in numbers)
                assert box.x >= -0.1
                assert box.y >= 0
                assert box.width >= 0
                assert box.height >= 0
                assert box.x + box.width <= drawing.width + 0.2
                assert box.y + box.height <= drawing.height
        said = [*drawing.labels, *drawing.rows, *(mark.tip for mark in drawing.marks)]
        said += [mark.value for mark in drawing.marks if mark.value]
        for line in said:
            assert line.x - half(drawing, line) >= -0.1
            assert line.x + half(drawing, line) <= drawing.width + 0.1
            assert drawing.font * 0.8 <= line.y <= drawing.height
        for _y, line in drawing.ticks:
            assert line.x - 2 * half(drawing, line) >= 0
        assert "nan" not in str(drawing.paths)


@given(plots())
def test_no_two_words_of_a_plot_stand_on_each_other(picture: Plot) -> None:
    for drawing in drawings(picture):
        for style in ("", "chart__group"):
            row = [line for line in drawing.labels if line.style == style]
            assert_apart(drawing, row)
        heights = sorted(line.y for _y, line in drawing.ticks)
        assert all(b - a >= drawing.font for a, b in itertools.pairwise(heights))
        for _y, row_of in itertools.groupby(drawing.rows, key=lambda line: line.y):
            assert_apart(drawing, list(row_of))


def assert_apart(drawing: Drawing, row: list[Line]) -> None:
    """Texts of one row do not touch."""
    for one, other in itertools.pairwise(row):
        assert one.x + half(drawing, one) <= other.x - half(drawing, other) + 0.2


@given(plots())
def test_every_point_is_in_the_table_and_unknown_is_not_drawn_as_nothing(picture: Plot) -> None:
    cells = [cell for row in picture.table.rows for cell in row.cells]
    for drawing in drawings(picture):
        assert len(drawing.marks) == len(cells)
        unknown = sum(mark.kind == "none" for mark in drawing.marks)
        assert unknown == sum(cell.text == "无数据" for cell in cells)
    assert bool(picture.empty) == all(cell.text == "无数据" for cell in cells)


def year(values: list[Value | None]) -> list[Point]:
    """Months from June 2025 on."""
    starts = [date(2025 + (i + 5) // 12, (i + 5) % 12 + 1, 1) for i in range(len(values))]
    return [Point.month(start, (value,)) for start, value in zip(starts, values, strict=True)]


def test_months_are_named_short_on_the_axis_and_in_full_elsewhere(app: Flask) -> None:
    point = Point.month(date(2026, 3, 1), (5,))
    assert (point.label, point.short, point.group) == ("2026年3月", "3月", "2026年")
    with app.app_context(), speaking("en"):
        point = Point.month(date(2026, 3, 1), (5,))
    assert (point.label, point.short, point.group) == ("Mar 2026", "Mar", "2026")


def test_a_line_breaks_where_there_is_no_data() -> None:
    picture = charts.line(year([0.8, 0.9, None, 0.7, None, 0.6, 0.5]), "t")
    ((series, path),) = picture.wide.paths
    assert series == 1
    assert path.count("M") == 2, "the lonely one is a dot without a line"
    kinds = [mark.kind for mark in picture.wide.marks]
    assert kinds == ["dot", "dot", "none", "dot", "none", "dot", "dot"]
    assert [line.text for _y, line in picture.wide.ticks][-1] == "100%"


def test_points_and_series_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError):
        charts.columns([Point("a", (1, 2))], "t", series=["one"])
    with pytest.raises(ValueError):
        charts.columns([Point("a", (1, 2, 3, 4))], "t", series=[*"abcd"])


# Bars and columns ----------------------------------------------------------------------------


@given(st.lists(st.tuples(WORDS, VALUES, VALUES), min_size=1, max_size=40), st.booleans())
def test_bars_share_one_scale_and_unknown_is_never_drawn_as_nothing(
    rows: list[tuple[str, Value | None, Value | None]], standing: bool
) -> None:
    points = [Point(name, (one, other)) for name, one, other in rows]
    picture = charts.bars(points, "t", "件", ("收到", "办结"), standing=standing)
    assert [row.label for row in picture.rows] == [name for name, _one, _other in rows]
    lengths = []
    for row, point in zip(picture.rows, points, strict=True):
        for mark, value in zip(row.marks, point.values, strict=True):
            assert (mark.length is None) == (value is None) == (mark.said == "无数据")
            assert mark.length is None or 0 <= mark.length <= 100
            assert value is None or (mark.length == 0) == (value == 0)
            lengths.append(mark.length)
    assert picture.missing == (None in lengths)
    assert bool(picture.empty) == all(length is None for length in lengths)
    known = [length for length in lengths if length]
    assert not known or max(known) == 100


def test_columns_say_every_value_short_below_and_in_full_where_they_lie() -> None:
    picture = charts.columns(year([30, 0, None, *range(21)]), "t", "件", ["收到"])
    assert picture.standing
    assert picture.dense
    assert not charts.columns(year([1] * 12), "t").dense
    first, *_, last = picture.rows
    assert (first.label, first.short, first.group) == ("2025年6月", "6月", "2025年")
    assert [row.group for row in picture.rows if row.group] == ["2025年", "2026年", "2027年"]
    assert last.marks[0].said == "20"
    assert [row.marks[0].length for row in picture.rows[:3]] == [100, 0, None]


# Funnel --------------------------------------------------------------------------------------


@given(st.lists(st.tuples(WORDS, VALUES, VALUES, VALUES), min_size=1, max_size=12))
def test_a_funnel_of_any_height_stays_in_its_frame_and_rises(
    levels: list[tuple[str, Value | None, Value | None, Value | None]],
) -> None:
    picture = charts.funnel([FunnelLevel(*level) for level in levels], "t")
    tread = picture.width / len(levels)
    heights = [step.y for step in picture.steps]
    assert heights == sorted(heights, reverse=True)
    assert len(picture.steps) == len(levels) == len(picture.table.rows)
    for step in picture.steps:
        assert step.count.y >= 15
        assert step.top <= step.y
        space = width_of(step.count.text) * 15 * 1.25 / 2
        assert step.x - 0.1 <= step.count.x - space
        assert step.count.x + space <= step.x + tread + 0.1
        lines = [*step.title, *(line for part in step.parts for line in part.lines)]
        assert all(b.y - a.y >= 15 for a, b in itertools.pairwise(lines))
        assert all(step.y < line.y < picture.height for line in lines)
        for part in step.parts:
            assert part.y >= step.top - 1
            assert part.start + part.length <= 100.1


def test_a_funnel_shows_who_ended_who_went_on_and_who_is_still_there() -> None:
    levels = [
        FunnelLevel("院落", 631, 372, 250, "/l", "/e", "/w", "/o"),
        FunnelLevel("小区", 250, 250, 0),
        FunnelLevel("社区", None, None, None),
        FunnelLevel("街道", 0, 0, 0),
    ]
    picture = charts.funnel(levels, "t")
    first, second, unknown, empty = picture.steps
    assert [(p.kind, p.said, p.url) for p in first.parts] == [
        ("ended", "在此了结 372", "/e"),
        ("open", "仍在此级 9", "/o"),
        ("went_on", "继续上报 250", "/w"),
    ]
    assert [part.kind for part in second.parts] == ["ended"]
    assert unknown.length is None
    assert unknown.said == "无数据"
    assert (empty.length, empty.said) == (0, "0")
    assert len(picture.arrows) == 1, "nobody goes on from where nobody went on"


# Rates, stars, tiles -------------------------------------------------------------------------


def pair(part: Value | None, all_: Value | None, reasonable: Value | None) -> charts.RatePair:
    """Resolved of received and of reasonable."""
    return charts.rate_pair(
        Rate("全部诉求", part, all_, "办结", "收到", "/r", "/a"),
        Rate("合理诉求", part, reasonable, "办结", "合理", "/r", "/g"),
        "办结率",
        "件",
    )


def test_a_rate_always_comes_with_both_denominators() -> None:
    first, second = pair(577, 631, 600).rates
    assert (first.mark.said, second.mark.said) == ("91.4%", "96.2%")
    assert (first.part, first.whole) == ("办结 577 件", "收到 631 件")
    first, second = pair(0, 5, 0).rates
    assert (first.mark.said, first.mark.length) == ("0%", 0)
    assert (second.mark.said, second.mark.length) == ("—", None)


@given(VALUES, VALUES, VALUES)
def test_the_bars_of_rates_stay_inside(
    part: Value | None, all_: Value | None, reasonable: Value | None
) -> None:
    for rate in pair(part, all_, reasonable).rates:
        assert rate.mark.length is None or 0 <= rate.mark.length <= 100


def test_stars_tell_mean_count_and_distribution_best_first() -> None:
    picture = charts.stars([3, 5, 21, 140, 300], "t", [*"abcde"])
    assert picture.mean == "4.6"
    assert picture.row == ("full", "full", "full", "full", "half")
    best = [(row.label, row.marks[0].said, row.marks[0].url) for row in picture.rows][:2]
    assert best == [("5 星", "300", "e"), ("4 星", "140", "d")]
    assert picture.rows[0].marks[0].length == 100
    empty = charts.stars([0] * 5, "t")
    assert (empty.mean, empty.count) == ("", 0)
    for bad in ([1, 2], [0, 0, 0, 0, -1]):
        with pytest.raises(ValueError):
            charts.stars(bad, "t")


def test_a_tile_without_data_says_so_and_has_no_unit() -> None:
    assert charts.tile("中位数", 18.25, "小时").said == "18.25"
    unknown = charts.tile("中位数", None, "小时")
    assert (unknown.said, unknown.unit, unknown.known) == ("无数据", "", False)
    assert charts.tile("办结率", charts.share(577, 631), rate=True).said == "91.4%"


# As pages show them --------------------------------------------------------------------------

PAGE = """{% import "macros/charts.html" as charts %}
{{ charts.tiles(p.tiles) }}{{ charts.rate_pair(p.pair) }}{{ charts.stars(p.stars) }}
{{ charts.bars(p.bars, definition="怎样计算") }}{{ charts.bars(p.columns) }}
{{ charts.line(p.line, table=True) }}{{ charts.funnel(p.funnel) }}{{ charts.bars(p.empty) }}"""


class Html(HTMLParser):
    """Tags with their attributes, and whether all were closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it, it needs no end."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """It ends what began last."""
        assert self.open.pop() == tag


def page(app: Flask, url: str) -> str:
    """Every chart once, with links to ``url`` or without."""
    month = [Point("3月", (5,), (url,)), Point("4月", (None,), (url,))]
    rated = [Point("3月", (0.5,), (url,)), Point("4月", (0.75,), (url,))]
    pictures = {
        "tiles": [charts.tile("<b>", 5, "件", url, "x", "怎样")],
        "pair": charts.rate_pair(
            Rate("a", 1, 2, "b", "c", url, url), Rate("d", 1, 0, "e", "f", url, url), "t"
        ),
        "stars": charts.stars([1] * 5, "t", [url] * 5),
        "bars": charts.bars([Point("<b>", (5,), (url,)), Point("x", (None,))], "t", "件"),
        "columns": charts.columns(month, "t", "件", ["a"]),
        "line": charts.line(rated, "t"),
        "funnel": charts.funnel([FunnelLevel("<b>", 5, 2, 2, url, url, url, url)], "t"),
        "empty": charts.columns([], "t"),
    }
    with app.test_request_context("/"), entering(app.extensions["saas"].hub):
        return render_template_string(PAGE, p=pictures)


def test_every_mark_of_a_chart_opens_its_records_and_has_a_name(app: Flask) -> None:
    html = page(app, "/records")
    links = [attrs for tag, attrs in Html(html).tags if tag == "a"]
    assert {attrs["href"] for attrs in links} == {"/records"}
    marks = [attrs for attrs in links if attrs.get("class") == "chart__mark"]
    assert len(marks) == 2 * 2 + 4, "a line of two points at two sizes, and the funnel"
    bars = [attrs for attrs in links if attrs.get("class") == "bars__link"]
    assert len(bars) == 1 + 2 + 5, "bars, columns, stars"
    assert all(attrs["aria-label"] for attrs in (*marks, *bars))


def test_a_chart_is_whole_without_links_and_keeps_the_policy(app: Flask) -> None:
    found = Html(page(app, ""))
    assert found.open == []
    assert not [tag for tag, _attrs in found.tags if tag in ("a", "script", "style", "b")]
    assert not [attrs for _tag, attrs in found.tags if "style" in attrs or "id" in attrs]
    drawn = [a for tag, a in found.tags if tag == "svg" and "chart__drawing" in (a["class"] or "")]
    assert len(drawn) == 3, "the line twice and the funnel; all else is a table"
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in drawn)


def test_every_chart_has_a_caption_and_its_numbers_as_a_table(app: Flask) -> None:
    html = page(app, "")
    assert html.count("<figure") == html.count("<figcaption") == 7
    assert html.count("<table") == 2 + 4, "two beside drawings, four that are the picture"
    assert html.count("chart__table") == 2
    assert len(re.findall(r'<details class="chart__numbers" open>', html)) == 1
    assert "这段时间还没有数据。" in html


def test_series_differ_by_more_than_their_colour(app: Flask) -> None:
    page = "{% import 'macros/charts.html' as charts %}{{ charts.bars(p) }}"
    three = charts.bars([Point("a", (1, 2, None))], "t", series=[*"abc"])
    with app.test_request_context("/"), entering(app.extensions["saas"].hub):
        html = render_template_string(page, p=three)
    assert re.findall(r'class="bar (bar--[^" ]+)', html) == ["bar--1", "bar--2", "bar--none"]
    assert html.count("chart__swatch") == 4, "one a series, and what stands for no data"
