"""Money that contradicts our rows, on its way back in full. An attempt's own refunds cannot carry it: it was never captured."""

import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from marketplace.core.formatting import yuan_text
from marketplace.notifications.services import notify
from payments.books import locks
from payments.books.errors import NothingInSuspense, NotWaitingForPeople
from payments.books.models import Decision, SuspenseReturn
from payments.enums import RefundState
from payments.gateways.base import GatewayRefused, GatewayUnclear, RefundStatus, RefundTruth, RefundView
from payments.gateways.registry import gateway_for
from payments.locks import claim_due
from payments.models import PaymentAttempt
from payments.numbers import new_refund_number
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.services.by_hand import book_suspense_return, suspense_fen

logger = logging.getLogger(__name__)
_ON_ITS_WAY = (RefundState.REQUESTED, RefundState.SENT)


def open_suspense_return(decision: Decision, attempt: PaymentAttempt) -> SuspenseReturn:
    """Write down what goes back before anybody is asked, and send it after commit. Raises NothingInSuspense."""
    amount_fen = suspense_fen(attempt)
    if not amount_fen:
        raise NothingInSuspense
    back = SuspenseReturn.objects.create(
        decision=decision,
        gateway=attempt.gateway,
        out_trade_no=attempt.out_trade_no,
        out_refund_no=new_refund_number(),
        amount_fen=amount_fen,
        next_check_at=next_check_after(0, timezone.now()),
    )
    # Robust: the minute's task sends it too, so a broker that is away must not break the decision.
    transaction.on_commit(lambda: _send_soon(back.pk), robust=True)
    return back


def _send_soon(return_id: int) -> None:
    from payments.books.tasks import send_suspense_return_soon  # tasks stand above services

    send_suspense_return_soon.delay(return_id)


def return_due(*, limit: int = 50) -> int:
    """Send, or ask about, every return that is due; returns how many. Safe in many workers at once."""
    ids = claim_due(SuspenseReturn.objects.filter(state__in=_ON_ITS_WAY), now=timezone.now(), limit=limit)
    for pk in ids:
        try:
            send_suspense_return(return_id=pk)
        except Exception:
            # One broken row must not keep the others waiting; its next look is already set.
            logger.exception("Returning suspense money %s failed", pk)
    return len(ids)


def send_suspense_return(*, return_id: int) -> RefundState:
    """Send a return, or learn how a sent one stands; repeats move no more money. Call it outside transactions."""
    back = SuspenseReturn.objects.get(pk=return_id)
    sent_before = back.state == RefundState.SENT
    now = timezone.now()
    moved = SuspenseReturn.objects.filter(pk=return_id, state__in=_ON_ITS_WAY).update(
        state=RefundState.SENT, sent_at=back.sent_at or now
    )
    if not moved:
        return RefundState(back.state)
    try:
        truth = _ask_about(back, sent_before=sent_before)
    except GatewayUnclear:
        return RefundState.SENT
    except GatewayRefused:
        return _hand_to_people(return_id)
    if truth.status == RefundStatus.FAILED:
        return _hand_to_people(return_id)
    if truth.status == RefundStatus.SUCCEEDED:
        return _finish(return_id)
    return RefundState.SENT


def _ask_about(back: SuspenseReturn, *, sent_before: bool) -> RefundTruth:
    gateway = gateway_for(back.gateway)
    attempt = PaymentAttempt.objects.get(out_trade_no=back.out_trade_no)
    incident = attempt.incidents.exclude(details__provider_ref="").order_by("pk").first()
    view = RefundView(
        out_trade_no=back.out_trade_no,
        out_refund_no=back.out_refund_no,
        amount_fen=back.amount_fen,
        captured_fen=back.amount_fen,
        reason="退款",
        handle=attempt.handle,
        provider_ref=(incident.details.get("provider_ref") or "") if incident else "",
        notify_url=settings.PUBLIC_BASE_URL + reverse("payments:notify", args=[back.gateway]),
    )
    if sent_before:
        truth = ask(gateway.query_refund, view)
        if truth.status != RefundStatus.NOT_FOUND:
            return truth
    return ask(gateway.refund, view)


@transaction.atomic(durable=True)
def _finish(return_id: int) -> RefundState:
    back = locks.locked_return(return_id)
    if back.state == RefundState.SUCCEEDED:
        return RefundState.SUCCEEDED
    back.state, back.finished_at, back.next_check_at = RefundState.SUCCEEDED, timezone.now(), None
    back.save(update_fields=["state", "finished_at", "next_check_at"])
    decided_by_id = back.decision.decided_by_id
    assert decided_by_id is not None  # the database says so of a confirmed decision
    attempt = PaymentAttempt.objects.select_related("payer", "intent__buyer").get(out_trade_no=back.out_trade_no)
    book_suspense_return(attempt_id=attempt.pk, number=back.out_refund_no, decided_by_id=decided_by_id)
    _tell_payer(back, attempt)
    return RefundState.SUCCEEDED


def _tell_payer(back: SuspenseReturn, attempt: PaymentAttempt) -> None:
    """Whoever paid was told that people look at it, and that they would hear."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("核对好了")
        body = _("有一笔付款的金额对不上，收到的 {sum} 已经全部原路退回。需要的话，可以重新付款。")
    notify(
        key=f"suspense-return:{back.out_refund_no}",
        recipient=attempt.payer or attempt.intent.buyer,
        subject=subject,
        body=body.format(sum=yuan_text(back.amount_fen)),
    )


def _hand_to_people(return_id: int) -> RefundState:
    SuspenseReturn.objects.filter(pk=return_id, state=RefundState.SENT).update(
        state=RefundState.NEEDS_MANUAL, next_check_at=None
    )
    return RefundState.NEEDS_MANUAL


def retry_suspense_return(*, return_id: int) -> RefundState:
    """Send one that the company refused once more, under the number it has. Raises NotWaitingForPeople."""
    moved = SuspenseReturn.objects.filter(pk=return_id, state=RefundState.NEEDS_MANUAL).update(
        state=RefundState.SENT, next_check_at=timezone.now()
    )
    if not moved:
        raise NotWaitingForPeople
    return send_suspense_return(return_id=return_id)
