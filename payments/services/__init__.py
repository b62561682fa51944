"""Writes of payments, one function per use case; only here is a gateway opened."""

from payments.services.attempts import StartedAttempt, start_attempt
from payments.services.debiting import Debit, adopt_attempt, debit_agreement
from payments.services.events import process_event, receive_webhook, record_event
from payments.services.identifying import identifying_page, payer_behind
from payments.services.intents import cancel_intent, expire_intent, open_intent
from payments.services.presenting import Payer
from payments.services.reconciling import reconcile_due
from payments.services.refunding import request_refund, send_refund
from payments.services.settling import check_attempt, settle_payment

__all__ = [
    "Debit",
    "Payer",
    "StartedAttempt",
    "adopt_attempt",
    "cancel_intent",
    "check_attempt",
    "debit_agreement",
    "expire_intent",
    "identifying_page",
    "open_intent",
    "payer_behind",
    "process_event",
    "receive_webhook",
    "reconcile_due",
    "record_event",
    "request_refund",
    "send_refund",
    "settle_payment",
    "start_attempt",
]
