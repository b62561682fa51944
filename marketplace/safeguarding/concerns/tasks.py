from celery import shared_task

from . import services


@shared_task(name="marketplace.safeguarding.concerns.tasks.watch_concerns")
def watch_concerns() -> int:
    """Keep the clocks of concerns: alarms, promises, escalations."""
    return services.watch_concerns()
