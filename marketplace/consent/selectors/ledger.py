"""The family's side of the ledger: what stands, what waits, what is over."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.labels import kept_label
from marketplace.families.age_rules import rules_on
from marketplace.families.enums import Relation
from marketplace.families.models import Child
from marketplace.families.selectors import active_guardianships, guardians_of

from ..enums import GivenAs, GranteeKind, Purpose
from ..models import Consent, SafetyOverride
from ..registry import Grantee, grantees_for
from ..rules import SHAREABLE_WITH_GUARDIAN


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


def consents_shown_to(user: User, child: Child, day: date) -> QuerySet[Consent]:
    """A child's consents as one person may see them.

    Oneself sees all. A guardian sees all until the child decides alone; from then on only what a guardian has to agree
    to, and what was shown or asked by this guardian: whom a teen shows something else to is the teen's own matter.
    """
    found = consents_of([child])
    if child.account_id == user.pk or not rules_on(child.born_on, day).decides_alone:
        return found
    return found.filter(Q(needs__contains=[GivenAs.GUARDIAN.value]) | Q(grantee_id=user.public_id))


def consent_for(user: User, public_id: UUID, day: date) -> Consent | None:
    """One consent a person may see, else None: somebody else's does not exist for them."""
    consent = Consent.objects.filter(public_id=public_id, child__in=people_decided_for(user)).select_related("child")
    found = consent.first()
    return consents_shown_to(user, found.child, day).filter(pk=found.pk).first() if found else None


def grantees_of(child: Child, *, for_user: User) -> list[Grantee]:
    """Whom something can be shown to: a young person's guardians, and the organisations known for the child.

    Guardians are offered only what they do not see anyway.
    """
    guardians: list[Grantee] = []
    if child.account_id == for_user.pk:
        seen_anyway = rules_on(child.born_on, timezone.localdate()).guardian_sees
        items = tuple(item for item in SHAREABLE_WITH_GUARDIAN if item not in seen_anyway)
        guardians = [
            Grantee(
                GranteeKind.PERSON,
                guardianship.guardian.public_id,
                kept_label(Relation(guardianship.relation).label),
                items,
                (Purpose.GUARDIANSHIP,),
            )
            for guardianship in guardians_of(child)
        ]
    return guardians + grantees_for(child)


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
