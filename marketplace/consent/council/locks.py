"""Row locks of the council, each read after it was taken."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .models import Proposal, Question


def locked_question(public_id: UUID) -> Question:
    """Return a question; who votes and who counts wait for one another here."""
    return Question.objects.select_for_update(of=("self",), no_key=True).get(public_id=public_id)


def locked_proposal(public_id: UUID) -> Proposal:
    """Return a proposal."""
    rows: QuerySet[Proposal] = Proposal.objects.select_related("child__account")
    return rows.select_for_update(of=("self",), no_key=True).get(public_id=public_id)


def locked_profile_of(user: User) -> Child | None:
    """Return a young person's own profile, so that their proposals are counted one after the other."""
    rows = Child.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(account_id=user.pk, archived_at=None).first()
