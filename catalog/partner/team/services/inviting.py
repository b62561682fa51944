"""Invitations into a team. The link is shown to the manager and sent; it is good once, for a week, for one address."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.accounts.phones import e164
from marketplace.families.models import Child

from ...enums import TeamRole
from ...models import Membership, Partner, TeamInvitation
from ...signals import gives_no_care
from .. import locks, rules
from ..errors import (
    AddressNeeded,
    AlreadyInTeam,
    InvitationOver,
    NoSuchInvitation,
    NotYourInvitation,
    TooManyInvitations,
    WorkAccountNeeded,
)
from ..secrets import address_digest, digest_of, hint_of, new_secret
from ..selectors import invitation_of


@dataclass(frozen=True)
class NewInvitation:
    """A fresh invitation with its secret, in clear this once."""

    invitation: TeamInvitation
    secret: str


@transaction.atomic
def invite(
    *, partner: Partner, address: str, role: TeamRole, invited_by: User, now: datetime | None = None
) -> NewInvitation:
    """Invite the holder of a telephone number or e-mail address; an earlier open one to the same address is replaced.

    Raises NotManager, AddressNeeded, TooManyInvitations.
    """
    now = now or timezone.now()
    by_phone = _is_phone(address)
    partner = locks.lock_team_as_manager(partner.pk, invited_by.pk)
    mark = address_digest(address)
    still_open = partner.team_invitations.filter(accepted_at=None, withdrawn_at=None)
    still_open.filter(address_digest=mark).update(withdrawn_at=now)
    if still_open.filter(expires_at__gt=now).count() >= rules.MOST_INVITATIONS:
        raise TooManyInvitations
    secret = new_secret()
    made = TeamInvitation.objects.create(
        partner=partner,
        role=role,
        token_digest=digest_of(secret),
        address_digest=mark,
        address_hint=hint_of(address),
        by_phone=by_phone,
        invited_by=invited_by,
        created_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    return NewInvitation(made, secret)


@transaction.atomic
def withdraw(*, partner: Partner, public_id: UUID, withdrawn_by: User, now: datetime | None = None) -> TeamInvitation:
    """Take an open invitation back. Twice is no error. Raises NotManager, NoSuchInvitation, InvitationOver."""
    partner = locks.lock_team_as_manager(partner.pk, withdrawn_by.pk)
    found = partner.team_invitations.filter(public_id=public_id).first()
    if found is None:
        raise NoSuchInvitation
    if found.accepted_at is not None:
        raise InvitationOver
    if found.withdrawn_at is None:
        found.withdrawn_at = now or timezone.now()
        found.save(update_fields=["withdrawn_at"])
    return found


def find_invitation(*, secret: str, now: datetime | None = None) -> TeamInvitation:
    """Return the open invitation of a link. Reads only: a preview uses nothing up. Raises NoSuchInvitation, InvitationOver."""
    found = invitation_of(secret)
    if found is None:
        raise NoSuchInvitation
    _refuse_when_over(found, now or timezone.now())
    return found


@transaction.atomic
def accept(*, secret: str, user: User, now: datetime | None = None) -> Membership:
    """Join the team an invitation opens. An account opened just for this, with no family life in it, becomes one for work.

    Raises NoSuchInvitation, InvitationOver, NotYourInvitation (sent to another address), WorkAccountNeeded,
    AlreadyInTeam.
    """
    now = now or timezone.now()
    found = find_invitation(secret=secret, now=now)
    partner = locks.lock_team(found.partner_id)
    found = locks.invitation(found.pk)
    _refuse_when_over(found, now)
    if user.role not in rules.WORKING_ROLES and not _is_unused(user, now):
        raise WorkAccountNeeded
    if found.address_digest not in _own_addresses(user):
        raise NotYourInvitation
    if partner.memberships.filter(user=user).exists():
        raise AlreadyInTeam
    if user.role not in rules.WORKING_ROLES:
        user.role = rules.account_role_for(TeamRole(found.role))
        user.save(update_fields=["role"])
    place = Membership.objects.create(partner=partner, user=user, role=found.role, joined_at=now)
    if place.role not in rules.GIVE_CARE:
        gives_no_care.send(Membership, partner=partner, user=user)
    found.accepted_at, found.accepted_by = now, user
    found.save(update_fields=["accepted_at", "accepted_by"])
    return place


def _is_unused(user: User, now: datetime) -> bool:
    """Whether an account was opened a moment ago and nothing of a family's is in it: no child, no order."""
    if user.role != Role.FAMILY or user.date_joined < now - rules.UNUSED_WITHIN:
        return False
    return not (user.guardianships.exists() or user.orders.exists() or Child.objects.filter(account=user).exists())  # type: ignore[attr-defined]


def _own_addresses(user: User) -> set[str]:
    """The digests of what a person proved to be theirs."""
    phone = user.phone if user.phone_verified_at else None
    verified = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)  # type: ignore[attr-defined]
    return {address_digest(address) for address in (phone, *verified) if address}


def _refuse_when_over(found: TeamInvitation, now: datetime) -> None:
    if found.accepted_at is not None or found.withdrawn_at is not None or found.expires_at <= now:
        raise InvitationOver


def _is_phone(address: str) -> bool:
    """Whether this is a telephone number; AddressNeeded where it is no address at all."""
    if "@" not in address:
        if e164(address) is None:
            raise AddressNeeded
        return True
    try:
        validate_email(address.strip())
    except ValidationError:
        raise AddressNeeded from None
    return False
