"""A young person's moods, diary and check-ins, and the letter box of the demo: made by the services people use."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cms.wellbeing.models import MoodEntry
from cms.wellbeing.services.checkins import start_plan
from cms.wellbeing.services.diary import write_page
from cms.wellbeing.services.diary_sharing import share_page
from cms.wellbeing.services.moods import record_mood
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import Child
from marketplace.safeguarding.letters import services as letters
from marketplace.safeguarding.letters.models import LetterThread
from marketplace.safeguarding.letters.offices import OURS

from ..data.diary import ANSWER, DIARY, LETTER, MOODS, PARENTS, SHOWN, SIGNED, WAITING
from ..keys import stable_id


def make_diary() -> bool:
    """Keep a month of moods and a few pages of the demo's young person, once; return whether it was done."""
    child = Child.objects.select_related("account").get(public_id=stable_id("child", "xiao-he"))
    if child.account is None or MoodEntry.objects.filter(child=child).exists():
        return False
    now = timezone.now()
    for days, hour, minute, weather, words, line in MOODS:
        record_mood(child=child, weather=weather, words=words, line=line, now=_ago(now, days, hour, minute))
    pages = [
        write_page(child=child, text=text, about_on=_ago(now, days, 21, 5).date(), now=_ago(now, days, 21, 5)).page
        for days, text in DIARY
    ]
    mother = User.objects.get(public_id=stable_id("user", "lin"))
    share_page(
        child=child,
        public_id=pages[SHOWN].public_id,
        with_user=mother.public_id,
        days=30,
        shared_by=child.account,
        now=now - timedelta(hours=3),
    )
    start_plan(child=child, times=[time(12, 20), time(20, 30)], days=range(7), now=now)
    return True


def make_letters() -> bool:
    """Write the demo's letters, once; return whether they were written."""
    if LetterThread.objects.exists():
        return False
    now = timezone.now()
    teen = Child.objects.select_related("account").get(public_id=stable_id("child", "xiao-he")).account
    staff = User.objects.get(public_id=stable_id("user", "staff"))
    if teen is None:
        return False
    first = letters.write_letter(writer=teen, office=OURS, text=LETTER, signed_as=SIGNED, now=now - timedelta(hours=74))
    public_id = first.thread.public_id
    DutyShift.objects.create(
        user=staff,
        duty=Duty.COUNSELLING,
        begins_at=now - timedelta(hours=58),
        ends_at=now - timedelta(hours=54),
    )
    letters.answer_letter(public_id=public_id, answered_by=staff, text=ANSWER, now=now - timedelta(hours=55))
    letters.write_on(public_id=public_id, writer=teen, text=WAITING, now=now - timedelta(hours=9))
    parent = User.objects.get(public_id=stable_id("user", "chen"))
    letters.write_letter(writer=parent, office=OURS, text=PARENTS, now=now - timedelta(hours=26))
    return True


def _ago(now: datetime, days: int, hour: int, minute: int) -> datetime:
    return in_shanghai(now - timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)
