"""What is held about families who had something brought, and about who brought it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stripped

from .models import DeliveryTask


def _visits(subject: Subject) -> "QuerySet[DeliveryTask]":
    if subject.user is None:
        return DeliveryTask.objects.none()
    return DeliveryTask.objects.filter(asked_by=subject.user).order_by("asked_at", "pk")


def _row(task: DeliveryTask) -> dict[str, Any]:
    return {
        "visit_on": task.visit_on,
        "day_part": task.get_day_part_display(),
        "language": task.get_language_display(),
        "organisation": task.community.name,
        "state": task.get_state_display(),
        "code": task.code,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "visit_on": _("哪一天"),
        "day_part": _("什么时候"),
        "language": _("说什么话"),
        "organisation": _("社区"),
        "state": _("状态"),
        "code": _("交接码"),
    }
    rows = [_row(each) for each in _visits(subject).select_related("community")]
    return [Section("deliveries", _("社区送货上门"), columns, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    brought = DeliveryTask.objects.filter(worker=subject.user)
    return [
        goes(_("社区送货上门"), _visits(subject)),
        stripped(_("你送过的包裹上的名字"), brought, worker=None),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for visits."""
    register(
        SubjectData(
            key="deliveries",
            title=_("社区送货上门"),
            covers=frozenset({"delivery.DeliveryTask", "delivery.DeliveryOffer"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
