"""Who belongs to a team and as what: another role, leaving, being removed. One manager always stays.

Everything somebody may do hangs on the row and is asked anew by every page; a removed person is besides signed out
everywhere, so that an open browser shows nothing of what was.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.accounts.security.services import end_sessions
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ...enums import TeamRole
from ...models import Membership, Partner
from ...signals import gives_no_care
from .. import locks
from ..errors import LastManager
from ..rules import GIVE_CARE


@transaction.atomic
def change_role(*, partner: Partner, user: User, role: TeamRole, changed_by: User) -> Membership:
    """Give somebody other work in the team. Raises NotManager, NotInTeam, LastManager."""
    partner = locks.lock_team_as_manager(partner.pk, changed_by.pk)
    place = locks.member(partner, user.pk)
    if place.role == role:
        return place
    _refuse_without_manager(place)
    was, place.role = TeamRole(place.role), role
    place.save(update_fields=["role"])
    if role not in GIVE_CARE:
        gives_no_care.send(Membership, partner=partner, user=place.user)
    _tell(place, f"role:{was}:{role}", _("你在机构的工作变了"), _("打开心桥，可以看到你现在能做什么。"))
    return place


@transaction.atomic
def remove(*, partner: Partner, user: User, removed_by: User) -> None:
    """Take somebody out of the team, and out of every browser, at once. Raises NotManager, NotInTeam, LastManager."""
    partner = locks.lock_team_as_manager(partner.pk, removed_by.pk)
    place = locks.member(partner, user.pk)
    _refuse_without_manager(place)
    _end(place)
    end_sessions(user=place.user)


@transaction.atomic
def leave(*, partner: Partner, user: User) -> None:
    """Leave a team oneself. Raises NotInTeam, LastManager."""
    partner = locks.lock_team(partner.pk)
    place = locks.member(partner, user.pk)
    _refuse_without_manager(place)
    _end(place)


def _refuse_without_manager(place: Membership) -> None:
    """Refuse to take this manager away while there is no other whose account is open."""
    if place.role != TeamRole.MANAGER:
        return
    others = Membership.objects.filter(partner_id=place.partner_id, role=TeamRole.MANAGER, user__is_active=True)
    if not others.exclude(pk=place.pk).exists():
        raise LastManager


def _end(place: Membership) -> None:
    gives_no_care.send(Membership, partner=place.partner, user=place.user)
    place.partner.team_invitations.filter(invited_by=place.user, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    _tell(place, "left", _("你已不在机构的团队里"), _("你看不到那里的内容了。有疑问，请联系机构的负责人。"))
    place.delete()


def _tell(place: Membership, fact: str, subject: str, body: str) -> None:
    notify(
        key=f"team:{place.public_id}:{fact}",
        recipient=place.user,
        subject=subject,
        body=body,
        url=reverse("me"),
        channels=[Channel.IN_APP],
    )
