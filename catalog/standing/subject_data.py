"""What is held about people: which of us checked a licence."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import Licence


def _checked(subject: Subject) -> "QuerySet[Any]":
    if subject.user is None:
        return Licence.objects.none()
    return Licence.objects.filter(checked_by=subject.user).order_by("checked_at", "pk")


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    names = {"at": _("时间"), "partner": _("机构"), "kind": _("证照")}
    rows = [
        {"at": each.checked_at, "partner": each.partner.name, "kind": each.get_kind_display()}
        for each in _checked(subject).select_related("partner")
    ]
    return [Section("licences_checked", _("你核验过的证照"), names, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [stays(_checked(subject), record_class="standing", dated="checked_at", title=_("你核验过的证照"))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for standing."""
    register(
        SubjectData(
            key="standing",
            title=_("资质和行业监督"),
            covers=frozenset({"standing.Licence"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
