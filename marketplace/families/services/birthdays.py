"""Birthdays on which rules change. They change by themselves; here people are told, and what has ended is tidied."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.core.formatting import short_day_text

from .. import locks
from ..age_rules import ADULT_AT, CHANGES_AT, birthday
from ..enums import EndReason, GuardianshipStatus
from ..models import BirthdayNotice, Child
from ..selectors import adults_treated_as_minors, profiles_with_birthday_between
from ..signals import came_of_age
from .guardians import end
from .telling import tell

#: How many days before a birthday people are told what changes; 0 is the day itself.
MOMENTS = (30, 3, 0)
#: Whoever missed the day itself, because the machine stood still for instance, hears of it within this time.
_LATE = timedelta(days=30)


def tell_coming_birthdays(*, now: datetime | None = None) -> int:
    """Tell both sides of each birthday that changes rules, at each moment once, and end guardianships at 18.

    Returns how many birthdays were told of. Days are Shanghai's.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    told = 0
    for age in CHANGES_AT:
        for child in list(profiles_with_birthday_between(age, today - _LATE, today + timedelta(days=MOMENTS[0]))):
            told += _tell(child, age, today, now)
    for child in list(adults_treated_as_minors(today)):
        _come_of_age(child, now)
    return told


def _tell(child: Child, age: int, today: date, now: datetime) -> bool:
    """Tell of one birthday if its moment has come and nobody was told at that moment or a later one."""
    turns_on = birthday(child.born_on, age)
    if timezone.localdate(child.created_at) >= turns_on:
        return False  # it was that old already when it came to us
    moment = min((days for days in MOMENTS if (turns_on - today).days <= days), default=None)
    if moment is None:
        return False
    with transaction.atomic(durable=True):
        child = locks.child(child.public_id).select_related("account").get()
        if birthday(child.born_on, age) != turns_on:
            return False  # the birth date was changed meanwhile
        if BirthdayNotice.objects.filter(child=child, age=age, days_before__lte=moment).exists():
            return False
        BirthdayNotice.objects.create(child=child, age=age, days_before=moment, told_at=now)
        _write_to_both_sides(child, age, turns_on, moment, now)
        if moment == 0:
            came_of_age.send(Child, child=child, age=age)
            if age == ADULT_AT:
                _end_guardianships(child, now)
    return True


def _write_to_both_sides(child: Child, age: int, turns_on: date, moment: int, now: datetime) -> None:
    key = f"birthday:{child.public_id}:{age}:{moment}"
    on = {"day": short_day_text(turns_on)}
    guardians = [
        row.guardian for row in child.guardianships.filter(status=GuardianshipStatus.ACTIVE).select_related("guardian")
    ]
    if moment:
        to_guardians = _("%(day)s 起，你家孩子在心桥的使用规则会随年龄变化。登录后看看有什么不同。") % on
        to_child = _("%(day)s 起，你在心桥的使用规则会随年龄变化。登录后看看有什么不同。") % on
    else:
        to_guardians = _("今天起，你家孩子在心桥的使用规则随年龄变了。登录后看看有什么不同。")
        to_child = _("今天起，你在心桥的使用规则随年龄变了。登录后看看有什么不同。")
    tell(guardians, key=f"{key}:guardian", subject=_("年龄规则的变化"), body=to_guardians)
    tell([child.account], key=f"{key}:child", subject=_("年龄规则的变化"), body=to_child)


def _come_of_age(child: Child, now: datetime) -> None:
    with transaction.atomic(durable=True):
        child = locks.child(child.public_id).select_related("account").get()
        notice, is_new = BirthdayNotice.objects.get_or_create(
            child=child, age=ADULT_AT, days_before=0, defaults={"told_at": now}
        )
        if is_new:
            came_of_age.send(Child, child=child, age=ADULT_AT)
        _end_guardianships(child, now)


def _end_guardianships(child: Child, now: datetime) -> None:
    """Write down that nobody is guardian of an adult, and make the account an ordinary one."""
    for guardianship in child.guardianships.filter(status=GuardianshipStatus.ACTIVE).select_related(
        "guardian", "child"
    ):
        end(guardianship, because=EndReason.CAME_OF_AGE, ended_by=None, now=now)
    account = child.account
    if account is not None and account.role == Role.TEEN:
        account.role = Role.FAMILY
        account.save(update_fields=["role"])
