"""Payouts until they leave: drafted by one person, approved by another, never more than is owed."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments.settlement import locks
from payments.settlement.enums import LIVE_PAYOUT_STATES, PayoutState
from payments.settlement.errors import (
    NoPayoutAccount,
    NothingToPayOut,
    PayoutMoved,
    PayoutTooMuch,
    PayoutUnderWay,
    SecondPersonNeeded,
)
from payments.settlement.models import Payout
from payments.settlement.rules import MINIMUM_PAYOUT_FEN, can_retry
from payments.settlement.selectors import account_in_force, payable_now_fen
from payments.settlement.states import move_payout


@transaction.atomic(durable=True)
def draft_payout(*, payee: UUID, drafted_by: User | None, now: datetime | None = None) -> Payout:
    """Draft a payout of everything payable now; the monthly job only proposes one (`drafted_by` None).

    Raises: NothingToPayOut, NoPayoutAccount, PayoutUnderWay.
    """
    locks.locked_payee(payee)
    return _drafted(payee, drafted_by, now or timezone.now())


@transaction.atomic(durable=True)
def take_up_payout(*, payout: Payout, drafted_by: User) -> Payout:
    """Stand for a payout the monthly job proposed, as its first person. Raises PayoutMoved."""
    free = Payout.objects.filter(pk=payout.pk, state=PayoutState.DRAFT, drafted_by=None)
    if not free.update(drafted_by=drafted_by):
        raise PayoutMoved
    return Payout.objects.get(pk=payout.pk)


@transaction.atomic(durable=True)
def approve_payout(*, payout: Payout, approved_by: User, now: datetime | None = None) -> Payout:
    """Approve a draft as its second person, if that much is still owed and the account still counts.

    Raises: PayoutMoved, SecondPersonNeeded, NoPayoutAccount, PayoutTooMuch.
    """
    now = now or timezone.now()
    locks.locked_payee(payout.payee)
    payout = locks.locked_payout(payout.pk)
    if payout.state != PayoutState.DRAFT:
        raise PayoutMoved
    if payout.drafted_by_id in (None, approved_by.pk):
        raise SecondPersonNeeded
    refuse_unless_owed(payout, now)
    move_payout(payout.pk, PayoutState.APPROVED, approved_by=approved_by, approved_at=now)
    payout.refresh_from_db()
    return payout


@transaction.atomic(durable=True)
def withdraw_payout(*, payout: Payout, now: datetime | None = None) -> Payout:
    """Take back a payout that has not been sent; what it held is owed as before. Raises PayoutMoved."""
    if not move_payout(payout.pk, PayoutState.WITHDRAWN, finished_at=now or timezone.now()):
        raise PayoutMoved
    return Payout.objects.get(pk=payout.pk)


@transaction.atomic(durable=True)
def retry_payout(*, payout: Payout, drafted_by: User, now: datetime | None = None) -> Payout:
    """Start anew after a definite no: a draft of its own, with a number of its own, of what is payable now.

    Raises: PayoutMoved (it did not fail, or was followed up), NothingToPayOut, NoPayoutAccount, PayoutUnderWay.
    """
    locks.locked_payee(payout.payee)
    failed = locks.locked_payout(payout.pk)
    if not can_retry(failed):
        raise PayoutMoved
    return _drafted(failed.payee, drafted_by, now or timezone.now(), retries=failed)


def refuse_unless_owed(payout: Payout, now: datetime) -> None:
    """Refuse a payout, its payee locked, whose account no longer counts or of which less is owed by now.

    Raises: NoPayoutAccount, PayoutTooMuch.
    """
    account = account_in_force(payout.payee, now)
    if account is None or account.pk != payout.account_id:
        raise NoPayoutAccount
    # The payout itself counts as paid in what is payable: below zero, others' claims have grown since.
    if payable_now_fen(payout.payee) < 0:
        raise PayoutTooMuch


def _drafted(payee: UUID, drafted_by: User | None, now: datetime, retries: Payout | None = None) -> Payout:
    if Payout.objects.filter(payee=payee, state__in=LIVE_PAYOUT_STATES).exists():
        raise PayoutUnderWay
    amount = payable_now_fen(payee)
    if amount < MINIMUM_PAYOUT_FEN:
        raise NothingToPayOut
    account = account_in_force(payee, now)
    if account is None:
        raise NoPayoutAccount
    try:
        with transaction.atomic():
            return Payout.objects.create(
                payee=payee,
                account=account,
                amount_fen=amount,
                out_payout_no=f"T{timezone.localtime(now):%Y%m%d%H%M%S}{secrets.token_hex(8)}",
                drafted_by=drafted_by,
                drafted_at=now,
                retries=retries,
            )
    except IntegrityError as error:
        raise PayoutUnderWay from error
