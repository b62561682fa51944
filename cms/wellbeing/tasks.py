from celery import shared_task

from .services import checkins


@shared_task(name="cms.wellbeing.tasks.ask_how_it_is")
def ask_how_it_is() -> None:
    """Ask whoever wanted to be asked now."""
    checkins.ask_how_it_is()
