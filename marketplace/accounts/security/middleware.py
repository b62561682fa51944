"""The second step before the sites of packages, which do not pass through our own door."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .second_step import way_to_second_step


class SecondStepMiddleware:
    """Django's admin and Wagtail open only after the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.SECOND_STEP_PATHS):
            way = way_to_second_step(request)
            if way:
                return way
        return self.get_response(request)
