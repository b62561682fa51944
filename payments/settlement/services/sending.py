"""Sending a payout, and asking what became of it. Unclear is never a no: it stays sent and is asked again."""

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from payments import locks as payment_locks
from payments.gateways.accounting import PayingOutGateway, PayoutStatus, PayoutTruth, PayoutView
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.registry import enabled_codes, gateway_for
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.services import Account, post, reverse
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.settlement import locks
from payments.settlement.enums import Channel, PayoutState
from payments.settlement.errors import PayoutChannelClosed, PayoutMoved, SecondPersonNeeded
from payments.settlement.models import Payout
from payments.settlement.rules import RETURN_WINDOW
from payments.settlement.services import telling
from payments.settlement.services.payouts import refuse_unless_owed
from payments.settlement.states import move_payout

IN_FLIGHT = Account(AccountKind.PAYOUTS)
ASKED = (PayoutState.SENT, PayoutState.PAID)
#: An arrived payout is looked at again after this long, then every hour while it may come back.
FIRST_LOOK_AFTER = timedelta(hours=1)


def send_payout(*, payout: Payout, sent_by: User, now: datetime | None = None) -> PayoutState:
    """Send an approved payout and return how far it came; call it outside transactions.

    It is marked sent, and booked, before the company hears of it: a crash costs a look, never a second payment.

    Raises: PayoutMoved, PayoutChannelClosed, NoPayoutAccount, PayoutTooMuch.
    """
    if payout.account.channel == Channel.ALIPAY and _gateway() is None:
        raise PayoutChannelClosed
    _mark_sent(payout, sent_by, now or timezone.now())
    if payout.account.channel == Channel.BANK:
        return PayoutState.SENT
    return check_payout(payout_id=payout.pk, sent_before=False)


def check_payout(*, payout_id: int, sent_before: bool = True) -> PayoutState:
    """Ask the company what became of a sent payout, and send it (again, under the same number) if it knows of none.

    One that arrived is asked about for some days more: an account may not take it, and it comes back.
    """
    payout = Payout.objects.select_related("account").get(pk=payout_id)
    gateway = _gateway()
    if payout.state not in ASKED or payout.account.channel != Channel.ALIPAY or gateway is None:
        return PayoutState(payout.state)
    try:
        truth = _truth(gateway, payout, sent_before=sent_before)
    except GatewayUnclear:
        return PayoutState(payout.state)
    except GatewayRefused as refusal:
        return _finish(payout, PayoutTruth(PayoutStatus.FAILED, reason=refusal.code))
    return _finish(payout, truth)


def check_due_payouts(*, now: datetime | None = None, limit: int = 50) -> int:
    """Ask about every sent payout that is due; return how many were looked at."""
    due = payment_locks.claim_due(Payout.objects.filter(state__in=ASKED), now=now or timezone.now(), limit=limit)
    for payout_id in due:
        check_payout(payout_id=payout_id)
    return len(due)


def record_bank_transfer(*, payout: Payout, arrived: bool, reference: str, recorded_by: User) -> PayoutState:
    """Note what the bank says of a transfer made by hand; whoever sent it does not also confirm it.

    Raises: PayoutMoved, SecondPersonNeeded.
    """
    payout = Payout.objects.select_related("account").get(pk=payout.pk)
    if payout.state != PayoutState.SENT or payout.account.channel != Channel.BANK:
        raise PayoutMoved
    if payout.sent_by_id == recorded_by.pk:
        raise SecondPersonNeeded
    status = PayoutStatus.SUCCEEDED if arrived else PayoutStatus.FAILED
    return _finish(payout, PayoutTruth(status, provider_ref=reference, reason="" if arrived else "BANK_RETURNED"))


def _gateway() -> PayingOutGateway | None:
    code = settings.PAYOUT_GATEWAY
    if code not in enabled_codes():
        return None
    return cast(PayingOutGateway, gateway_for(code))


