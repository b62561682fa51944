"""What disputes hold about people: that a bank asked for a payment back, and what we wrote to it. The law keeps it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays
from marketplace.core.money import yuan_from_fen

from .models import Dispute


def _disputes(subject: Subject) -> "QuerySet[Dispute]":
    if subject.user is None:
        return Dispute.objects.none()
    return Dispute.objects.filter(attempt__intent__buyer=subject.user)


def _row(dispute: Dispute) -> dict[str, Any]:
    return {
        "at": dispute.opened_at,
        "amount": yuan_from_fen(dispute.amount_fen),
        "number": dispute.attempt.out_trade_no,
        "state": dispute.get_state_display(),
        "closed_at": dispute.closed_at,
        "evidence": dispute.evidence,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    names = {
        "at": _("时间"),
        "amount": _("金额（元）"),
        "number": _("交易号"),
        "state": _("状态"),
        "evidence": _("我们给银行的说明"),
    }
    rows = _disputes(subject).select_related("attempt").order_by("opened_at", "pk")
    return [Section("disputes", _("银行卡争议"), names, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [stays(_disputes(subject), record_class="payments", dated="opened_at", title=_("银行卡争议的金额和时间"))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for disputes."""
    register(
        SubjectData(
            key="disputes",
            title=_("银行卡争议"),
            covers=frozenset({"disputes.Dispute"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
