"""What a reader keeps: saved items, and lessons done or shown to be known."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import LessonState
from ..models import Item, ItemSave, LessonProgress
from ..selectors.keeping import leading_page


@transaction.atomic(durable=True)
def save_item(*, user: User, item: Item) -> None:
    """Keep an item, once however often it is asked."""
    ItemSave.objects.get_or_create(user=user, item=leading_page(item))


@transaction.atomic(durable=True)
def drop_item(*, user: User, item: Item) -> None:
    """Keep it no longer."""
    ItemSave.objects.filter(user=user, item__translation_key=item.translation_key).delete()


@transaction.atomic(durable=True)
def finish_lesson(*, user: User, item: Item, lesson: int) -> None:
    """Note that a lesson was gone through; `lesson` counts from 1 and exists."""
    LessonProgress.objects.update_or_create(
        user=user,
        item=leading_page(item),
        lesson=lesson,
        defaults={"state": LessonState.DONE, "changed_at": timezone.now()},
    )


@transaction.atomic(durable=True)
def note_known_lessons(*, user: User, item: Item, lessons: Iterable[int]) -> None:
    """Note which lessons somebody showed to know already; what was done stays done."""
    page, now = leading_page(item), timezone.now()
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(user=user, item=page, lesson=lesson, state=LessonState.KNOWN, changed_at=now)
            for lesson in lessons
        ],
        ignore_conflicts=True,
    )


@transaction.atomic(durable=True)
def begin_again(*, user: User, item: Item) -> None:
    """Forget how far somebody is with a course; a certificate stays."""
    LessonProgress.objects.filter(user=user, item__translation_key=item.translation_key).delete()
