"""What is held about people: what they checked, decided, wrote and answered for their organisations."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import (
    Assessment,
    BlacklistEntry,
    Explainer,
    Licence,
    StandardsSay,
    StandardsVersion,
    Training,
    Withholding,
)


def _checked(subject: Subject) -> "QuerySet[Any]":
    return Licence.objects.filter(checked_by=subject.user).order_by("checked_at", "pk")


def _decided(subject: Subject) -> "QuerySet[Any]":
    had_a_hand = Q(decided_by=subject.user) | Q(lifted_by=subject.user)
    had_a_hand |= Q(appealed_by=subject.user) | Q(answered_by=subject.user)
    return Withholding.objects.filter(had_a_hand).order_by("began_at", "pk")


def _listed(subject: Subject) -> "QuerySet[Any]":
    return BlacklistEntry.objects.filter(noted_by=subject.user).order_by("noted_at", "pk")


def _worked(subject: Subject) -> "list[tuple[QuerySet[Any], str, Any]]":
    """What somebody signed, held, said or explained for an organisation: rows, the field of their time, what it is."""
    who = subject.user
    return [
        (Assessment.objects.filter(signed_by=who), "signed_at", _("你签过的评估")),
        (Training.objects.filter(noted_by=who), "noted_at", _("你登记的培训")),
        (StandardsSay.objects.filter(said_by=who), "said_at", _("你写的标准意见")),
        (StandardsVersion.objects.filter(published_by=who), "published_at", _("你发布的标准")),
        (Explainer.objects.filter(explained_by=who), "explained_at", _("你放上的讲解视频")),
    ]


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    checked = [
        {"at": each.checked_at, "partner": each.partner.name, "kind": each.get_kind_display()}
        for each in _checked(subject).select_related("partner")
    ]
    decided = [
        {"at": each.began_at, "kind": each.get_kind_display(), "about": str(each.target), "reasons": each.reasons}
        for each in _decided(subject).select_related("product", "provider", "partner")
    ]
    listed = [{"at": each.noted_at, "name": each.name, "reasons": each.reasons} for each in _listed(subject)]
    at, why = _("时间"), _("理由")
    return [
        Section("licences_checked", _("你核验过的证照"), {"at": at, "partner": _("机构"), "kind": _("证照")}, checked),
        Section(
            "decisions",
            _("你参与过的行业决定"),
            {"at": at, "kind": _("类型"), "about": _("对谁"), "reasons": why},
            decided,
        ),
        Section("blacklisted", _("你填写的黑名单"), {"at": at, "name": _("名称"), "reasons": why}, listed),
        *(
            Section(
                rows.model._meta.model_name or "",
                title,
                {"at": at, "what": _("内容")},
                [{"at": getattr(each, when), "what": str(each)} for each in rows.order_by("pk")],
            )
            for rows, when, title in _worked(subject)
        ),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [
        stays(_checked(subject), record_class="standing", dated="checked_at", title=_("你核验过的证照")),
        stays(_decided(subject), record_class="standing", dated="began_at", title=_("你参与过的行业决定")),
        stays(_listed(subject), record_class="standing", dated="noted_at", title=_("你填写的黑名单")),
        *(stays(rows, record_class="standing", dated=when, title=title) for rows, when, title in _worked(subject)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for standing."""
    register(
        SubjectData(
            key="standing",
            title=_("资质和行业监督"),
            covers=frozenset(
                f"standing.{name}"
                for name in (
                    "Licence",
                    "Withholding",
                    "BlacklistEntry",
                    "Assessment",
                    "Training",
                    "StandardsSay",
                    "StandardsVersion",
                    "Explainer",
                )
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
