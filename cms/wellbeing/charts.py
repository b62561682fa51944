"""A young person's own moods as a drawing: every answer a dot, days without one left empty, nothing smoothed.

There is no average, no trend and no comparison: it shows what was answered and what was not, and says so in a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.formatting import clock_text, in_shanghai, short_day_text

from .models import MoodEntry
from .moods import Weather, word_labels

_WIDTH, _HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 16, 34
_LABELS_APART = 104
_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Dot:
    """One answer: the day it belongs to, its share of that day (0 to 1), and the weather."""

    day: date
    of_day: float
    weather: int


@dataclass(frozen=True, slots=True)
class MoodChart:
    """What a page shows: the drawing, the same in a sentence, and the rows of the table beside it."""

    drawing: SafeString
    sentence: str
    rows: list[tuple[str, str, str]]
    days_with: int
    days_without: int


def chart_of(moods: Sequence[MoodEntry], first: date, days: int) -> MoodChart:
    """Return the chart of some days from `first` on; `moods` are those days' answers, the oldest first."""
    dots = [_dot(mood) for mood in moods]
    with_answer = len({dot.day for dot in dots})
    return MoodChart(
        drawing=draw(dots, first, days),
        sentence=_sentence(days, with_answer),
        rows=[_row(mood) for mood in reversed(moods)],
        days_with=with_answer,
        days_without=days - with_answer,
    )


def _dot(mood: MoodEntry) -> Dot:
    local = in_shanghai(mood.felt_at)
    return Dot(local.date(), (local.hour * 60 + local.minute) / _MINUTES, int(mood.weather))


def _row(mood: MoodEntry) -> tuple[str, str, str]:
    weather = Weather(mood.weather)
    when = f"{short_day_text(mood.felt_at)} {clock_text(mood.felt_at)}"
    return when, f"{weather.label} · {weather.feels}", _("、").join(word_labels(mood.words))


def _sentence(days: int, with_answer: int) -> str:
    without = days - with_answer
    said = ngettext("这 %(days)d 天里，", "这 %(days)d 天里，", days) % {"days": days}
    said += ngettext("记了 %(count)d 天，", "记了 %(count)d 天，", with_answer) % {"count": with_answer}
    if not without:
        return said + _("一天都没有空着。")
    return said + ngettext(
        "%(count)d 天没有记。没记的日子空着，不替你猜。", "%(count)d 天没有记。没记的日子空着，不替你猜。", without
    ) % {"count": without}


def segments(dots: Sequence[Dot]) -> list[list[Dot]]:
    """Return the runs of answers that may be joined by a line: those of one day or of days next to each other."""
    runs: list[list[Dot]] = []
    for dot in dots:
        if runs and dot.day - runs[-1][-1].day <= timedelta(days=1):
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return runs


def empty_days(dots: Sequence[Dot], first: date, days: int) -> list[int]:
    """Return the days without an answer, counted from the first."""
    answered = {dot.day for dot in dots}
    return [number for number in range(days) if first + timedelta(days=number) not in answered]


def draw(dots: Sequence[Dot], first: date, days: int) -> SafeString:
    """Return the SVG; its words stand beside it, in a sentence and a table."""
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        _("心情的天气，每个点是一次打卡；同样的内容在下面的表格里"),
        _gaps(empty_days(dots, first, days), days),
        _grid(),
        _lines(dots, first, days),
        _day_labels(first, days),
    )


def _x(day_share: float, days: int) -> float:
    return round(_LEFT + day_share / days * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(weather: int) -> float:
    share = (weather - 1) / (len(Weather) - 1)
    return round(_HEIGHT - _BOTTOM - 14 - share * (_HEIGHT - _TOP - _BOTTOM - 28), 1)


def _gaps(empty: Sequence[int], days: int) -> SafeString:
    width = round((_WIDTH - _LEFT - _RIGHT) / days, 1)
    rows = [(_x(number, days), _TOP, width, _HEIGHT - _TOP - _BOTTOM) for number in empty]
    return format_html_join("", '<rect class="mood-gap" x="{}" y="{}" width="{}" height="{}"/>', rows)


def _grid() -> SafeString:
    rows = [(_LEFT, _y(each), _WIDTH - _RIGHT, _LEFT - 10, _y(each) + 4, each.label) for each in Weather]
    return format_html_join(
        "",
        '<path class="plot-grid" d="M{} {}H{}"/><text class="plot-text" x="{}" y="{}" text-anchor="end">{}</text>',
        rows,
    )


def _lines(dots: Sequence[Dot], first: date, days: int) -> SafeString:
    drawn = []
    for run in segments(dots):
        places = [(_x((dot.day - first).days + dot.of_day, days), _y(dot.weather)) for dot in run]
        if len(places) > 1:
            path = "M" + "L".join(f"{x} {y}" for x, y in places)
            drawn.append(format_html('<path class="plot-line" d="{}"/>', path))
        drawn.append(format_html_join("", '<circle class="plot-dot" cx="{}" cy="{}" r="5"/>', places))
    return mark_safe("".join(drawn))  # noqa: S308 - put together from format_html parts


def _day_labels(first: date, days: int) -> SafeString:
    """As many days below as fit beside each other; always the first and the last."""
    every = max(1, -(-days * _LABELS_APART // (_WIDTH - _LEFT - _RIGHT)))
    shown = [number for number in range(0, days, every) if days - 1 - number >= every] + [days - 1]
    rows = [
        (min(_x(number + 0.5, days), _WIDTH - 42), _HEIGHT - 10, short_day_text(first + timedelta(days=number)))
        for number in shown
    ]
    return format_html_join("", '<text class="plot-text" x="{}" y="{}" text-anchor="middle">{}</text>', rows)
