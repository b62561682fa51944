"""What the demo's young person kept of practices, and their coping plan: made by the services people use."""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.wellbeing.models import PracticeRun
from cms.wellbeing.practices import BY_SLUG
from cms.wellbeing.practices.wording import Change
from cms.wellbeing.services.coping import save_plan
from cms.wellbeing.services.practices import keep_run
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import Child

from ..data.practices import PLANS, RUNS
from ..keys import stable_id


def make_practices() -> bool:
    """Keep some weeks of practices and a plan with an earlier version, once; return whether it was done."""
    owner = Child.objects.select_related("account").get(public_id=stable_id("child", "xiao-he")).account
    if owner is None or PracticeRun.objects.filter(owner=owner).exists():
        return False
    now = timezone.now()
    for days, slug, before, after, words in RUNS:
        ended_at = _evening(now, days)
        keep_run(
            owner=owner,
            practice=BY_SLUG[slug],
            felt=Change(before, after),
            words=words,
            started_at=ended_at - timedelta(minutes=BY_SLUG[slug].minutes),
            now=ended_at,
        )
    for revision, (days, sections) in enumerate(PLANS):
        save_plan(owner=owner, sections=sections, revision=revision, now=_evening(now, days))
    return True


def _evening(now: datetime, days: int) -> datetime:
    return in_shanghai(now - timedelta(days=days)).replace(hour=20, minute=50, second=0, microsecond=0)
