from celery import shared_task

from ..postvention.services.holding import remind_of_holds
from .services.tending import tend_desk


@shared_task(name="cms.community.moderation.tasks.tend_community", ignore_result=True)
def tend_community() -> None:
    """Keep the desk tidy and remind of holds."""
    tend_desk()
    remind_of_holds()
