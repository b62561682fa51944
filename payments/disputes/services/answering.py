"""Our side of a dispute, in neutral words."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from payments.disputes.enums import DisputeState
from payments.disputes.errors import AnswerUnclear, NotAwaitingAnswer
from payments.disputes.models import Dispute
from payments.disputes.services.asking import disputing_gateway
from payments.disputes.services.looking import look_at_dispute, take_truth
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.services.asking import ask


def answer_dispute(*, public_id: UUID, evidence: str, answered_by_id: int) -> None:
    """Send our side to the bank; it takes one answer.

    The text is kept before it is sent, so that what left the house is known whatever happens on the way. Talks to a
    gateway: call it outside transactions.

    Raises:
        NotAwaitingAnswer: it was answered, or the bank has decided.
        AnswerUnclear: the company did not say whether it took the answer.
    """
    dispute = _keep(public_id, evidence, answered_by_id)
    asked_at = timezone.now()
    try:
        gateway = disputing_gateway(dispute.gateway)
        truth = ask(lambda: gateway.answer_dispute(dispute.ref, evidence=evidence))
    except GatewayUnclear:
        raise AnswerUnclear from None
    except GatewayRefused:
        look_at_dispute(gateway_code=dispute.gateway, ref=dispute.ref)
        raise NotAwaitingAnswer from None
    Dispute.objects.filter(pk=dispute.pk).update(answered_at=timezone.now())
    take_truth(gateway_code=dispute.gateway, truth=truth, asked_at=asked_at)


@transaction.atomic(durable=True)
def _keep(public_id: UUID, evidence: str, answered_by_id: int) -> Dispute:
    dispute = Dispute.objects.select_for_update(of=("self",)).get(public_id=public_id)
    if dispute.state != DisputeState.NEEDS_RESPONSE or dispute.answered_at is not None:
        raise NotAwaitingAnswer
    dispute.evidence, dispute.answered_by_id = evidence, answered_by_id
    dispute.save(update_fields=["evidence", "answered_by"])
    return dispute
