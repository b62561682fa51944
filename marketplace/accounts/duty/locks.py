"""Rows of duties, locked: people first, in the order of their numbers, then the change."""

from uuid import UUID

from django.db.models import Q

from ..enums import Role
from ..models import DutyChange, User


def lock_colleague(pk: int) -> User:
    """Lock a person whose duties are asked about or change, and every lead.

    The leads too: two of them who send each other away at the same moment would leave nobody.
    """
    leads = Q(role=Role.STAFF, is_superuser=True)
    people = User.objects.select_for_update().filter(Q(pk=pk) | leads).order_by("pk")
    return next(person for person in people if person.pk == pk)


def lock_change(public_id: UUID) -> DutyChange | None:
    """Lock a change after its person, so that two changes of one person never pass each other."""
    found = DutyChange.objects.filter(public_id=public_id).first()
    if found is None:
        return None
    lock_colleague(found.person_id)
    return DutyChange.objects.select_for_update().get(pk=found.pk)
