from celery import shared_task

from . import services


@shared_task
def close_over_sessions() -> None:
    services.close_over_sessions()


@shared_task
def alert_duty_again() -> None:
    services.alert_duty_again()
