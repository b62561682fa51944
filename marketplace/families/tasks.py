from celery import shared_task

from . import services


@shared_task
def tell_coming_birthdays() -> int:
    """Tell families what a coming birthday changes."""
    return services.tell_coming_birthdays()
