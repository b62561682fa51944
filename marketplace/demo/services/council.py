"""The young people's council of the demo: one question with our answer, one that is open, and a proposal."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.council import services
from marketplace.consent.council.models import Question, Vote
from marketplace.core.formatting import in_shanghai
from marketplace.core.pseudonyms import pseudonym

from ..data.council import ANSWER, ANSWERED, OPEN, PROPOSAL, AskedQuestion
from ..keys import stable_id


def make_council() -> bool:
    """Ask the demo's questions, once; return whether they were asked."""
    if Question.objects.exists():
        return False
    staff = User.objects.get(public_id=stable_id("user", "staff"))
    now = timezone.now()
    over = _ask(ANSWERED, staff, now - timedelta(days=24))
    _vote(over, ANSWERED.votes)
    services.close_question(public_id=over.public_id, now=now)
    services.answer_question(
        public_id=over.public_id, answer=ANSWER, answered_by=staff, now=now - timedelta(days=3, hours=4)
    )
    _ask(OPEN, staff, now - timedelta(days=2))
    teen = User.objects.filter(role=Role.TEEN, young_profile__isnull=False).order_by("pk").first()
    if teen:
        services.propose_question(text=PROPOSAL, proposed_by=teen, now=now - timedelta(days=1))
    return True


def _ask(asked: AskedQuestion, staff: User, day: datetime) -> Question:
    opens_at = in_shanghai(day).replace(hour=8, minute=0, second=0, microsecond=0)
    question = services.draft_question(
        title=asked.title,
        why=asked.why,
        options=asked.options,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=asked.days, hours=12),
        written_by=staff,
    )
    return services.publish_question(public_id=question.public_id, now=opens_at)


def _vote(question: Question, votes: tuple[int, ...]) -> None:
    """Votes of invented voters, who have no account."""
    for option, count in zip(question.options.all(), votes, strict=True):
        Vote.objects.bulk_create(
            Vote(question=question, option=option, tag=pseudonym(uuid4(), "demo:council")) for _ in range(count)
        )
