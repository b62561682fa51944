"""What one reader keeps: saved items, and how far they are with courses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..enums import Kind, LessonState
from ..models import CourseCertificate, Item, ItemSave, LessonProgress
from .finding import card_columns
from .library import LEADING_LANGUAGE, published_items

#: More is no help in finding again.
MOST_SAVED = 100


def leading_page(item: Item) -> Item:
    """Return the page that saves and progress are written under: the Chinese one, whatever language was read."""
    if item.locale.language_code == LEADING_LANGUAGE:
        return item
    leading = Item.objects.filter(translation_key=item.translation_key, locale__language_code=LEADING_LANGUAGE)
    return leading.first() or item


def saved_keys(user: Any) -> set[Any]:
    """Return the translation keys of what somebody saved; one query, none for visitors."""
    if not user.is_authenticated:
        return set()
    return set(ItemSave.objects.filter(user=user).values_list("item__translation_key", flat=True))


def saved_items(user: Any) -> list[Item]:
    """Return what somebody saved and everybody may still read, the newest first, in the reader's language."""
    keys = list(ItemSave.objects.filter(user=user).values_list("item__translation_key", flat=True)[:MOST_SAVED])
    found = {item.translation_key: item for item in card_columns(published_items().filter(translation_key__in=keys))}
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is with one course: the numbers of the lessons done, and of those they showed they know."""

    done: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()

    @property
    def behind(self) -> frozenset[int]:
        """The lessons that need not be gone through again."""
        return self.done | self.known

    def next_lesson(self, lessons: int) -> int | None:
        """Return the first lesson that is neither done nor known, nothing when all are."""
        return next((number for number in range(1, lessons + 1) if number not in self.behind), None)


def progress_of(user: Any, item: Item) -> Progress:
    """Return somebody's progress with a course; one query, none for visitors."""
    if not user.is_authenticated:
        return Progress()
    rows = LessonProgress.objects.filter(user=user, item__translation_key=item.translation_key)
    states = list(rows.values_list("lesson", "state"))
    return Progress(
        done=frozenset(lesson for lesson, state in states if state == LessonState.DONE),
        known=frozenset(lesson for lesson, state in states if state == LessonState.KNOWN),
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """A course somebody is in the middle of."""

    item: Item
    lessons: int
    progress: Progress

    @property
    def next_lesson(self) -> int | None:
        """The lesson to go on with."""
        return self.progress.next_lesson(self.lessons)

    @property
    def behind(self) -> int:
        """How many lessons lie behind."""
        return len(self.progress.behind)


def begun_courses(user: Any, limit: int = 3) -> list[Begun]:
    """Return the courses somebody has begun and not finished, the latest first; two queries."""
    if not user.is_authenticated:
        return []
    rows = LessonProgress.objects.filter(user=user).values_list(
        "item__translation_key", "lesson", "state", "changed_at"
    )
    by_course: dict[Any, list[Any]] = {}
    for key, lesson, state, _ in rows.order_by("-changed_at"):
        by_course.setdefault(key, []).append((lesson, state))
    courses = published_items(kind=Kind.COURSE).filter(translation_key__in=by_course).select_related("locale")
    found = {course.translation_key: course for course in courses}
    begun = [_begun(found[key], states) for key, states in by_course.items() if key in found]
    return [each for each in begun if each.next_lesson is not None][:limit]


def _begun(item: Item, states: Collection[tuple[int, str]]) -> Begun:
    of = {state: frozenset(lesson for lesson, its in states if its == state) for state in LessonState}
    progress = Progress(done=of[LessonState.DONE], known=of[LessonState.KNOWN])
    return Begun(item=item, lessons=len(item.lessons), progress=progress)


def certificate_of(user: Any, item: Item) -> CourseCertificate | None:
    """Return somebody's certificate of a course; nothing when there is none."""
    if not user.is_authenticated:
        return None
    return CourseCertificate.objects.filter(user=user, item__translation_key=item.translation_key).first()


def certificates_of(user: Any) -> Any:
    """Return all certificates somebody has, the newest first."""
    return CourseCertificate.objects.filter(user=user)


def has_finished(progress: Progress, item: Item) -> bool:
    """Whether every lesson lies behind."""
    return bool(item.lessons) and progress.next_lesson(len(item.lessons)) is None
