"""Reads of fapiao."""

from django.db.models import F, Q, QuerySet

from payments.fapiao.enums import FapiaoState
from payments.fapiao.models import FapiaoRequest

#: What of the desk's queue waits for people: to be issued, or to be undone.
WAITING = Q(state=FapiaoState.REQUESTED) | Q(state=FapiaoState.ISSUED, reversal_asked_at__isnull=False)


def fapiao_of(intent_id: int) -> QuerySet[FapiaoRequest]:
    """All fapiao of a payment, the newest first."""
    return FapiaoRequest.objects.filter(intent_id=intent_id).order_by("-pk")


def live_fapiao_of(intent_id: int) -> FapiaoRequest | None:
    """The one that counts now, if any."""
    states = (FapiaoState.REQUESTED, FapiaoState.ISSUED)
    return fapiao_of(intent_id).filter(state__in=states, reversal_asked_at__isnull=True).first()


def waiting_fapiao() -> QuerySet[FapiaoRequest]:
    """The desk's queue: red reversals first, then what waits longest."""
    return _with_asker(FapiaoRequest.objects.filter(WAITING)).order_by(
        F("reversal_asked_at").asc(nulls_last=True), "requested_at", "pk"
    )


def done_fapiao() -> QuerySet[FapiaoRequest]:
    """What left the queue, the newest first."""
    return _with_asker(FapiaoRequest.objects.exclude(WAITING)).order_by("-pk")


def waiting_count() -> int:
    """How many wait at the desk."""
    return FapiaoRequest.objects.filter(WAITING).count()


def outgrown_fapiao() -> QuerySet[FapiaoRequest]:
    """Live ones about more money than stays with us: a refund has not been followed yet."""
    return FapiaoRequest.objects.filter(
        state__in=(FapiaoState.REQUESTED, FapiaoState.ISSUED),
        reversal_asked_at__isnull=True,
        amount_fen__gt=F("intent__settled_by__captured_fen") - F("intent__settled_by__refund_claimed_fen"),
    )


def _with_asker(rows: QuerySet[FapiaoRequest]) -> QuerySet[FapiaoRequest]:
    return rows.select_related("asked_by", "intent__settled_by", "replaces", "handled_by")
