"""The weeks' fill rates as bars of SVG; colours come from the style sheet, numbers stand on the bars."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from marketplace.core.formatting import short_day_text

from .selectors import Week

_STEP, _BAR, _HIGH, _TOP, _FOOT = 76, 36, 96, 20, 22


def week_bars(weeks: Sequence[Week]) -> SafeString:
    """One upright bar per week, 0 to 100 %; a week without time on offer has a dash."""
    bars = format_html_join("", "{}", ((_bar(place, week),) for place, week in enumerate(weeks)))
    width, height = len(weeks) * _STEP, _TOP + _HIGH + _FOOT
    return format_html(
        '<svg class="figures__bars" viewBox="0 0 {} {}" width="{}" aria-hidden="true">{}</svg>',
        width,
        height,
        width,
        bars,
    )


def _bar(place: int, week: Week) -> SafeString:
    percent = week.fill.percent
    tall = max(round((percent or 0) / 100 * _HIGH), 2)
    middle, top = place * _STEP + _STEP // 2, _TOP + _HIGH - tall
    return format_html(
        '<rect class="plot-bar" x="{}" y="{}" width="{}" height="{}" rx="4"></rect>'
        '<text class="plot-text" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="plot-text" x="{}" y="{}" text-anchor="middle">{}</text>',
        middle - _BAR // 2, top, _BAR, tall,
        middle, top - 6, "–" if percent is None else f"{percent} %",
        middle, _TOP + _HIGH + 16, short_day_text(week.monday),
    )  # fmt: skip
