"""Courses of the library and what readers keep of it."""

from typing import Any
from uuid import uuid4

from django.urls import reverse

from cms.content.models import Collection, CollectionItem, CourseCertificate, Item, LessonProgress

from .counting import next_number
from .library import make_reviewed

HELP = {"type": "help", "value": {"title": "什么时候找人帮忙", "body": "<p>觉得撑不住的时候。</p>"}}


def rows(*values: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a list as Wagtail keeps them; without an id it takes them for something older."""
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def make_lesson(number: int) -> dict[str, Any]:
    """A lesson with words, a question (its second option fits), something to try, and parts for a class."""
    options = [{"text": "不管它", "is_right": False}, {"text": f"先看第{number}样", "is_right": True}]
    return {
        "type": "lesson",
        "value": {
            "title": f"第{number}样",
            "parts": [
                {"type": "text", "value": f"<p>第{number}课的正文。</p>"},
                {
                    "type": "check",
                    "value": {
                        "question": f"第{number}问？",
                        "options": rows(*options),
                        "why": f"因为{number}。",
                    },
                },
                {"type": "exercise", "value": {"title": "试一试", "body": "<ol><li>试一次。</li></ol>"}},
                {"type": "pre_work", "value": {"title": "课前", "body": "<p>自己看完。</p>"}},
                {"type": "class_activity", "value": {"title": "课堂活动", "body": "<p>两人一组。</p>"}},
            ],
        },
    }


def make_course(lessons: int = 3, **fields: Any) -> Item:
    """A published course for the upper school years; `audience="teacher"` makes one that ends in a certificate."""
    body = [*(make_lesson(number) for number in range(1, lessons + 1)), HELP]
    values = {"kind": "course", "title": "情绪三课", "grade_from": 7, "grade_to": 9, "body": body, "in_demo": True}
    return make_reviewed(**values | fields)


def make_teachers_course(lessons: int = 2, **fields: Any) -> Item:
    """A published course for teachers."""
    return make_course(lessons, **{"audience": "teacher", "title": "看见变化"} | fields)


def make_text(**fields: Any) -> Item:
    """A published article that ends with help."""
    body = fields.pop("body", [{"type": "text", "value": "<p>睡不着的时候，先看看窗外。</p>"}])
    return make_reviewed(body=[*body, HELP], in_demo=True, **fields)


def make_collection(*items: Item, **fields: Any) -> Collection:
    """A collection of these items on the library's home."""
    collection = Collection.objects.create(**{"slug": f"shelf-{next_number()}", "name": "夜里睡不着"} | fields)
    for order, item in enumerate(items):
        CollectionItem.objects.create(collection=collection, item=item, sort_order=order)
    return collection


def finish(user: Any, item: Item, *lessons: int) -> None:
    """Somebody went through these lessons, or all of them."""
    for lesson in lessons or range(1, len(item.lessons) + 1):
        LessonProgress.objects.create(user=user, item=item, lesson=lesson, state="done")


def make_certificate(user: Any, item: Item | None = None) -> CourseCertificate:
    """Somebody's certificate."""
    item = item or make_teachers_course()
    return CourseCertificate.objects.create(
        user=user,
        item=item,
        number=f"XQ-TEST{next_number():06}",
        holder_name="王老师",
        course_title=item.title,
        course_version=1,
        lessons=2,
        minutes=6,
    )


def lesson_of(item: Item, number: int) -> str:
    """The address of a lesson."""
    return reverse("library-lesson", args=[item.slug, number])
