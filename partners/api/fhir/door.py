"""The FHIR interface's door: a key with fhir:read, errors as OperationOutcome."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from ..enums import Scope
from ..errors import CursorUnknown
from ..models import ApiKey
from ..rules import has_all
from ..services import note_use
from ..v1.keys import key_named
from ..v1.limits import count_call
from .asked import NotUnderstood
from .resources import Resource, outcome

CONTENT_TYPE = "application/fhir+json"
FhirView = Callable[Concatenate[HttpRequest, ApiKey, ...], Resource]


def said(resource: Resource, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a resource as an answer that nobody keeps."""
    headers = {"Cache-Control": "no-store, private"} | (headers or {})
    return JsonResponse(
        resource, status=status, content_type=CONTENT_TYPE, headers=headers, json_dumps_params={"ensure_ascii": False}
    )


def fhir_view(view: FhirView) -> Callable[..., HttpResponse]:
    """Give the view the key that calls; what it raises is said as FHIR says it."""

    @csrf_exempt  # a key is no cookie: no page of somebody else's can send it
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        key = key_named(secret.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            return said(outcome("login", "no valid key"), 401, {"WWW-Authenticate": "Bearer"})
        allowance = count_call(str(key.public_id))
        if refused := _refused(request, key, is_over=allowance.is_over):
            answer = refused
        else:
            note_use(key)
            answer = _answered(lambda: view(request, key, *args, **kwargs))
        for name, value in allowance.headers.items():
            answer[name] = value
        return answer

    return wrapped


def _refused(request: HttpRequest, key: ApiKey, *, is_over: bool) -> HttpResponse | None:
    """Return why a living key gets nothing now."""
    if is_over:
        return said(outcome("throttled", "too many requests"), 429)
    if not has_all(key, [Scope.FHIR_READ]):
        return said(outcome("forbidden", "fhir:read"), 403)
    if request.method != "GET":
        return said(outcome("not-supported", "read only"), 405, {"Allow": "GET"})
    return None


def _answered(read: Callable[[], Resource]) -> HttpResponse:
    try:
        return said(read())
    except Http404:
        return said(outcome("not-found", "not found"), 404)
    except CursorUnknown:
        return said(outcome("invalid", "_cursor"), 400)
    except NotUnderstood as error:
        return said(outcome("invalid", str(error)), 400)
