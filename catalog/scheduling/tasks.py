from celery import shared_task

from . import services


@shared_task
def release_expired_holds() -> None:
    services.expire_holds()


@shared_task
def send_due_reminders() -> None:
    services.send_due_reminders()
