"""Ages and school years, as the calendar has them."""

from datetime import date

from .enums import SchoolYear

_PRIMARY_STARTS_AT = 6
_SCHOOL_YEAR_STARTS_IN = 9  # September; who is 6 by 31 August starts that year (Compulsory Education Law, art. 11)


def age_on(born_on: date, day: date) -> int:
    """Return the age in full years; someone born on 29 February turns older on 1 March of other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def suggested_school_year(born_on: date, day: date) -> SchoolYear:
    """Return the school year most children born on that date are in; before school it is the kindergarten."""
    school_year_began = day.year if day.month >= _SCHOOL_YEAR_STARTS_IN else day.year - 1
    age_at_start = age_on(born_on, date(school_year_began, 8, 31))
    grade = age_at_start - _PRIMARY_STARTS_AT + 1
    return SchoolYear(max(SchoolYear.KINDERGARTEN, min(grade, SchoolYear.LEFT_SCHOOL)))


def latest_birth_of_age(age: int, day: date) -> date:
    """Return the latest date of birth of those who are this old on a day: born by then they are, born later not yet."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # 29 February of a year, for a year without one
        return date(day.year - age, 2, 28)
