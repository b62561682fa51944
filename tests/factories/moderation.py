"""Moderators and what waits for them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.community.models import Case, Claim, Post, Reply, TrainingRecord
from cms.community.moderation.enums import REQUIRED_TRAINING, Outcome
from cms.community.moderation.services import claiming, deciding
from cms.community.moderation.wording import templates_for
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User

from .community import make_post
from .people import make_staff


def make_moderator(*, trained: bool = True, **fields: Any) -> User:
    """One of our people on moderation duty now, who learned what is needed."""
    moderator = make_staff(duties=[Duty.MODERATION], **fields)
    today = timezone.localdate()
    for course in REQUIRED_TRAINING if trained else ():
        TrainingRecord.objects.create(
            moderator=moderator,
            course=course,
            completed_on=today - timedelta(days=30),
            valid_until=today + timedelta(days=335),
        )
    return moderator


def make_case(writing: Post | Reply | None = None, **fields: Any) -> Case:
    """The open case of a text that waits (one of its own, unless named)."""
    writing = writing or make_post(shown=False)
    case = writing.cases.get(settled_at=None)
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    return case


def take(case: Case, moderator: User) -> Claim:
    """Take a case in hand and open it."""
    claiming.claim_case(public_id=case.public_id, moderator=moderator)
    return claiming.open_words(public_id=case.public_id, moderator=moderator)


def choose(outcome: str = Outcome.PUBLISH, **fields: Any) -> deciding.Choice:
    """A decision with its first template."""
    template = templates_for(outcome)[0]
    words = fields.pop("words", str(template.words))
    return deciding.Choice(outcome=outcome, template=template.key, words=words, **fields)


def decide(case: Case, moderator: User, outcome: str = Outcome.PUBLISH, **fields: Any):
    """Take a case and decide it."""
    take(case, moderator)
    return deciding.decide(public_id=case.public_id, choice=choose(outcome, **fields), decided_by=moderator)
