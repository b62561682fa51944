"""How money, days and times are written for people: Chinese first, English second, always Shanghai time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

SHANGHAI = ZoneInfo("Asia/Shanghai")

_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_chinese() -> bool:
    """Return whether the active language is Chinese; with none active it is, being the source language."""
    return (get_language() or "zh-hans").startswith("zh")


def yuan_text(fen: int, *, always_decimals: bool = False) -> str:
    """Return an amount of fen as people write it: ¥360, ¥360.50, -¥1,200; `always_decimals` gives ¥360.00."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    decimals = f".{rest:02d}" if rest or always_decimals else ""
    return f"{sign}¥{whole:,}{decimals}"


def in_shanghai(moment: datetime) -> datetime:
    """Return an aware moment in Shanghai time; a naive one is taken to be Shanghai time already."""
    return moment.replace(tzinfo=SHANGHAI) if timezone.is_naive(moment) else moment.astimezone(SHANGHAI)


def _calendar_day(when: date | datetime) -> date:
    return in_shanghai(when).date() if isinstance(when, datetime) else when


def weekday_text(when: date | datetime) -> str:
    """Return the weekday: 周六, Sat."""
    names = _WEEKDAYS_ZH if is_chinese() else _WEEKDAYS_EN
    return names[_calendar_day(when).weekday()]


def day_text(when: date | datetime) -> str:
    """Return a day: 11月28日 周六, Sat 28 Nov. The year is added where it is not this one."""
    day = _calendar_day(when)
    other_year = day.year != timezone.now().astimezone(SHANGHAI).year
    if is_chinese():
        year = f"{day.year}年" if other_year else ""
        return f"{year}{day.month}月{day.day}日 {weekday_text(day)}"
    year = f" {day.year}" if other_year else ""
    return f"{weekday_text(day)} {day.day} {_MONTHS_EN[day.month - 1]}{year}"


def short_day_text(when: date | datetime) -> str:
    """Return a day without its weekday: 11月28日, 28 Nov."""
    day = _calendar_day(when)
    return f"{day.month}月{day.day}日" if is_chinese() else f"{day.day} {_MONTHS_EN[day.month - 1]}"


def clock_text(moment: datetime) -> str:
    """Return the time of day: 14:30."""
    return f"{in_shanghai(moment):%H:%M}"


def moment_text(moment: datetime) -> str:
    """Return day and time: 11月28日 周六 14:30, Sat 28 Nov, 14:30."""
    comma = "" if is_chinese() else ","
    return f"{day_text(moment)}{comma} {clock_text(moment)}"


def near_moment_text(moment: datetime) -> str:
    """Return day and time with 今天 or 明天 where that is shorter to read: 今天 15:42, today 15:42."""
    days = (_calendar_day(moment) - timezone.now().astimezone(SHANGHAI).date()).days
    words = ("今天", "明天") if is_chinese() else ("today", "tomorrow")
    return f"{words[days]} {clock_text(moment)}" if days in (0, 1) else moment_text(moment)


def time_range_text(starts_at: datetime, ends_at: datetime) -> str:
    """Return a span: 14:30–15:20 within a day, both moments in full otherwise."""
    if _calendar_day(starts_at) == _calendar_day(ends_at):
        return f"{clock_text(starts_at)}–{clock_text(ends_at)}"
    return f"{moment_text(starts_at)} – {moment_text(ends_at)}"
