from celery import shared_task

from . import services


@shared_task
def release_expired_holds() -> None:
    services.expire_holds()


@shared_task
def send_due_reminders() -> None:
    services.send_due_reminders()


@shared_task
def read_one_calendar(calendar_id: int) -> None:
    services.read_busy_calendar(calendar_id=calendar_id)


@shared_task
def read_busy_calendars() -> None:
    services.read_due_calendars()
