"""Accepting an invitation. Whoever comes second finds it used; a profile that exists already is kept as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.enums import Role

from .. import locks, rules
from ..age_rules import AccountRule
from ..enums import Evidence, GuardianshipScope, InvitationKind, Relation
from ..errors import (
    AccountOfAGuardian,
    AlreadyGuardian,
    GrownUpAlready,
    InvitationRevoked,
    OnlyGrownUpsCare,
    OwnInvitation,
    ProfileHasAccount,
    TooManyChildren,
    TooYoungForAccount,
)
from ..models import Child, Guardianship, Invitation
from ..selectors import children_of
from ..signals import invitation_accepted
from .children import MOST_CHILDREN
from .invitations import find_invitation, refuse_when_full, refuse_when_over
from .telling import everybody_of, tell_family_changed


@dataclass(frozen=True)
class Acceptance:
    """What came of it: the profile the person belongs to now; `kept_apart` where the invited profile stays beside it."""

    invitation: Invitation
    child: Child
    kept_apart: bool = False


def accept_invitation(
    *, secret: str, user: Any, relation: Relation | str = "", now: datetime | None = None
) -> Acceptance:
    """Accept by token or code. `relation` is what a new guardian is to the child (the inviter's word otherwise).

    A teen who has a profile of their own keeps it: the inviting guardian joins that one, and nothing is moved, merged or
    overwritten. Without one, the invited profile becomes theirs.

    Raises:
        NoSuchInvitation, InvitationExpired, InvitationUsed, InvitationRevoked: it opens nothing (any more).
        OwnInvitation, AlreadyGuardian: nothing to accept.
        TooManyGuardians, TooManyChildren: the family, or the guardian, has as many as may be.
        TooYoungForAccount, GrownUpAlready, OnlyGrownUpsCare: the ages are not right for it.
        ProfileHasAccount: the profile belongs to another account. AccountOfAGuardian: a parent is signed in.
    """
    now = now or timezone.now()
    with transaction.atomic():
        found = find_invitation(secret=secret, now=now)
        invitation = _locked(found, user)
        refuse_when_over(invitation, now=now)
        if invitation.invited_by_id == user.pk:
            raise OwnInvitation
        _refuse_when_inviter_left(invitation)
        before = everybody_of(invitation.child)
        accept = _accept_as_teen if invitation.kind == InvitationKind.TEEN else _accept_as_guardian
        acceptance = accept(invitation, user, relation)
        invitation.accepted_at, invitation.accepted_by = now, user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        invitation_accepted.send(Invitation, invitation=invitation)
        tell_family_changed([*before, user], key=f"joined:{invitation.public_id}")
    return acceptance


def _locked(found: Invitation, user: Any) -> Invitation:
    """Lock the profiles it may touch, the person, and the invitation, and read it again."""
    profiles = Child.objects.filter(account_id=user.pk).values_list("public_id", flat=True)
    for public_id in sorted({found.child.public_id, *profiles}):
        locks.child(public_id).get()
    locks.guardian(user).get()
    return locks.invitation(found.pk).get()


def _refuse_when_inviter_left(invitation: Invitation) -> None:
    """A guardian's invitation is worth as much as the guardian's word: nothing, once they have left."""
    child, inviter = invitation.child, invitation.invited_by
    if invitation.kind == InvitationKind.TEEN_ASKS_GUARDIAN:
        return
    if rules.is_grown_up(child):
        raise GrownUpAlready
    if inviter is None or not rules.may_edit_child(inviter, child):
        raise InvitationRevoked


def _accept_as_guardian(invitation: Invitation, user: Any, relation: Relation | str) -> Acceptance:
    child = invitation.child
    if child.account_id == user.pk:
        raise OwnInvitation
    if rules.is_grown_up(child):
        raise GrownUpAlready
    if not rules.may_care_for_others(user):
        raise OnlyGrownUpsCare
    by_teen = invitation.kind == InvitationKind.TEEN_ASKS_GUARDIAN
    _join(
        child,
        user,
        relation=relation or invitation.relation or Relation.OTHER,
        scope=invitation.scope,
        evidence=Evidence.CONFIRMED_BY_TEEN if by_teen else Evidence.CONFIRMED_BY_GUARDIAN,
        invited_by=invitation.invited_by,
    )
    return Acceptance(invitation, child)


def _accept_as_teen(invitation: Invitation, user: Any, _relation: Relation | str) -> Acceptance:
    child = invitation.child
    if child.account_id is not None:
        raise ProfileHasAccount
    if child.rules.account == AccountRule.PARENT_ONLY:
        raise TooYoungForAccount
    if user.guardianships.in_force().exists():
        raise AccountOfAGuardian
    own = Child.objects.filter(account_id=user.pk).first()
    if own is not None:
        _let_inviter_join(invitation, own)
        return Acceptance(invitation, own, kept_apart=True)
    child.account = user
    child.save(update_fields=["account"])
    if user.role == Role.FAMILY:
        user.role = Role.TEEN
        user.save(update_fields=["role"])
    return Acceptance(invitation, child)


def _let_inviter_join(invitation: Invitation, own: Child) -> None:
    """The inviting guardian becomes one of the teen's own profile; the profile they had made stays beside it."""
    if rules.is_grown_up(own):
        raise GrownUpAlready
    theirs = invitation.child.guardianships.in_force().get(guardian_id=invitation.invited_by_id)
    _join(
        own,
        theirs.guardian,
        relation=theirs.relation,
        scope=GuardianshipScope.FULL,
        evidence=Evidence.CONFIRMED_BY_TEEN,
        invited_by=own.account,
    )


def _join(child: Child, guardian: Any, **fields: Any) -> None:
    if child.guardianships.in_force().filter(guardian_id=guardian.pk).exists():
        raise AlreadyGuardian
    refuse_when_full(child)
    if children_of(guardian).count() >= MOST_CHILDREN:
        raise TooManyChildren
    Guardianship.objects.create(guardian=guardian, child=child, **fields)
