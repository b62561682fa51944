"""Who is of whose family."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from marketplace.accounts.enums import Role

from ..ages import latest_birth_of_age
from ..enums import GuardianshipStatus
from ..models import Child, EndingRequest, Guardianship, GuardianshipQuerySet, Invitation


def active_guardianships() -> GuardianshipQuerySet:
    """All guardianships in force, oldest first."""
    return Guardianship.objects.in_force()


def guardians_of(child: Child) -> GuardianshipQuerySet:
    """Who cares for a child, with the person, oldest first."""
    return child.guardianships.in_force().select_related("guardian")


def children_of(user: Any) -> QuerySet[Any, Any]:
    """The children a person cares for, archived ones left out, in the order they were added; with `relation`, `scope`.

    Of any scope: who only books for a child finds it here too.
    """
    return (
        Child.objects.cared_for_by([user.pk])
        .filter(archived_at=None)
        .annotate(relation=F("guardianships__relation"), scope=F("guardianships__scope"))
        .order_by("created_at", "pk")
    )


def booked_for_by(user: Any) -> QuerySet[Child]:
    """Whom a person may book for: the children they care for, and a young person themselves; in the order of adding."""
    return Child.objects.filter(pk__in=profile_ids_of(user), archived_at=None).order_by("created_at", "pk")


def child_of(user: Any, public_id: UUID) -> Any | None:
    """One child a person cares for, else None: somebody else's child does not exist for them."""
    return children_of(user).filter(public_id=public_id).first()


def young_profile_of(user: Any) -> Child | None:
    """A person's own profile: of a teen, or of an adult who grew up here."""
    return Child.objects.filter(account_id=user.pk, archived_at=None).first() if user.is_authenticated else None


def profile_ids_of(user: Any) -> QuerySet[Any, Any]:
    """Ids of the profiles whose family this person is of: the children they care for, and their own. For `__in`."""
    cared_for = Guardianship.objects.in_force().filter(guardian_id=user.pk).order_by().values("child_id")
    return cared_for.union(Child.objects.filter(account_id=user.pk).order_by().values("pk"))


def open_invitations(child: Child) -> QuerySet[Invitation]:
    """Invitations of a child's family that can still be accepted, newest first."""
    return (
        Invitation.objects.filter(child=child, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .select_related("invited_by")
        .order_by("-created_at", "-pk")
    )


def waiting_ending_requests() -> QuerySet[EndingRequest]:
    """What people ask our staff to end, the oldest first, with all that a queue shows."""
    return (
        EndingRequest.objects.filter(answered_at=None)
        .select_related("asked_by", "guardianship__guardian", "guardianship__child__account")
        .order_by("asked_at", "pk")
    )


def invitation_of_secret(digest: str) -> Invitation | None:
    """The invitation whose token or code has this digest, whatever became of it."""
    rows = Invitation.objects.filter(Q(token_digest=digest) | Q(code_digest=digest))
    return rows.select_related("child", "invited_by").first()


def profiles_with_birthday_between(age: int, from_on: date, to_on: date) -> QuerySet[Child]:
    """Profiles in use of people who become this old from one day to another, both included."""
    born_after = latest_birth_of_age(age, from_on - timedelta(days=1))
    return Child.objects.filter(
        archived_at=None, born_on__gt=born_after, born_on__lte=latest_birth_of_age(age, to_on)
    ).order_by("born_on", "pk")


def adults_treated_as_minors(today: date) -> QuerySet[Child]:
    """Adults whose guardianships still stand as active, or whose account as a teen's: tasks tidy them."""
    guarded = Guardianship.objects.filter(status=GuardianshipStatus.ACTIVE).values("child_id")
    return Child.objects.grown_up(today=today).filter(Q(pk__in=guarded) | Q(account__role=Role.TEEN))
