from celery import shared_task

from . import services


@shared_task
def ask_before_sessions() -> None:
    services.ask_before_sessions()
