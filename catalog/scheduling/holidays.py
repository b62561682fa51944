"""Days off and shifted working days of the Chinese calendar, as the State Council announces them each autumn. Pure."""

from datetime import date
from functools import lru_cache

#: What the law fixes by the solar calendar, for years not announced yet (全国年节及纪念日放假办法, as of 2025).
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@lru_cache(maxsize=4096)
def _detail(day: date) -> tuple[bool, str | None]:
    """Whether nobody works that day, and the name of the holiday that is why it is so."""
    from chinese_calendar import get_holiday_detail  # its tables are needed by few requests

    try:
        return get_holiday_detail(day)
    except NotImplementedError:  # the year is not announced yet
        is_fixed = (day.month, day.day) in _FIXED
        return is_fixed or day.weekday() >= 5, "" if is_fixed else None


def is_holiday(day: date) -> bool:
    """Whether a statutory holiday, or a day off that belongs to one; an ordinary weekend is none."""
    is_off, name = _detail(day)
    return is_off and name is not None


def is_shifted_workday(day: date) -> bool:
    """Whether a weekend that is worked to make up for a holiday."""
    is_off, name = _detail(day)
    return not is_off and name is not None
