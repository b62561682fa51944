"""Changing where a partner's money goes: asked for, confirmed by a second person, and a day in which it can be stopped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments.settlement import locks
from payments.settlement.enums import Channel
from payments.settlement.errors import AccountChangeOpen, AccountChangeOver, SecondPersonNeeded
from payments.settlement.models import PayoutAccount
from payments.settlement.rules import ACCOUNT_WAIT
from payments.settlement.selectors import account_under_change
from payments.settlement.services import telling


@dataclass(frozen=True)
class AccountDetails:
    """An account as its owner writes it down."""

    channel: Channel
    holder: str
    number: str
    bank: str = ""


@transaction.atomic(durable=True)
def ask_account_change(
    *, payee: UUID, details: AccountDetails, asked_by: User, now: datetime | None = None
) -> PayoutAccount:
    """Ask for another account; everybody who manages the partner is told. Raises AccountChangeOpen."""
    now = now or timezone.now()
    locks.locked_payee(payee)
    if account_under_change(payee, now):
        raise AccountChangeOpen
    try:
        account = PayoutAccount.objects.create(
            payee=payee,
            channel=details.channel,
            holder=details.holder.strip(),
            number=details.number.strip(),
            bank=details.bank.strip(),
            asked_by=asked_by,
            asked_at=now,
        )
    except IntegrityError as error:
        raise AccountChangeOpen from error
    telling.tell_account_asked(account)
    return account


@transaction.atomic(durable=True)
def confirm_account_change(*, account: PayoutAccount, confirmed_by: User, now: datetime | None = None) -> PayoutAccount:
    """Confirm a change as a second person who has checked it with the partner; it counts a day later.

    Raises: AccountChangeOver, SecondPersonNeeded.
    """
    now = now or timezone.now()
    account = locks.locked_account(pk=account.pk)
    if account.stopped_at or account.confirmed_at:
        raise AccountChangeOver
    if account.asked_by_id == confirmed_by.pk:
        raise SecondPersonNeeded
    account.confirmed_by, account.confirmed_at, account.effective_at = confirmed_by, now, now + ACCOUNT_WAIT
    account.save(update_fields=["confirmed_by", "confirmed_at", "effective_at"])
    telling.tell_account_confirmed(account)
    return account


@transaction.atomic(durable=True)
def stop_account_change(*, account: PayoutAccount, now: datetime | None = None) -> PayoutAccount:
    """Stop a change that does not count yet: anybody who manages the partner may, and our finance people.

    Raises: AccountChangeOver.
    """
    now = now or timezone.now()
    account = locks.locked_account(pk=account.pk)
    if account.stopped_at or (account.effective_at and account.effective_at <= now):
        raise AccountChangeOver
    account.stopped_at = now
    account.save(update_fields=["stopped_at"])
    telling.tell_account_stopped(account)
    return account
