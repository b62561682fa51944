"""What every answer says to browsers, whoever made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PermissionsPolicy:
    """Close the sensors and powers of a browser that nothing here needs, for our pages and whatever they might embed.

    settings.CLOSED_PERMISSIONS names them. No page may look or listen (see "What is not built" in docs/privacy.md) but the
    consultation room's, which names what it opens for itself in `opened_permissions` of its answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        opened = getattr(response, "opened_permissions", ())
        policy = (f"{name}=({'self' if name in opened else ''})" for name in settings.CLOSED_PERMISSIONS)
        response.headers["Permissions-Policy"] = ", ".join(policy)
        return response


class SitePolicies:
    """Let the pages of a package's site load what settings.SITE_POLICIES says, beside our own policy for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for path, policy in settings.SITE_POLICIES.items():
            if request.path.startswith(path):
                response._csp_replace = policy  # type: ignore[attr-defined]  # how django-csp is told
        return response


class PrivatePages:
    """No browser or proxy keeps a page of somebody with a session: the next person at a shared tablet finds nothing.

    Whoever made the answer may say otherwise; pictures are the same for everybody. No other site may embed anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        name = settings.SESSION_COOKIE_NAME
        if (name in request.COOKIES or name in response.cookies) and not _is_picture(response):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _is_picture(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("image/")
