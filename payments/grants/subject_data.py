"""What grants hold about people: what somebody asked for in a community's name, and why. The books keep it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays
from marketplace.core.money import yuan_from_fen

from .models import SpendRequest


def _requests(subject: Subject) -> "QuerySet[SpendRequest]":
    if subject.user is None:
        return SpendRequest.objects.none()
    return SpendRequest.objects.filter(asked_by=subject.user)


def _row(request: SpendRequest) -> dict[str, Any]:
    return {
        "at": request.asked_at,
        "amount": yuan_from_fen(request.amount_fen),
        "purpose": request.purpose,
        "state": request.get_state_display(),
        "answer": request.answer,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    names = {
        "at": _("时间"),
        "amount": _("金额（元）"),
        "purpose": _("用途"),
        "state": _("状态"),
        "answer": _("答复"),
    }
    rows = [_row(each) for each in _requests(subject).order_by("asked_at", "pk")]
    return [Section("spend_requests", _("你替社区提交的用款申请"), names, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    title = _("你替社区提交的用款申请和凭证")
    return [stays(_requests(subject), record_class="settlements", dated="asked_at", title=title)]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for grants."""
    register(
        SubjectData(
            key="grants",
            title=_("社区活动资金"),
            covers=frozenset({"grants.Fund", "grants.Allocation", "grants.SpendRequest"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
