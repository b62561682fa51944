"""Pages for some roles only. A stranger gets 404: that a portal exists is nobody's business."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label

from .duty import selectors
from .enums import Duty, Role
from .models import User
from .rules import has_role
from .security.second_step import way_to_second_step

View = Callable[..., HttpResponseBase]


def role_required(*roles: Role) -> Callable[[View], View]:
    """Let only people of these roles see a view, after their second step; others sign in first, or find nothing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not has_role(request.user, *roles):
                raise Http404
            return way_to_second_step(request) or view(request, *args, **kwargs)

        return guarded

    return decorate


def duty_required(duty: Duty) -> Callable[[View], View]:
    """Let only our staff who are on this duty now see a view; whoever is not is told so, and it is written down."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if selectors.is_on_duty(cast(User, request.user), duty):
                return view(request, *args, **kwargs)
            return _off_duty(request, duty)

        return role_required(Role.STAFF)(guarded)

    return decorate


def _off_duty(request: HttpRequest, duty: Duty) -> HttpResponseBase:
    """Refuse and record. Nobody's data was asked for yet, so the record is about the member of staff."""
    user = cast(User, request.user)
    record_access(
        actor=user,
        subject_id=user.public_id,
        items=[],
        purpose=f"duty:{duty}",
        is_allowed=False,
        reason="off_duty",
        actor_label=kept_label(Role.STAFF.label),
    )
    context = {
        "duty": duty,
        "has_duty": duty in user.duties,
        "next_shift": selectors.next_shift(user, duty),
    }
    return render(request, "accounts/off_duty.html", context, status=403)
