"""What is held about people whose sessions had to be led on."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import Rerouting


def _rows(subject: Subject) -> "QuerySet[Any]":
    mine = Q(booking__child=subject.child) if subject.child else Q(pk__in=[])
    if subject.user:
        mine |= Q(booking__booked_by=subject.user)
    return Rerouting.objects.filter(mine).order_by("told_at", "pk")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    names = {"told_at": _("时间"), "starts_at": _("原来的时间"), "outcome": _("怎么安排的")}
    rows = [
        {"told_at": each.told_at, "starts_at": each.booking.starts_at, "outcome": each.get_outcome_display()}
        for each in _rows(subject).select_related("booking")
    ]
    return [Section("reroutings", _("另行安排过的预约"), names, rows)]


def _removals(subject: Subject) -> list[Removal]:
    return [stays(_rows(subject), record_class="bookings", dated="told_at", title=_("另行安排过的预约"))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for sessions that were led on."""
    register(
        SubjectData(
            key="rerouting",
            title=_("另行安排过的预约"),
            covers=frozenset({"rerouting.Rerouting"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
