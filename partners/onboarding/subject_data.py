"""What onboarding holds about people: who applied and signed for an organisation. The papers stay as proof."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import Application


def _applications(subject: Subject) -> "QuerySet[Application]":
    if subject.user is None:
        return Application.objects.none()
    return Application.objects.filter(applicant=subject.user)


def _row(application: Application) -> dict[str, Any]:
    return {
        "at": application.created_at,
        "name": application.name,
        "state": application.get_state_display(),
        "signer": application.signer_name,
        "phone": application.signer_phone,
        "people": "、".join(person.name for person in application.people.all()),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    names = {
        "at": _("时间"),
        "name": _("机构全称"),
        "state": _("状态"),
        "signer": _("签署人姓名"),
        "phone": _("签署人手机号"),
        "people": _("人员"),
    }
    rows = [_row(each) for each in _applications(subject).prefetch_related("people").order_by("created_at", "pk")]
    return [Section("applications", _("你替机构提交的入驻申请"), names, rows)] if rows else []


def _removals(subject: Subject) -> list[Removal]:
    title = _("你替机构提交的入驻申请和材料")
    return [stays(_applications(subject), record_class="onboarding_documents", dated="saved_at", title=title)]


def register_subject_data() -> None:
    """Answer for onboarding."""
    names = "Application ApplicationVersion ApplicationEvent Person Paper Check Question AgreementText Agreement"
    register(
        SubjectData(
            key="onboarding",
            title=_("机构入驻"),
            covers=frozenset(f"onboarding.{name}" for name in names.split()),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))
