from celery import shared_task

from . import services


@shared_task
def close_over_sessions() -> None:
    services.close_over_sessions()
