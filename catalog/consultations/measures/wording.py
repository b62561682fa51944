"""Series in words: the sentence above a chart and the rows of the table beside it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.encryption.sealed import ERASED
from marketplace.core.formatting import short_day_text

from .change import Change, change_between
from .drawing import chart_of
from .enums import Better, ChangeKind
from .selectors import Series


def shown(series: Series, *, to_provider: bool) -> dict[str, Any]:
    """Return all that a page shows of a series. That it is off track is said to a provider alone."""
    instrument = series.instrument
    goal = "" if series.goal_text is ERASED else series.goal_text
    return {
        "key": instrument.key,
        "title": goal or (instrument.name if to_provider else instrument.title),
        "sentence": _sentence(series),
        "drawing": chart_of(series),
        "unit": _unit(series),
        "caption": _("每一次的分数"),
        "columns": [{"label": _("日期")}, {"label": _("分数")}, {"label": _("和第一次比")}],
        "rows": _rows(series),
        "source": instrument.source,
        "licence": instrument.licence,
        "reliability": instrument.reliability,
        "is_off_track": to_provider and series.is_off_track,
        "points": series.change.size if series.change else 0,
    }


def _unit(series: Series) -> str:
    instrument = series.instrument
    better = _("越低越好") if instrument.better == Better.LESS else _("越高越好")
    return _("%(lowest)d–%(highest)d 分，%(better)s") % {
        "lowest": instrument.lowest,
        "highest": instrument.highest,
        "better": better,
    }


def _sentence(series: Series) -> str:
    change = series.change
    if change is None:
        return _("这是第一次。有了第二次，就能看到变化。")
    if change.points == 0:
        return _("和第一次一样。")
    return f"{_difference(change)}{_meaning(series, change)}"


def _difference(change: Change) -> str:
    """The difference as a clause."""
    if change.points > 0:
        return ngettext("比第一次高 %(n)d 分", "比第一次高 %(n)d 分", change.size) % {"n": change.size}
    return ngettext("比第一次低 %(n)d 分", "比第一次低 %(n)d 分", change.size) % {"n": change.size}


def _meaning(series: Series, change: Change) -> str:
    reliability = series.instrument.reliability
    if reliability is None:
        return _("。这个问卷没有误差数据，只看走向。")
    least = {"least": reliability.reliable_change}
    if change.kind == ChangeKind.WITHIN:
        return _("，不到 %(least)d 分，可能只是碰巧。") % least
    if change.kind == ChangeKind.BETTER:
        return _("，达到了 %(least)d 分，是可靠的好转。") % least
    return _("，达到了 %(least)d 分，超过了测量的误差。") % least


def _rows(series: Series) -> list[list[str]]:
    first = series.scores[0]
    return [
        [short_day_text(point.at), str(point.score), _compared(series, first, point.score) if number else "—"]
        for number, point in enumerate(series.points)
    ]


def _compared(series: Series, first: int, score: int) -> str:
    change = change_between(series.instrument, first, score)
    signed = f"{change.points:+d}" if change.points else "0"
    labels = {ChangeKind.BETTER: _("可靠"), ChangeKind.WORSE: _("可靠"), ChangeKind.WITHIN: _("误差以内")}
    if change.kind not in labels or not change.points:
        return signed
    return _("%(change)s（%(meaning)s）") % {"change": signed, "meaning": labels[change.kind]}
