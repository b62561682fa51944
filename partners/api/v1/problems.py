"""Errors as programs read them: application/problem+json (RFC 9457), one `code` for each refusal."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from marketplace.core.errors import Refusal

from ..errors import CallNameReused, CallStillRunning, CursorUnknown

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "No valid key",
    403: "Not within the key's scopes",
    404: "Not found",
    405: "Method not allowed",
    409: "Refused",
    422: "Not understood",
    429: "Too many requests",
}
#: Refusals that say something about the call rather than about the thing.
_STATUS: dict[type[Refusal], int] = {CallNameReused: 422, CursorUnknown: 422, CallStillRunning: 409}


class Stop(Exception):
    """A call that ends here with a problem."""

    def __init__(self, status: int, code: str, detail: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers or {}


def problem(status: int, code: str, detail: str = "", **more: Any) -> dict[str, Any]:
    """Return a problem's body."""
    return {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "code": code,
        "detail": detail or TITLES[status],
        **more,
    }


def code_of(refusal: Refusal) -> str:
    """Return a refusal's name as programs read it: AlreadyShipped is already_shipped."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()


def refused(refusal: Refusal) -> dict[str, Any]:
    """Return what a refusal says to a program."""
    return problem(_STATUS.get(type(refusal), 409), code_of(refusal), str(refusal))


def answer(body: dict[str, Any], headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a problem as an answer of its own."""
    return JsonResponse(
        body,
        status=body["status"],
        content_type=CONTENT_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for addresses that are none: a program never gets a page."""
    return answer(problem(404, "not_found"))
