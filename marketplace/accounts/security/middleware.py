"""The gate before the sites of packages, which do not pass through our own door."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from ..models import User
from ..rules import is_our_staff
from .second_step import way_to_second_step


class GateMiddleware:
    """Django's admin and Wagtail: who may not enter finds nothing, who may takes the second step first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        permission = next(
            (needed for path, needed in settings.GATED_SITES.items() if request.path.startswith(path)), None
        )
        if permission is None:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not _may_enter(request, permission):
            raise Http404
        return way_to_second_step(request)


def _may_enter(request: HttpRequest, permission: str) -> bool:
    """Return whether the person has what a site asks for: "superuser", or "duty:..." of our staff (or to lead it)."""
    user = request.user
    if not isinstance(user, User):
        return False
    has_duty = is_our_staff(user) and permission.removeprefix("duty:") in user.duties
    return bool(user.is_superuser or has_duty) and user.is_active
