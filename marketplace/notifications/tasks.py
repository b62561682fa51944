from celery import shared_task

from . import services


@shared_task(name="marketplace.notifications.tasks.deliver_waiting_messages")
def deliver_waiting_messages() -> int:
    """Send what is due; asked for after every commit that wrote a message, and by beat for what was left."""
    return services.deliver_waiting_messages()
