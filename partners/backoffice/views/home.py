"""Where our staff begin: every desk of theirs, what waits, and since when."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from ..selectors import overview


@never_cache
@require_GET
@role_required(Role.STAFF)
def home(request: HttpRequest) -> HttpResponse:
    """All desks of this person; those that open now with what waits, the others with their next shift."""
    context = {"page": "home", "overview": overview(cast(User, request.user)), "now": timezone.now()}
    return render(request, "backoffice/home.html", context)
