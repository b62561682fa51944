"""What asks hold about people: whom they asked to pay, what they wrote, and what a guardian decided."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.money import yuan_from_fen

from .enums import RequestState, Shown
from .models import GuardianDecision, PaymentRequest


def _asks(subject: Subject) -> "QuerySet[PaymentRequest]":
    return PaymentRequest.objects.filter(created_by=subject.user) if subject.user else PaymentRequest.objects.none()


def _decisions(subject: Subject) -> "QuerySet[GuardianDecision]":
    """About the young person's own payments; a guardian's copy does not tell what a child paid."""
    if subject.user is None:
        return GuardianDecision.objects.none()
    return GuardianDecision.objects.filter(intent__buyer=subject.user)


def _ask_row(ask: PaymentRequest) -> dict[str, Any]:
    return {
        "at": ask.created_at,
        "amount": yuan_from_fen(ask.intent.amount_fen),
        "message": ask.message,
        "shown": [Shown(each).label for each in ask.shown],
        "state": ask.get_state_display(),
    }


def _decision_row(decision: GuardianDecision) -> dict[str, Any]:
    return {
        "at": decision.decided_at,
        "amount": yuan_from_fen(decision.intent.amount_fen),
        "decision": decision.get_decision_display(),
        "outcome": decision.get_outcome_display(),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    asked = {
        "at": _("时间"),
        "amount": _("金额（元）"),
        "message": _("想说的话"),
        "shown": _("给对方看的"),
        "state": _("状态"),
    }
    decided = {"at": _("时间"), "amount": _("金额（元）"), "decision": _("决定"), "outcome": _("结果")}
    asks = list(_asks(subject).select_related("intent").order_by("created_at", "pk"))
    prefetch_keys(asks)
    decisions = _decisions(subject).select_related("intent").order_by("decided_at", "pk")
    return [
        Section("payment_requests", _("请人付款"), asked, [_ask_row(each) for each in asks]),
        Section("payment_decisions", _("监护人的决定"), decided, [_decision_row(each) for each in decisions]),
    ]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [
        # An open one ends with its order; what is over is of no use to anybody.
        goes(_("请人付款的请求、留言和链接"), _asks(subject).exclude(state=RequestState.ACTIVE)),
        stays(
            _asks(subject).filter(state=RequestState.ACTIVE),
            record_class="payment_requests",
            dated="created_at",
            title=_("还在等人付款的请求"),
        ),
        stays(_decisions(subject), record_class="payments", dated="decided_at", title=_("监护人对付款的决定")),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for asks."""
    register(
        SubjectData(
            key="payment_requests",
            title=_("请人付款"),
            covers=frozenset(
                {
                    "payment_requests.PaymentRequest",
                    "payment_requests.RequestEvent",
                    "payment_requests.GuardianDecision",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
