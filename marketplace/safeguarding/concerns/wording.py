"""What the desk's pages say about a concern."""

from django.utils.functional import Promise
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from marketplace.safeguarding.enums import Kind, Level

from .enums import ClockState

_UNCLEAR = _("还不清楚是哪一类")
#: A state of the clock -> the kind of its badge (see components/status.html).
_BADGES = {
    ClockState.RUNNING: "wait",
    ClockState.OWED: "note",
    ClockState.MISSED: "bad",
    ClockState.KEPT: "good",
    ClockState.LATE: "note",
}
#: A level -> the word, and how many of three marks are filled: not by colour alone.
_URGENCIES: dict[int, str | Promise] = {
    Level.URGENT: _("紧急"),
    Level.CONCERN: _("值得担心"),
    Level.DISTRESS: _("难过"),
}


def kind_label(kind: str) -> str | Promise:
    """Return a kind in the desk's words: what is not known to be a danger is not said to be none."""
    return Kind(kind).label if kind not in (Kind.DISTRESS, Kind.EVERYDAY) else _UNCLEAR


def badge_of(state: ClockState) -> str:
    """Return the kind of badge of a clock's state."""
    return _BADGES[state]


def urgency_label(level: int) -> str | Promise:
    """Return a level in a word."""
    return _URGENCIES.get(level, _URGENCIES[Level.DISTRESS])


def waited(minutes: int) -> str:
    """Return a span in words: minutes, then hours, then days."""
    if minutes < 1:
        return said("不到 1 分钟")
    if minutes < 60:
        return said("%(count)d 分钟") % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return said("%(hours)d 小时 %(rest)d 分") % {"hours": hours, "rest": rest}
    return said("%(count)d 天") % {"count": hours // 24}
