"""Voting. Nothing here is written to the record of looks or sent as a message: it would tell who voted when."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.selectors import young_profile_of

from .. import locks, rules
from ..errors import NoSuchOption, NotOpenNow, NotYoung
from ..models import Question, Vote
from ..tags import voter_tag


@transaction.atomic(durable=True)
def cast_vote(*, public_id: UUID, position: int, voter: User, now: datetime | None = None) -> Question:
    """Choose an option of an open question, or another one than before. `position` is the option's.

    Votes on one question wait for one another, and for the count: a vote is counted or refused, never lost.
    Raises NotYoung, NotOpenNow, NoSuchOption.
    """
    profile = young_profile_of(voter)
    if profile is None or not rules.may_take_part(voter, profile):
        raise NotYoung
    question = locks.locked_question(public_id)
    # The clock is read after the lock: whoever waited behind the last moment comes too late.
    if not rules.is_open(question, now or timezone.now()):
        raise NotOpenNow
    option = question.options.filter(position=position).first()
    if option is None:
        raise NoSuchOption
    Vote.objects.update_or_create(question=question, tag=voter_tag(profile, question), defaults={"option": option})
    return question
