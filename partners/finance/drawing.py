"""Bars of a funnel as SVG; colours come from the style sheet, numbers stand beside the bars."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partners.finance.selectors.funnel import Funnel

_ROW, _BAR, _LEFT, _WIDTH, _RIGHT = 34, 18, 88, 180, 60


def stage_bars(funnel: Funnel, month: int) -> SafeString:
    """One bar per stage for one of the funnel's months."""
    tallies = [(str(stage.label), stage.tallies[month]) for stage in funnel.stages]
    longest = max((tally.drawn for _label, tally in tallies), default=0) or 1
    rows = format_html_join(
        "",
        '<text class="plot-text" x="0" y="{}">{}</text><rect class="plot-bar" x="{}" y="{}" width="{}" height="{}" rx="4">'
        '</rect><text class="plot-text" x="{}" y="{}">{}</text>',
        (
            (
                place * _ROW + 19,
                label,
                _LEFT,
                place * _ROW + 6,
                max(2, round(tally.drawn / longest * _WIDTH)),
                _BAR,
                _LEFT + max(2, round(tally.drawn / longest * _WIDTH)) + 8,
                place * _ROW + 19,
                tally,
            )
            for place, (label, tally) in enumerate(tallies)
        ),
    )
    width, height = _LEFT + _WIDTH + _RIGHT, len(tallies) * _ROW
    return format_html('<svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', width, height, rows)
