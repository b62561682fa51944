"""Writes of fapiao: asked for, changed, issued, undone; each follows the money that stays with us."""

import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.encryption.sealed import ERASED
from payments import locks as payment_locks
from payments.fapiao import locks, rules, selectors, telling
from payments.fapiao.enums import FailReason, FapiaoState, TitleKind
from payments.fapiao.errors import (
    FapiaoAlreadyAsked,
    FapiaoMovedOn,
    FapiaoNumberTaken,
    NothingToInvoice,
    NotYourPayment,
    ParticularsErased,
)
from payments.fapiao.issuing import Papers, issuer
from payments.fapiao.models import FapiaoRequest
from payments.models import PaymentAttempt, PaymentIntent

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Title:
    """Whom a fapiao names and where it is sent, already checked by the form."""

    kind: TitleKind
    buyer_name: str
    tax_number: str
    email: str

    def put_on(self, fapiao: FapiaoRequest) -> None:
        """Write it on a request; a person has no tax number."""
        fapiao.title_kind, fapiao.buyer_name, fapiao.email = self.kind, self.buyer_name, self.email
        fapiao.tax_number = self.tax_number if self.kind == TitleKind.COMPANY else ""


@transaction.atomic(durable=True)
def ask_fapiao(*, intent: PaymentIntent, asked_by: User, title: Title) -> FapiaoRequest:
    """Ask for a fapiao on what stays of a payment.

    Raises NotYourPayment, NothingToInvoice, FapiaoAlreadyAsked.
    """
    if not rules.may_ask(asked_by, intent):
        raise NotYourPayment
    attempt = _locked_money(intent.pk)
    if locks.locked_live_of(intent.pk) is not None:
        raise FapiaoAlreadyAsked
    fapiao = FapiaoRequest(intent=intent, asked_by=asked_by, amount_fen=_amount_of(attempt))
    title.put_on(fapiao)
    fapiao.save()
    _hand_over(fapiao)
    return fapiao


@transaction.atomic(durable=True)
def change_fapiao(*, fapiao: FapiaoRequest, changed_by: User, title: Title) -> FapiaoRequest:
    """Name somebody else or send it elsewhere, as long as it is not issued. Raises NotYourPayment, FapiaoMovedOn."""
    if not rules.may_see(changed_by, fapiao):
        raise NotYourPayment
    locked = locks.locked_fapiao(fapiao.pk)
    if locked.state != FapiaoState.REQUESTED:
        raise FapiaoMovedOn
    title.put_on(locked)
    locked.save(update_fields=["title_kind", "buyer_name", "tax_number", "email"])
    return locked


@transaction.atomic(durable=True)
def issue_fapiao(*, fapiao: FapiaoRequest, number: str, shown_fen: int, issued_by: User | None) -> FapiaoRequest:
    """Note that it was issued under a number on `shown_fen`, which must be what stays of the payment this moment.

    Raises FapiaoMovedOn, ParticularsErased, FapiaoNumberTaken.
    """
    attempt = _locked_money(fapiao.intent_id)
    locked = locks.locked_fapiao(fapiao.pk)
    if locked.state != FapiaoState.REQUESTED or shown_fen != rules.invoiced_fen(attempt):
        raise FapiaoMovedOn
    if locked.buyer_name is ERASED:
        raise ParticularsErased
    locked.amount_fen = shown_fen
    locked.state, locked.number, locked.issued_at = FapiaoState.ISSUED, number, timezone.now()
    locked.handled_by = issued_by
    _save_numbered(locked, ["state", "number", "amount_fen", "issued_at", "handled_by"])
    telling.tell_issued(locked)
    return locked


@transaction.atomic(durable=True)
def reverse_fapiao(*, fapiao: FapiaoRequest, red_number: str, reversed_by: User | None) -> FapiaoRequest:
    """Note that a red one undid it; what stays of the payment gets a new one. Raises FapiaoMovedOn."""
    attempt = _locked_money(fapiao.intent_id)
    locked = locks.locked_fapiao(fapiao.pk)
    if locked.state != FapiaoState.ISSUED:
        raise FapiaoMovedOn
    was_asked = locked.reversal_asked_at is not None
    locked.state, locked.red_number, locked.reversed_at = FapiaoState.RED_REVERSED, red_number, timezone.now()
    locked.handled_by = reversed_by
    _save_numbered(locked, ["state", "red_number", "reversed_at", "handled_by"])
    if was_asked:
        _ask_for_rest(locked, attempt)
    telling.tell_reversed(locked)
    return locked


