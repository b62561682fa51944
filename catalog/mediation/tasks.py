from celery import shared_task

from .services import tend_cases as _tend_cases


@shared_task
def tend_cases() -> None:
    _tend_cases()
