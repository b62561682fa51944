"""Who belongs to which organisation, and may do what there."""

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import TeamRole
from ..models import Membership, Partner, TeamInvitation
from .rules import Power, roles_with
from .secrets import digest_of


def has_power(user: User, partner: Partner, power: Power) -> bool:
    """Whether this person may do this kind of work at this organisation now."""
    return partner.memberships.filter(user=user, role__in=roles_with(power)).exists()


def people_with(partner: Partner, power: Power) -> QuerySet[User]:
    """Return the active people of an organisation who do this kind of work."""
    return User.objects.filter(
        is_active=True, memberships__partner=partner, memberships__role__in=roles_with(power)
    ).order_by("pk")


def role_at(user: User, partner: Partner) -> TeamRole | None:
    """Return what a person does in an organisation's team, or None for a stranger to it."""
    role = Membership.objects.filter(user=user, partner=partner).values_list("role", flat=True).first()
    return TeamRole(role) if role else None


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return a person's places in teams, the oldest first."""
    return Membership.objects.filter(user=user).select_related("partner").order_by("joined_at", "pk")


def team_of(partner: Partner) -> QuerySet[Membership]:
    """Return the people of an organisation, managers first."""
    return partner.memberships.select_related("user").order_by("-role", "joined_at", "pk")


def open_invitations(partner: Partner) -> QuerySet[TeamInvitation]:
    """Return what may still be accepted, the newest first."""
    return partner.team_invitations.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).select_related("invited_by")


def invitation_of(secret: str) -> TeamInvitation | None:
    """Return the invitation a link opens, over or not."""
    found = TeamInvitation.objects.select_related("partner", "invited_by")
    return found.filter(token_digest=digest_of(secret)).first()
