"""Every row lock of fapiao. Order: intent, attempt (payments.locks), then fapiao."""

from payments.fapiao.enums import FapiaoState
from payments.fapiao.models import FapiaoRequest


def locked_fapiao(fapiao_id: int) -> FapiaoRequest:
    """The request, locked and read after the lock."""
    return FapiaoRequest.objects.select_for_update(of=("self",)).get(pk=fapiao_id)


def locked_live_of(intent_id: int) -> FapiaoRequest | None:
    """The live request of an intent, locked; the database allows one."""
    return (
        FapiaoRequest.objects.select_for_update(of=("self",))
        .filter(
            intent_id=intent_id,
            state__in=(FapiaoState.REQUESTED, FapiaoState.ISSUED),
            reversal_asked_at__isnull=True,
        )
        .first()
    )
