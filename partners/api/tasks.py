from celery import shared_task

from . import services


@shared_task(name="partners.api.tasks.deliver_webhooks")
def deliver_webhooks() -> int:
    """Send what is due; asked for after every commit that wrote news, and by beat for what was left."""
    return services.deliver_due()
