"""Questions of the young people's council, as the services write them."""

from datetime import datetime, timedelta

from django.utils import timezone

from marketplace.consent.council import services
from marketplace.consent.council.models import Question

from .counting import next_number
from .people import make_staff


def make_question(
    *, options: int = 3, opens_at: datetime | None = None, days: int = 7, is_published: bool = True
) -> Question:
    """A question that takes votes since an hour ago, or a draft of it."""
    opens_at = opens_at or timezone.now() - timedelta(hours=1)
    question = services.draft_question(
        title=f"换哪一种开场？{next_number()}",
        why="下个月要改首页，想先听你们的。",
        options=[f"选项{letter}" for letter in "甲乙丙丁戊"[:options]],
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=days),
        written_by=make_staff(),
    )
    if is_published:
        services.publish_question(public_id=question.public_id, now=opens_at)
        question.refresh_from_db()
    return question
