"""What we can tell a bank about a payment: that it was delivered, in words that say nothing of what it was."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core.money import yuan_from_fen
from payments.enums import RefundState
from payments.models import PaymentAttempt
from payments.payables import payable_for
from payments.selectors import refunds_of

#: The id of a payable -> sentences about when it was delivered or used. Never a title, a name or a reason.
Proof = Callable[[int], Sequence[str]]

_proofs: dict[str, Proof] = {}


def register_proof(payable_kind: str, proof: Proof) -> None:
    """Let a package above say when what it sold was delivered."""
    _proofs[payable_kind] = proof


def drafted_evidence(attempt: PaymentAttempt) -> str:
    """A first text for the bank, made of our rows; staff read it and may change it before it is sent."""
    intent = attempt.intent
    with translation.override(settings.LANGUAGE_CODE):
        words = payable_for(intent.payable_kind).describe(intent.payable_id)
        lines = [
            _("订单号：{number}").format(number=words.order_number),
            _("内容：{subject}").format(subject=words.subject),
            _("金额：人民币 {yuan} 元").format(yuan=yuan_from_fen(attempt.amount_fen)),
        ]
        if attempt.paid_at:
            lines.append(_("付款时间：{when}，持卡人在发卡银行认可的付款页上完成").format(when=_when(attempt.paid_at)))
        proof = _proofs.get(intent.payable_kind)
        lines += proof(intent.payable_id) if proof else []
        lines += [
            _("{when} 已退款人民币 {yuan} 元").format(
                when=_when(refund.finished_at), yuan=yuan_from_fen(refund.amount_fen)
            )
            for refund in refunds_of(intent.pk).filter(attempt=attempt, state=RefundState.SUCCEEDED)
        ]
        if words.refund_note:
            lines.append(_("付款前说明的退款规则：{note}").format(note=words.refund_note))
    return "\n".join(str(line) for line in lines)


def _when(moment: object) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d H:i")  # type: ignore[arg-type]
