from celery import shared_task

from . import sweeping


@shared_task
def earn_due() -> None:
    sweeping.earn_due()


@shared_task
def ask_about_unmarked() -> None:
    sweeping.ask_about_unmarked()
