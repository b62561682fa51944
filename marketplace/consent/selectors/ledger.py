"""The family's side of the ledger: what stands, what waits, what is over."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import active_guardianships

from ..models import Consent, SafetyOverride


def people_decided_for(user: User) -> list[Child]:
    """The profiles whose consents a person may see: their own, and those of children they fully care for."""
    cared_for = active_guardianships().filter(guardian_id=user.pk).full().values("child_id")  # type: ignore[attr-defined]
    return list(
        Child.objects.filter(Q(account_id=user.pk) | Q(pk__in=cared_for), archived_at=None)
        .select_related("account")
        .order_by("created_at", "pk")
    )


def consents_of(children: list[Child]) -> QuerySet[Consent]:
    """The children's consents with their events, newest first."""
    return Consent.objects.filter(child__in=children).select_related("child").prefetch_related("events__by")


def consent_for(user: User, public_id: UUID) -> Consent | None:
    """One consent of a child a person decides for (or of oneself), else None."""
    return consents_of(people_decided_for(user)).filter(public_id=public_id).first()


def overrides_told_to(user: User) -> QuerySet[SafetyOverride]:
    """The safety exceptions a young person was told about, newest first."""
    return SafetyOverride.objects.filter(child__account_id=user.pk, told_at__isnull=False)


def overrides_to_work_on() -> QuerySet[SafetyOverride]:
    """What safety duty has to do: let through, or look back at; the most urgent first."""
    waiting = Q(approved_at=None, refused_at=None)
    to_review = Q(approved_at__isnull=False, reviewed_at=None)
    return (
        SafetyOverride.objects.filter(waiting | to_review)
        .select_related("child", "opened_by", "approved_by")
        .order_by("approved_at", "opened_at")
    )


def overdue_reviews() -> int:
    """How many reviews are past their clock."""
    return SafetyOverride.objects.filter(reviewed_at=None, review_due_at__lt=timezone.now()).count()
