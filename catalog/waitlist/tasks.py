from collections.abc import Sequence

from celery import shared_task

from . import services


@shared_task
def offer_freed_times(provider_ids: Sequence[int] | None = None, service_ids: Sequence[int] | None = None) -> None:
    """Offer what is free: after every commit that freed something, and by beat for what no commit told of."""
    services.offer_times(provider_ids=provider_ids, service_ids=service_ids)


@shared_task
def tend_waitlist() -> None:
    services.tend_waitlist()
