"""What a guardian does with children's profiles. Every child is a row of its own, found by its public id alone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import locks, rules
from ..age_rules import ADULT_AT
from ..ages import age_on
from ..enums import Relation, SchoolYear
from ..errors import (
    AlreadyGrownUp,
    BirthDateIsFixed,
    BornInTheFuture,
    NotYourChild,
    OnlyGrownUpsCare,
    ProfileIsShared,
    TooManyChildren,
)
from ..models import Child, Guardianship
from ..selectors import children_of

MOST_CHILDREN = 10


def add_child(
    *,
    guardian: Any,
    nickname: str,
    born_on: date,
    relation: Relation = Relation.OTHER,
    school_year: SchoolYear | None = None,
) -> Child:
    """Add a child. Nothing is matched or merged: twins, or namesakes born on one day, are two children.

    Raises BornInTheFuture, AlreadyGrownUp (18 or older today), TooManyChildren (10 already), OnlyGrownUpsCare.
    """
    _check_birth_date(born_on)
    if not rules.may_care_for_others(guardian):
        raise OnlyGrownUpsCare
    with transaction.atomic():
        locks.guardian(guardian).get()
        if children_of(guardian).count() >= MOST_CHILDREN:
            raise TooManyChildren
        child = Child.objects.create(nickname=nickname, born_on=born_on, school_year=school_year)
        Guardianship.objects.create(guardian=guardian, child=child, relation=relation)
    return child


def update_child(
    *,
    user: Any,
    public_id: UUID,
    nickname: str,
    born_on: date,
    relation: Relation,
    school_year: SchoolYear | None,
) -> Child:
    """Change one child's profile, and the relation of this guardian alone.

    The birth date of somebody with an own account is fixed: a guardian who made a teen of 14 younger would see what
    is not theirs to see. Raises NotYourChild, BirthDateIsFixed, BornInTheFuture, AlreadyGrownUp.
    """
    with transaction.atomic():
        child = _own_child(user, public_id)
        if born_on != child.born_on:
            if child.account_id is not None:
                raise BirthDateIsFixed
            _check_birth_date(born_on)
        child.nickname, child.born_on, child.school_year = nickname, born_on, school_year
        child.save(update_fields=["nickname", "born_on", "school_year"])
        child.guardianships.in_force().filter(guardian_id=user.pk).order_by().update(relation=relation)
    return child


def archive_child(*, user: Any, public_id: UUID) -> Child:
    """Put a profile away: bookings and orders keep it, lists no longer show it.

    Raises NotYourChild; ProfileIsShared where the child itself or another guardian uses it too.
    """
    with transaction.atomic():
        child = _own_child(user, public_id)
        if child.account_id is not None or child.guardianships.in_force().count() > 1:
            raise ProfileIsShared
        child.archived_at = timezone.now()
        child.save(update_fields=["archived_at"])
    return child


def _own_child(user: Any, public_id: UUID) -> Child:
    child = locks.child(public_id).first()
    if child is None or not rules.may_edit_child(user, child):
        raise NotYourChild
    return child


def _check_birth_date(born_on: date) -> None:
    today = timezone.localdate()
    if born_on > today:
        raise BornInTheFuture
    if age_on(born_on, today) >= ADULT_AT:
        raise AlreadyGrownUp
