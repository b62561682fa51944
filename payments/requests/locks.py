"""Row locks of asks. An ask is locked after its intent."""

from payments.requests.models import PaymentRequest


def locked_ask(ask_id: int) -> PaymentRequest:
    """The ask, locked and read after the lock. Lock its intent first."""
    return PaymentRequest.objects.select_for_update(of=("self",)).get(pk=ask_id)


def locked_live_ask(intent_id: int) -> PaymentRequest | None:
    """The newest ask of an intent, locked; the caller holds the intent's lock."""
    return PaymentRequest.objects.select_for_update(of=("self",)).filter(intent_id=intent_id).order_by("-pk").first()