@transaction.atomic(durable=True)
def _mark_sent(payout: Payout, sent_by: User, now: datetime) -> None:
    locks.locked_payee(payout.payee)
    payout = locks.locked_payout(payout.pk)
    if payout.state != PayoutState.APPROVED:
        raise PayoutMoved
    refuse_unless_owed(payout, now)
    is_asked = payout.account.channel == Channel.ALIPAY
    due = next_check_after(0, now) if is_asked else None
    move_payout(payout.pk, PayoutState.SENT, sent_by=sent_by, sent_at=now, next_check_at=due, check_count=0)
    partner = Account(AccountKind.PARTNER, str(payout.payee))
    post(
        key=_sent_key(payout),
        kind=EntryKind.PAYOUT,
        occurred_at=now,
        decided_by_id=payout.approved_by_id,
        legs=[(partner, payout.amount_fen), (IN_FLIGHT, -payout.amount_fen)],
    )


def _sent_key(payout: Payout) -> str:
    return f"payout:{payout.out_payout_no}:sent"


def _paid_key(payout: Payout) -> str:
    return f"payout:{payout.out_payout_no}:paid"


def _truth(gateway: PayingOutGateway, payout: Payout, *, sent_before: bool) -> PayoutTruth:
    if sent_before:
        try:
            truth = ask(gateway.query_payout, payout.out_payout_no)
        except GatewayRefused as refusal:  # a question that is not answered says nothing about the money
            raise GatewayUnclear from refusal
        if truth.status != PayoutStatus.NOT_FOUND or payout.state == PayoutState.PAID:
            return truth
    view = PayoutView(
        out_payout_no=payout.out_payout_no,
        amount_fen=payout.amount_fen,
        account=payout.account.number,
        name=payout.account.holder,
        subject=_("平台结算款"),
    )
    return ask(gateway.send_payout, view)


@transaction.atomic(durable=True)
def _finish(payout: Payout, truth: PayoutTruth) -> PayoutState:
    """Book a definite answer, once; anything else leaves it as it is."""
    locks.locked_payee(payout.payee)
    stands = PayoutState(locks.locked_payout(payout.pk).state)
    if truth.status == PayoutStatus.SUCCEEDED and stands == PayoutState.SENT:
        _move(payout, PayoutState.PAID, truth)
        _book_paid(payout)
        telling.tell_paid_out(payout)
        return PayoutState.PAID
    if truth.status == PayoutStatus.FAILED and stands in ASKED:
        _move(payout, PayoutState.FAILED, truth)
        for entry in JournalEntry.objects.filter(key__in=[_sent_key(payout), _paid_key(payout)]).order_by("-pk"):
            reverse(entry=entry)
        telling.tell_payout_failed(payout)
        return PayoutState.FAILED
    if stands == PayoutState.PAID and payout.finished_at and timezone.now() > payout.finished_at + RETURN_WINDOW:
        Payout.objects.filter(pk=payout.pk).update(next_check_at=None)
    return stands


def _move(payout: Payout, to: PayoutState, truth: PayoutTruth) -> None:
    now = timezone.now()
    is_asked = to == PayoutState.PAID and payout.account.channel == Channel.ALIPAY
    move_payout(
        payout.pk,
        to,
        finished_at=now,
        next_check_at=now + FIRST_LOOK_AFTER if is_asked else None,
        provider_ref=truth.provider_ref or payout.provider_ref,
        failure_code=truth.reason[:64],
    )


def _book_paid(payout: Payout) -> None:
    left_from = Account(AccountKind.BANK)
    if payout.account.channel == Channel.ALIPAY:
        left_from = Account(AccountKind.CLEARING, settings.PAYOUT_GATEWAY)
    post(
        key=_paid_key(payout),
        kind=EntryKind.PAYOUT,
        legs=[(IN_FLIGHT, payout.amount_fen), (left_from, -payout.amount_fen)],
    )