@transaction.atomic(durable=True)
def fail_fapiao(*, fapiao: FapiaoRequest, reason: FailReason, failed_by: User) -> FapiaoRequest:
    """Note why it cannot be issued; the asker is told and may ask again. Raises FapiaoMovedOn."""
    locked = locks.locked_fapiao(fapiao.pk)
    if locked.state != FapiaoState.REQUESTED:
        raise FapiaoMovedOn
    locked.state, locked.fail_reason, locked.ended_at = FapiaoState.FAILED, reason, timezone.now()
    locked.handled_by = failed_by
    locked.save(update_fields=["state", "fail_reason", "ended_at", "handled_by"])
    telling.tell_failed(locked)
    return locked


def follow_refund(*, attempt: PaymentAttempt) -> None:
    """Let the live fapiao of a payment follow money that was asked back. The caller holds intent and attempt.

    One not yet issued shrinks, or is withdrawn when nothing is left. An issued one is to be reversed, and the rest gets
    a new one after commit.
    """
    live = locks.locked_live_of(attempt.intent_id)
    if live is None:
        return
    left = rules.invoiced_fen(PaymentAttempt.objects.get(pk=attempt.pk))
    if left >= live.amount_fen:
        return
    rows = FapiaoRequest.objects.filter(pk=live.pk)
    if live.state == FapiaoState.ISSUED:
        rows.update(reversal_asked_at=timezone.now())
        # Robust: a fapiao must never keep money from going back. The reversal asks for the rest again.
        transaction.on_commit(lambda: ask_for_rest(fapiao_id=live.pk), robust=True)
    elif left > 0:
        rows.update(amount_fen=left)
    else:
        rows.update(state=FapiaoState.WITHDRAWN, ended_at=timezone.now())


@transaction.atomic
def ask_for_rest(*, fapiao_id: int) -> FapiaoRequest | None:
    """A new request for what is left of a payment whose fapiao is to be reversed; once."""
    intent_id = FapiaoRequest.objects.values_list("intent_id", flat=True).get(pk=fapiao_id)
    attempt = _locked_money(intent_id)
    return _ask_for_rest(locks.locked_fapiao(fapiao_id), attempt)


def catch_up_with_refunds() -> int:
    """Let every live fapiao follow its payment, whichever way the money left; returns how many had to."""
    outgrown = list(selectors.outgrown_fapiao().values_list("intent_id", flat=True))
    for intent_id in outgrown:
        with transaction.atomic(durable=True):
            follow_refund(attempt=_locked_money(intent_id))
    return len(outgrown)


def _ask_for_rest(old: FapiaoRequest, attempt: PaymentAttempt) -> FapiaoRequest | None:
    left = rules.invoiced_fen(attempt)
    if left <= 0 or old.buyer_name is ERASED or FapiaoRequest.objects.filter(replaces=old).exists():
        return None
    if selectors.live_fapiao_of(old.intent_id) is not None:
        return None
    fapiao = FapiaoRequest(intent_id=old.intent_id, asked_by=old.asked_by, replaces=old, amount_fen=left)
    Title(TitleKind(old.title_kind), old.buyer_name, old.tax_number, old.email).put_on(fapiao)
    fapiao.save()
    _hand_over(fapiao)
    return fapiao


def _locked_money(intent_id: int) -> PaymentAttempt:
    """The attempt whose money was accepted, locked after its intent. Raises NothingToInvoice."""
    intent = payment_locks.locked_intent(intent_id)
    if intent.settled_by_id is None:
        raise NothingToInvoice
    return payment_locks.locked_attempt(intent.settled_by_id)


def _amount_of(attempt: PaymentAttempt) -> int:
    amount_fen = rules.invoiced_fen(attempt)
    if amount_fen <= 0:
        raise NothingToInvoice
    return amount_fen


def _save_numbered(fapiao: FapiaoRequest, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            fapiao.save(update_fields=fields)
    except IntegrityError:
        raise FapiaoNumberTaken from None


def _hand_over(fapiao: FapiaoRequest) -> None:
    """Give it to whoever issues, once it is committed; the desk simply finds it in its queue."""
    transaction.on_commit(lambda: _issue_now(fapiao), robust=True)


def _issue_now(fapiao: FapiaoRequest) -> None:
    papers = Papers(
        TitleKind(fapiao.title_kind),
        fapiao.buyer_name,
        fapiao.tax_number,
        fapiao.email,
        fapiao.item_name,
        fapiao.amount_fen,
    )
    number = issuer().issue(papers, key=str(fapiao.public_id))
    if number:
        issue_fapiao(fapiao=fapiao, number=number, shown_fen=papers.amount_fen, issued_by=None)
