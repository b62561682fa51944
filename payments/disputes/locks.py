"""Row locks of disputes: after payable, intent and attempt."""

from payments.disputes.models import Dispute


def locked_dispute(gateway: str, ref: str) -> Dispute | None:
    """The dispute, locked and read after the lock, if we know it. Lock its attempt first."""
    return Dispute.objects.select_for_update(of=("self",)).filter(gateway=gateway, ref=ref).first()
