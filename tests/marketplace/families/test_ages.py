"""Ages at birthdays, and the school year that follows from a birth date."""

from datetime import date

import pytest

from marketplace.families.ages import age_on, suggested_school_year
from marketplace.families.enums import SchoolYear


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2012, 11, 22), date(2026, 11, 21), 13),
        (date(2012, 11, 22), date(2026, 11, 22), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_age(born_on, day, age):
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("born_on", "day", "year"),
    [
        (date(2020, 8, 31), date(2026, 9, 1), SchoolYear.PRIMARY_1),
        (date(2020, 9, 1), date(2026, 9, 1), SchoolYear.KINDERGARTEN),
        (date(2020, 8, 31), date(2026, 8, 31), SchoolYear.KINDERGARTEN),
        (date(2014, 5, 1), date(2026, 11, 22), SchoolYear.JUNIOR_1),
        (date(2014, 5, 1), date(2027, 6, 1), SchoolYear.JUNIOR_1),
        (date(2009, 5, 1), date(2026, 11, 22), SchoolYear.SENIOR_3),
        (date(2008, 12, 1), date(2026, 11, 22), SchoolYear.SENIOR_3),
        (date(2006, 1, 1), date(2026, 11, 22), SchoolYear.LEFT_SCHOOL),
        (date(2026, 1, 1), date(2026, 11, 22), SchoolYear.KINDERGARTEN),
    ],
)
def test_school_year(born_on, day, year):
    assert suggested_school_year(born_on, day) == year
