"""When an impact assessment is due (OVS-15: every year)."""

from datetime import date, timedelta

#: A due date this near is shown to staff.
SOON = timedelta(days=30)


def due_after(assessed_on: date) -> date:
    """Return the day by which the next assessment must be made: a year on, 28 February after a leap day."""
    try:
        return assessed_on.replace(year=assessed_on.year + 1)
    except ValueError:
        return assessed_on.replace(year=assessed_on.year + 1, day=28)


def is_overdue(next_due_on: date | None, today: date) -> bool:
    """Whether an assessment is late; one never made is."""
    return next_due_on is None or next_due_on < today


def is_due_soon(next_due_on: date | None, today: date) -> bool:
    """Whether an assessment is due within a month."""
    return next_due_on is not None and today <= next_due_on <= today + SOON
