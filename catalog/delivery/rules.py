"""Who may bring what."""

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from marketplace.accounts.models import User

from .models import DeliveryTask

#: A community's people who go to doors.
CARRIERS = (TeamRole.MANAGER, TeamRole.WORKER)


def may_carry(user: User, community_id: int) -> bool:
    """Whether this person works for the community as one who goes to doors, today."""
    rows = Membership.objects.filter(user=user, partner_id=community_id, role__in=CARRIERS)
    return user.is_active and rows.exists()


def is_brought_by(user: User, task: DeliveryTask) -> bool:
    """Whether the task is this person's to bring: given to them, while they still work there."""
    return task.worker_id == user.pk and may_carry(user, task.community_id)
