"""A series as a drawing: scores over time, and the band within which a difference may be chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core.formatting import short_day_text

from .instruments import Instrument
from .selectors import Point, Series

_WIDTH, _HEIGHT = 440, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 12, 18, 34
_TICKS = 4
#: How far the first and last dots stand from the edges, so that their days have room.
_INSET = 30
_LABELS_APART = 90


@dataclass(frozen=True)
class _Plane:
    """Where a moment and a score lie on the drawing."""

    points: Sequence[Point]
    lowest: int
    highest: int

    def x(self, point: Point) -> float:
        first, last = self.points[0].at, self.points[-1].at
        span = (last - first).total_seconds()
        share = (point.at - first).total_seconds() / span if span else 0.5
        return round(_LEFT + _INSET + share * (_WIDTH - _LEFT - _RIGHT - 2 * _INSET), 1)

    def y(self, score: float) -> float:
        score = min(max(score, self.lowest), self.highest)
        share = (score - self.lowest) / (self.highest - self.lowest)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def chart_of(series: Series) -> SafeString:
    """Return an SVG of one series; its words stand beside it, in a sentence and a table."""
    instrument = series.instrument
    plane = _Plane(series.points, instrument.lowest, instrument.highest)
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        _("%(name)s 的变化，数字在下面的表格里") % {"name": instrument.name},
        _band(plane, instrument),
        _grid(plane),
        _line(plane),
        _days(plane),
    )


def _band(plane: _Plane, instrument: Instrument) -> SafeString:
    if instrument.reliability is None:
        return SafeString("")
    first, error = plane.points[0].score, instrument.reliability.error_of_difference
    top, bottom = plane.y(first + error), plane.y(first - error)
    return format_html(
        '<rect class="plot-band" x="{}" y="{}" width="{}" height="{}"/>',
        _LEFT,
        top,
        _WIDTH - _LEFT - _RIGHT,
        round(bottom - top, 1),
    )


def _grid(plane: _Plane) -> SafeString:
    step = max(1, round((plane.highest - plane.lowest) / _TICKS))
    ticks = [*range(plane.lowest, plane.highest - step // 2, step), plane.highest]
    rows = [(_LEFT, plane.y(tick), _WIDTH - _RIGHT, _LEFT - 8, plane.y(tick) + 5, tick) for tick in ticks]
    return format_html_join(
        "",
        '<path class="plot-grid" d="M{} {}H{}"/><text class="plot-text" x="{}" y="{}" text-anchor="end">{}</text>',
        rows,
    )


def _line(plane: _Plane) -> SafeString:
    places = [(plane.x(point), plane.y(point.score), point.score) for point in plane.points]
    path = "M" + "L".join(f"{x} {y}" for x, y, _score in places)
    dots = format_html_join("", '<circle class="plot-dot" cx="{}" cy="{}" r="5"/>', [(x, y) for x, y, _score in places])
    ends = [places[0], places[-1]] if len(places) > 1 else places
    said = format_html_join(
        "",
        '<text class="plot-text plot-text--value" x="{}" y="{}" text-anchor="middle">{}</text>',
        [(x, y - 11 if y > _TOP + 14 else y + 22, score) for x, y, score in ends],
    )
    return format_html('<path class="plot-line" d="{}"/>{}{}', path, dots, said)


def _days(plane: _Plane) -> SafeString:
    """The days below, as many as fit beside each other; always the first and the last."""
    shown: list[tuple[float, str]] = []
    last = plane.points[-1]
    for point in plane.points:
        x = plane.x(point)
        far = not shown or x - shown[-1][0] >= _LABELS_APART
        if far and (point is last or plane.x(last) - x >= _LABELS_APART or not shown):
            shown.append((x, short_day_text(point.at)))
    return format_html_join(
        "",
        '<text class="plot-text" x="{}" y="{}" text-anchor="middle">{}</text>',
        [(x, _HEIGHT - 10, day) for x, day in shown],
    )
