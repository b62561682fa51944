"""Erasing again after a backup older than the erasure was restored."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .. import locks
from ..registry import Subject, erasure_order


def erase_again(persons: list[Collection[UUID]]) -> int:
    """Close and erase these persons' accounts and profiles once more, each in a transaction; return how many there are.

    Each group holds the ids of one person. No request, no waiting and no second certificate: all that was done when they
    were erased. Ids of other things (a complaint, a hold) are passed over. A legal hold set after the restore does not
    stop it: what it would keep was gone already.
    """
    return sum(_erase_one(ids) for ids in persons)


@transaction.atomic
def _erase_one(ids: Collection[UUID]) -> bool:
    user = User.objects.filter(public_id__in=ids).first()
    child = Child.objects.filter(public_id__in=ids).first()
    if user is None and child is None:
        return False
    locks.lock_person(user_id=user.pk if user else None, child_id=child.pk if child else None)
    if user:
        User.objects.filter(pk=user.pk).update(is_active=False)
    if child and child.archived_at is None:
        Child.objects.filter(pk=child.pk).update(archived_at=Now())
    subject = Subject(user=user, child=child)
    for data in erasure_order():
        data.erase(subject)
    return True
