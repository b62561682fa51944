"""What payments hold about people: what was owed, paid and given back. The law keeps it; nobody's name stands in it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays
from marketplace.core.money import yuan_from_fen

from .enums import Method
from .models import PaymentAttempt, PaymentIntent, ProviderEvent, Refund


def _intents(subject: Subject) -> "QuerySet[PaymentIntent]":
    return PaymentIntent.objects.filter(buyer=subject.user) if subject.user else PaymentIntent.objects.none()


def _attempt_row(attempt: PaymentAttempt) -> dict[str, Any]:
    return {
        "at": attempt.created_at,
        "paid_at": attempt.paid_at,
        "amount": yuan_from_fen(attempt.amount_fen),
        "gateway": attempt.gateway,
        "method": Method(attempt.method).label,
        "number": attempt.out_trade_no,
        "provider_ref": attempt.provider_ref,
        "state": attempt.get_state_display(),
    }


def _refund_row(refund: Refund) -> dict[str, Any]:
    return {
        "at": refund.requested_at,
        "amount": yuan_from_fen(refund.amount_fen),
        "number": refund.out_refund_no,
        "reason": refund.get_reason_display(),
        "state": refund.get_state_display(),
        "finished_at": refund.finished_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    paid = {
        "at": _("时间"),
        "amount": _("金额（元）"),
        "gateway": _("支付机构"),
        "method": _("方式"),
        "number": _("交易号"),
        "state": _("状态"),
    }
    back = {
        "at": _("时间"),
        "amount": _("金额（元）"),
        "reason": _("原因"),
        "number": _("退款号"),
        "state": _("状态"),
    }
    attempts = PaymentAttempt.objects.filter(intent__in=_intents(subject)).order_by("created_at", "pk")
    refunds = Refund.objects.filter(attempt__intent__in=_intents(subject)).order_by("requested_at", "pk")
    return [
        Section("payments", _("付款"), paid, [_attempt_row(each) for each in attempts]),
        Section("refunds", _("退款"), back, [_refund_row(each) for each in refunds]),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    attempts = PaymentAttempt.objects.filter(intent__in=_intents(subject))
    events = ProviderEvent.objects.filter(out_trade_no__in=attempts.values("out_trade_no"))
    refunds = Refund.objects.filter(attempt__in=attempts)
    return [
        stays(attempts, record_class="payments", dated="created_at", title=_("付款的金额、时间和交易号")),
        stays(refunds, record_class="payments", dated="requested_at", title=_("退款的金额、时间和退款号")),
        stays(events, record_class="payments", dated="received_at", title=_("支付机构的通知原文")),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for payments."""
    register(
        SubjectData(
            key="payments",
            title=_("付款"),
            covers=frozenset(
                {
                    "payments.PaymentIntent",
                    "payments.PaymentAttempt",
                    "payments.ProviderEvent",
                    "payments.Refund",
                    "payments.PaymentIncident",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
