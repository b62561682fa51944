"""Reads of disputes."""

from collections.abc import Collection

from django.db.models import Case, IntegerField, QuerySet, Value, When

from payments.disputes.enums import OPEN_DISPUTE_STATES, DisputeState
from payments.disputes.models import Dispute


def disputes_to_work_on() -> QuerySet[Dispute]:
    """All disputes with their payment: those that wait for us first, the most urgent on top; decided ones last."""
    urgency = Case(
        When(state=DisputeState.NEEDS_RESPONSE, then=Value(0)),
        When(state=DisputeState.UNDER_REVIEW, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Dispute.objects.select_related("attempt__intent").order_by(urgency, "respond_by", "-opened_at", "-pk")


def waiting_count() -> int:
    """How many wait for our answer."""
    return Dispute.objects.filter(state=DisputeState.NEEDS_RESPONSE).count()


def disputes_to_look_at() -> QuerySet[Dispute]:
    """What the bank has not decided, and what it decided for us while the money is still away."""
    return Dispute.objects.exclude(state=DisputeState.LOST)


def payables_in_dispute(kind: str, payable_ids: Collection[int]) -> set[int]:
    """Those of the payables whose payment a bank has not decided on: a partner is not paid from them for now."""
    found = Dispute.objects.filter(
        state__in=OPEN_DISPUTE_STATES,
        attempt__intent__payable_kind=kind,
        attempt__intent__payable_id__in=payable_ids,
    )
    return set(found.values_list("attempt__intent__payable_id", flat=True))
