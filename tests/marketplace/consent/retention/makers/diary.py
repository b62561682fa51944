"""What a young person kept of moods, pages and check-ins, and to whom a page was shown."""

from datetime import datetime, time

from cms.wellbeing.models import CheckInPlan, CheckInPrompt, DiaryChoice, DiaryEntry, EntryShare, MoodEntry
from cms.wellbeing.moods import Weather
from marketplace.consent.enums import Purpose
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import Child
from tests import factories

from .made import DAY, Made, maker


def _closed(at: datetime) -> Child:
    return factories.make_child(factories.make_user(), archived_at=at)


def _page_of(child: Child, at: datetime) -> DiaryEntry:
    return DiaryEntry.objects.create(
        child=child, text="今天和同桌一起回家。", about_on=in_shanghai(at).date(), written_at=at
    )


def _mood_of(child: Child, at: datetime) -> MoodEntry:
    return MoodEntry.objects.create(
        child=child,
        weather=Weather.RAIN,
        words=["tired"],
        line="没睡好",
        felt_on=in_shanghai(at).date(),
        felt_at=at,
    )


def _shown(entry: DiaryEntry | MoodEntry, *, until: datetime, withdrawn_at: datetime | None = None) -> EntryShare:
    return EntryShare.objects.create(
        child=entry.child,
        diary=entry if isinstance(entry, DiaryEntry) else None,
        mood=entry if isinstance(entry, MoodEntry) else None,
        recipient=factories.make_user(),
        purpose=Purpose.CARE,
        shared_at=(withdrawn_at or until) - DAY,
        until=until,
        withdrawn_at=withdrawn_at,
    )


@maker("moods")
def _mood(at: datetime) -> Made:
    row = _mood_of(_closed(at), at - DAY)
    # Shown for longer than the account lasted: its own half year does not end first.
    return Made(row, row.child.public_id, [_shown(row, until=at + 7 * DAY)])


@maker("diary_pages")
def _page(at: datetime) -> Made:
    row = _page_of(_closed(at), at - DAY)
    return Made(row, row.child.public_id, [_shown(row, until=at + 7 * DAY)])


@maker("diary_choices")
def _choice(at: datetime) -> Made:
    child = _closed(at)
    return Made(DiaryChoice.objects.create(child=child, is_read_along=True, chosen_at=at - DAY), child.public_id)


@maker("entry_shares")
def _share(at: datetime) -> Made:
    page = _page_of(factories.make_child(factories.make_user()), at - DAY)
    return Made(_shown(page, until=at + 7 * DAY, withdrawn_at=at), page.child.public_id)


def _plan(at: datetime) -> CheckInPlan:
    child = factories.make_child(factories.make_user())
    return CheckInPlan.objects.create(child=child, times=[time(12, 20)], started_at=at - DAY, stopped_at=at)


@maker("checkin_plans")
def _stopped(at: datetime) -> Made:
    row = _plan(at)
    # Late enough that its own thirty days do not end before the plan's.
    prompt = CheckInPrompt.objects.create(plan=row, due_at=at + DAY, told_at=at + DAY)
    return Made(row, row.child.public_id, [prompt])


@maker("checkin_prompts")
def _prompt(at: datetime) -> Made:
    # Of a plan that goes on for long enough.
    plan = _plan(at + 400 * DAY)
    return Made(CheckInPrompt.objects.create(plan=plan, due_at=at, told_at=at), plan.child.public_id)
