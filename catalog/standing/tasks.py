from celery import shared_task

from . import services


@shared_task
def apply_standing() -> None:
    """Write down who is withheld now: a licence ends at midnight without anybody doing anything."""
    services.apply_standing()


@shared_task
def tend_licences() -> None:
    """Warn of ending licences, and look for names on blacklists that have become known."""
    services.warn_of_ending_licences()
    services.apply_blacklists()
