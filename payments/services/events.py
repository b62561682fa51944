"""Messages of gateways: kept once, then taken as a reason to ask for the truth."""

import logging
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from payments.enums import EventAbout, IncidentKind
from payments.gateways.base import BadSignature, WebhookHint
from payments.gateways.registry import gateway_for
from payments.listening import listener_for
from payments.models import PaymentAttempt, ProviderEvent, Refund
from payments.schedule import next_check_after
from payments.services.incidents import raise_incident
from payments.services.returning import look_at_refund
from payments.services.settling import settle_payment

logger = logging.getLogger(__name__)


def receive_webhook(*, gateway_code: str, headers: Mapping[str, str], raw: bytes) -> tuple[int, str]:
    """Take a message as it came; return the HTTP status and plain text to answer with.

    The company is told to stop once the row is committed, whatever settling makes of it:
    reconciliation works through what is left. Raises GatewayNotEnabled.
    """
    gateway = gateway_for(gateway_code)
    try:
        hint = gateway.parse_webhook(headers, raw)
    except BadSignature as fault:
        today = timezone.localdate().isoformat()
        raise_incident(
            kind=IncidentKind.BAD_SIGNATURE,
            key=f"{gateway_code}:{today}",
            gateway=gateway_code,
            details={"fault": str(fault)[:100]},
        )
        return gateway.acknowledgement(kept=False)
    event = record_event(gateway_code=gateway_code, hint=hint, headers=headers, raw=raw)
    try:
        process_event(event_id=event.pk)
    except Exception:
        logger.exception("An event waits for reconciliation")
    return gateway.acknowledgement(kept=True)


@transaction.atomic(durable=True)
def record_event(*, gateway_code: str, hint: WebhookHint, headers: Mapping[str, str], raw: bytes) -> ProviderEvent:
    """Keep a verified message once per event id, and what in it contradicts our rows."""
    event, is_new = ProviderEvent.objects.get_or_create(
        gateway=gateway_code,
        event_id=hint.event_id,
        defaults={
            "kind": hint.kind,
            "out_trade_no": hint.out_trade_no,
            "about": hint.about,
            "ref": hint.ref,
            "raw_body": raw.decode("utf-8", errors="replace"),
            "headers": {"Content-Type": headers.get("Content-Type", "")},
            "next_check_at": next_check_after(0, timezone.now()),
        },
    )
    if is_new:
        _compare(gateway_code, hint)
    return event


def _compare(gateway_code: str, hint: WebhookHint) -> None:
    attempt = PaymentAttempt.objects.filter(gateway=gateway_code, out_trade_no=hint.out_trade_no).first()
    if hint.about in (EventAbout.AGREEMENT, EventAbout.DISPUTE, EventAbout.OTHER) and not hint.foreign:
        return
    if hint.foreign:
        kind = IncidentKind.MERCHANT_MISMATCH
    elif hint.about == EventAbout.REFUND and not Refund.objects.filter(out_refund_no=hint.ref).exists():
        kind = IncidentKind.UNKNOWN_REFUND
    elif attempt is None:
        kind = IncidentKind.UNKNOWN_TRADE
    elif hint.amount_fen is not None and hint.amount_fen != attempt.amount_fen:
        kind = IncidentKind.AMOUNT_MISMATCH
    else:
        return
    raise_incident(
        kind=kind,
        key=f"event:{hint.event_id}",
        gateway=gateway_code,
        attempt=attempt,
        details={"told_fen": hint.amount_fen, "foreign": hint.foreign, "kind": hint.kind, "ref": hint.ref},
    )


def process_event(*, event_id: int) -> None:
    """Look at what an event speaks of; done once. Talks to a gateway: call it outside transactions."""
    event = ProviderEvent.objects.get(pk=event_id)
    if event.processed_at is not None:
        return
    error = _look(event)
    ProviderEvent.objects.filter(pk=event_id).update(processed_at=timezone.now(), next_check_at=None, error=error)


def _look(event: ProviderEvent) -> str:
    """Ask for the truth of whatever an event is about; returns what is wrong with it, if anything."""
    listener = listener_for(EventAbout(event.about))
    if listener is not None:
        return listener(event.gateway, event.ref)
    if event.about == EventAbout.REFUND and (refund := Refund.objects.filter(out_refund_no=event.ref).first()):
        look_at_refund(refund_id=refund.pk)
    if not event.out_trade_no:
        return ""
    try:
        settle_payment(out_trade_no=event.out_trade_no)
    except PaymentAttempt.DoesNotExist:
        return "unknown trade"
    return ""
