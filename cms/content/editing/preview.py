"""How a draft looks to who writes and who reviews it: the whole of it on one page, courses with all their lessons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Item
from ..reading.parts import closing_help, shown_parts


def serve_preview(item: Item, request: HttpRequest, mode_name: str) -> HttpResponse:
    """Answer Wagtail's request for a preview. Nothing on it can be pressed that needs the page to be there."""
    lessons = [(n, lesson, shown_parts(lesson["parts"], {})) for n, lesson in enumerate(item.lessons, start=1)]
    context = {
        "item": item,
        "help": closing_help(item.body),
        "parts": shown_parts(item.body, {}, for_class=True),
        "lessons": lessons,
    }
    return render(request, "content/editor/preview.html", context)
