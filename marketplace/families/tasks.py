from celery import shared_task

from . import services


@shared_task
def tell_coming_birthdays() -> int:
    """Tell families what a coming birthday changes."""
    return services.tell_coming_birthdays()


@shared_task
def forget_unanswered_asks() -> int:
    """Delete what children wrote who asked a parent and got no answer."""
    return services.forget_unanswered_asks()
