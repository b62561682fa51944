"""Invitations into a family. Each opens one door once: it links, it never merges and never overwrites a profile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import locks, rules
from ..age_rules import AccountRule
from ..enums import GuardianshipScope, InvitationKind, Relation
from ..errors import (
    GrownUpAlready,
    InvitationExpired,
    InvitationRevoked,
    InvitationUsed,
    NoSuchInvitation,
    NotYourChild,
    ProfileHasAccount,
    TooManyGuardians,
    TooYoungForAccount,
)
from ..models import Child, Invitation
from ..secrets import digest_of, new_code, new_token
from ..selectors import invitation_of_secret

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class NewInvitation:
    """A fresh invitation with its secrets, in clear this once."""

    invitation: Invitation
    token: str
    code: str


def invite_teen(*, invited_by: Any, child: Child, now: datetime | None = None) -> NewInvitation:
    """A guardian invites the child to an account of its own. An earlier open invitation of the kind is replaced.

    Raises NotYourChild, TooYoungForAccount (below 8), GrownUpAlready, ProfileHasAccount.
    """
    with transaction.atomic():
        child = _locked_child(child)
        _refuse_strangers(invited_by, child)
        if child.account_id is not None:
            raise ProfileHasAccount
        if child.rules.account == AccountRule.PARENT_ONLY:
            raise TooYoungForAccount
        return _invite(InvitationKind.TEEN, child, invited_by, now)


def invite_guardian(
    *,
    invited_by: Any,
    child: Child,
    relation: Relation | str = "",
    scope: GuardianshipScope = GuardianshipScope.FULL,
    now: datetime | None = None,
) -> NewInvitation:
    """A guardian invites another one. Raises NotYourChild, TooManyGuardians (4 already)."""
    with transaction.atomic():
        child = _locked_child(child)
        _refuse_strangers(invited_by, child)
        refuse_when_full(child)
        return _invite(InvitationKind.GUARDIAN, child, invited_by, now, relation=relation, scope=scope)


def ask_guardian(
    *, child: Child, asked_by: Any | None, relation: Relation | str = "", now: datetime | None = None
) -> NewInvitation:
    """A teen asks a parent to join; `asked_by` is None for a child that has no account yet.

    Raises NotYourChild (not the child's own account), GrownUpAlready, TooManyGuardians.
    """
    with transaction.atomic():
        child = _locked_child(child)
        if child.account_id != (asked_by.pk if asked_by else None):
            raise NotYourChild
        if rules.is_grown_up(child):
            raise GrownUpAlready
        refuse_when_full(child)
        return _invite(InvitationKind.TEEN_ASKS_GUARDIAN, child, asked_by, now, relation=relation)


def revoke_invitation(*, user: Any, public_id: UUID, now: datetime | None = None) -> Invitation:
    """Take an invitation back: who sent it, or another full guardian of the child.

    Raises NoSuchInvitation (also somebody else's), InvitationUsed, InvitationExpired. Twice is no error.
    """
    now = now or timezone.now()
    with transaction.atomic():
        invitation = Invitation.objects.filter(public_id=public_id).select_related("child").first()
        if invitation is None or not _may_revoke(user, invitation):
            raise NoSuchInvitation
        _locked_child(invitation.child)
        invitation = locks.invitation(invitation.pk).get()
        if invitation.revoked_at is None:
            refuse_when_over(invitation, now=now)
            invitation.revoked_at = now
            invitation.save(update_fields=["revoked_at"])
    return invitation


def find_invitation(*, secret: str, now: datetime | None = None) -> Invitation:
    """Return the open invitation of a token or code. Reads only: a preview of the link uses nothing up.

    Raises NoSuchInvitation, InvitationExpired, InvitationUsed, InvitationRevoked.
    """
    invitation = invitation_of_secret(digest_of(secret))
    if invitation is None:
        raise NoSuchInvitation
    refuse_when_over(invitation, now=now or timezone.now())
    return invitation


def refuse_when_over(invitation: Invitation, *, now: datetime) -> None:
    """Raise what an invitation that cannot be accepted any more deserves."""
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.revoked_at is not None:
        raise InvitationRevoked
    if invitation.expires_at <= now:
        raise InvitationExpired


def refuse_when_full(child: Child) -> None:
    """Raise TooManyGuardians when nobody may join any more. Call it with the child locked."""
    if child.guardianships.in_force().count() >= rules.MOST_GUARDIANS:
        raise TooManyGuardians


def revoke_invitations_of(user: Any, child: Child, *, now: datetime) -> None:
    """Close what a person who leaves a family has opened. Joins the caller's transaction."""
    Invitation.objects.filter(child=child, invited_by_id=user.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )


def _locked_child(child: Child) -> Child:
    return locks.child(child.public_id).get()


def _refuse_strangers(user: Any, child: Child) -> None:
    if not rules.may_edit_child(user, child):
        raise NotYourChild


def _may_revoke(user: Any, invitation: Invitation) -> bool:
    is_own = invitation.invited_by_id == user.pk
    return is_own or rules.is_full_guardian(user, invitation.child)


def _invite(
    kind: InvitationKind, child: Child, invited_by: Any | None, now: datetime | None, **fields: Any
) -> NewInvitation:
    now = now or timezone.now()
    same = Invitation.objects.filter(kind=kind, child=child, invited_by=invited_by, accepted_at=None, revoked_at=None)
    same.update(revoked_at=now)
    token, code = new_token(), new_code()
    invitation = Invitation.objects.create(
        kind=kind,
        child=child,
        invited_by=invited_by,
        token_digest=digest_of(token),
        code_digest=digest_of(code),
        created_at=now,
        expires_at=now + GOOD_FOR,
        **fields,
    )
    return NewInvitation(invitation, token, code)
