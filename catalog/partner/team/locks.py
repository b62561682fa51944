"""Locked reads of teams: the organisation's row first, then memberships and invitations are read."""

from ..models import Membership, Partner, TeamInvitation
from .errors import NotInTeam, NotManager
from .rules import Power, roles_with


def lock_team(partner_id: int) -> Partner:
    """Lock one organisation: whatever changes its team takes turns. Rows that merely point to it need not wait."""
    return Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner_id)


def lock_team_as_manager(partner_id: int, user_id: int) -> Partner:
    """Lock a team and make sure, read after the lock, that this person still manages it. Raises NotManager."""
    partner = lock_team(partner_id)
    if not partner.memberships.filter(user_id=user_id, role__in=roles_with(Power.TEAM)).exists():
        raise NotManager
    return partner


def member(partner: Partner, user_id: int) -> Membership:
    """Return somebody's place in a locked team. Raises NotInTeam."""
    found = Membership.objects.select_related("user").filter(partner=partner, user_id=user_id).first()
    if found is None:
        raise NotInTeam
    return found


def invitation(pk: int) -> TeamInvitation:
    """Return one invitation, locked, with its organisation."""
    rows = TeamInvitation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partner", "invited_by").get(pk=pk)
