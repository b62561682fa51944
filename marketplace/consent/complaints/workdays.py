"""Working days by the Chinese calendar, with its holidays and the weekends worked in exchange."""

from datetime import date, datetime, time, timedelta

from marketplace.core.formatting import SHANGHAI, in_shanghai

_SATURDAY = 5


def is_announced(day: date) -> bool:
    """Return whether the State Council's holidays of that day's year are known to the installed calendar."""
    from chinese_calendar import is_workday as by_the_calendar  # its tables are needed by few requests

    try:
        by_the_calendar(day)
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Return whether people work on a day; where the year's holidays are not announced, Monday to Friday."""
    from chinese_calendar import is_workday as by_the_calendar

    try:
        return by_the_calendar(day)
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def workdays_later(moment: datetime, count: int) -> datetime:
    """Return the last second of the `count`-th working day after the day of a moment, in Shanghai.

    The day itself is not counted.
    """
    day = in_shanghai(moment).date()
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return datetime.combine(day, time(23, 59, 59), tzinfo=SHANGHAI)
