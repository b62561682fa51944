"""When what happens in a plan's life. Periods are counted in Shanghai, as the payer counts them."""

from calendar import monthrange
from datetime import datetime, timedelta

from django.utils import timezone

#: Rules on online trade (2021), art. 18: prominent notice five days before each automatic renewal.
NOTICE = timedelta(days=5)
#: Our notice goes half a day earlier (on day 2 of a trial of seven), so that a slow hour costs nobody the term.
NOTICE_AHEAD = NOTICE + timedelta(hours=12)
#: A company that wants to be told of a debit is told so long before. WeChat wants two days and forgets after eight, both
#: counted in days of the calendar, and hears nothing from 22 to 7 o'clock: half a day over the two lets a night pass
#: before the word as well as before the last try, at whatever hour a plan began.
COMPANY_NOTICE_AHEAD = timedelta(days=2, hours=12)
#: What a company was told so long ago it has forgotten.
COMPANY_FORGETS = timedelta(days=8)
#: WeChat wants no word of a debit so soon after signing.
FRESH_AGREEMENT = timedelta(hours=11)
#: A refused debit is tried again so long after the first.
TRY_AGAIN = (timedelta(days=1), timedelta(days=3), timedelta(days=5))
#: How long a plan stays open while its renewal is not paid: until the last try is surely over.
GRACE = TRY_AGAIN[-1] + timedelta(days=1)
#: The same where the company had to be told first.
LONGEST_WAIT = GRACE + COMPANY_NOTICE_AHEAD
#: How long one worker has a debit for itself.
LEASE = timedelta(minutes=10)
#: Nobody signs an agreement days after asking for it.
SIGNING_PATIENCE = timedelta(hours=24)
#: How long a period that is paid by hand waits for its payer.
PAYING_PATIENCE = timedelta(minutes=30)
#: How often a company that charges by itself is asked, without a message of its own.
LOOK_EVERY = timedelta(hours=12)


def months_later(start: datetime, months: int, anchor_day: int) -> datetime:
    """The same time of day so many months on, on the anchor day or the month's last before it."""
    local = timezone.localtime(start)
    month = local.month - 1 + months
    year, month = local.year + month // 12, month % 12 + 1
    day = min(anchor_day, monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day)
