"""Reads of the record of looks for the people it is about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.consent.models import SafetyOverride
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.families.models import Child
from marketplace.families.selectors import children_of, young_profile_of

from .rules import NOT_FOR_GUARDIANS, may_guardian_read, not_yet_to_be_told


@dataclass(frozen=True)
class Person:
    """Somebody whose record the viewer may choose.

    `key` is a child's public id, or "" for the viewer. `is_open`: the viewer may read it; a child of 14 or more decides
    alone. `own_ids` are the accounts whose looks are no foreign ones: the viewer's and the young person's.
    """

    key: str
    name: str
    is_self: bool
    is_open: bool
    subject_ids: tuple[UUID, ...]
    own_ids: tuple[UUID, ...]
    profile_id: int | None = None


@dataclass(frozen=True)
class Wish:
    """What part of a record to show: since when, by whom (a label), only what was refused, own looks too."""

    days: int | None = None
    actor_label: str | None = None
    is_refused_only: bool = False
    has_own: bool = False


def people_of(viewer: Any, *, today: date | None = None) -> list[Person]:
    """The viewer, then the children they care for, in the order they were added. Two queries."""
    today = today or timezone.localdate()
    own = young_profile_of(viewer)
    subject_ids = (own.public_id, viewer.public_id) if own else (viewer.public_id,)
    me = Person("", _("我"), True, True, subject_ids, (viewer.public_id,), own.pk if own else None)
    children: Any = children_of(viewer).select_related("account")  # with `scope`
    return [me, *(_child(viewer, child, may_guardian_read(child, child.scope, today)) for child in children)]


def _child(viewer: Any, child: Child, is_open: bool) -> Person:
    accounts = (child.account.public_id,) if child.account else ()
    own_ids = (viewer.public_id, *accounts)
    return Person(str(child.public_id), child.nickname, False, is_open, (child.public_id,), own_ids, child.pk)


def looks_at(person: Person, wish: Wish, *, now: datetime | None = None) -> QuerySet[AuditEvent]:
    """Looks at a person's data that may be shown to the viewer, the latest first; none where the record is closed."""
    if not person.is_open:
        return AuditEvent.objects.none()
    looks = AuditEvent.objects.filter(subject_id__in=person.subject_ids).exclude(_withheld(person))
    if not wish.has_own:
        # `actor_id` may be null (the site itself); a plain exclude would lose those rows.
        looks = looks.filter(Q(actor_id=None) | ~Q(actor_id__in=person.own_ids))
    if wish.days:
        looks = looks.filter(recorded_at__gte=(now or timezone.now()) - timedelta(days=wish.days))
    if wish.actor_label is not None:
        looks = looks.filter(actor_label=wish.actor_label)
    if wish.is_refused_only:
        looks = looks.filter(outcome=Outcome.REFUSED)
    return looks.order_by("-recorded_at", "-id")


def actor_labels(person: Person) -> list[str]:
    """Everybody who looked, by label, for the filter."""
    looks = looks_at(person, Wish()).order_by("actor_label")
    return list(looks.values_list("actor_label", flat=True).distinct())


def _withheld(person: Person) -> Q:
    if not person.is_self:
        return NOT_FOR_GUARDIANS
    if person.profile_id is None:
        return Q(pk=None)
    silent = SafetyOverride.objects.filter(
        child_id=person.profile_id, is_telling_dangerous=True, told_at=None, refused_at=None
    )
    return not_yet_to_be_told(silent.only("opened_at", "expires_at", "reviewed_at"))
