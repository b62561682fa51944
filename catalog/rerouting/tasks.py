from celery import shared_task

from . import services


@shared_task
def reroute_families() -> None:
    """Tell families of sessions that cannot take place, and go on with those that were told."""
    services.reroute_families()
    services.tend_reroutings()
