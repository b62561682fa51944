"""How the interface is used: for everybody to read, with the description programs read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from marketplace.accounts.models import User

from ..enums import HEARABLE, Scope
from ..rules import partners_managed_by
from ..services.webhooks import BACK_OFF
from ..v1.description import description, operations
from ..v1.limits import PER_MINUTE


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Keys, errors, pages of lists, calls that happen once, news, FHIR, and every operation."""
    context: dict[str, Any] = {
        "operations": operations(),
        "scopes": Scope.choices,
        "events": [(kind.value, kind.label) for kind in HEARABLE],
        "per_minute": PER_MINUTE,
        "attempts": len(BACK_OFF),
        "root": f"{settings.PUBLIC_BASE_URL}/api/v1",
        "fhir": settings.PUBLIC_BASE_URL + reverse("fhir:metadata"),
        "may_make": isinstance(request.user, User) and partners_managed_by(request.user).exists(),
    }
    return render(request, "api/guide.html", context)


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description (OpenAPI 3.1), the same as docs/openapi.json."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False, "indent": 2})
