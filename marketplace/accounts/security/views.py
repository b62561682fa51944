"""The second step being set up, and the browsers in which somebody is signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..selectors import start_page_of
from . import selectors, services
from .devices import device_name, is_phone
from .second_step import NEXT_KEY, needs_second_step, note_second_step


class SetUpTotpView(ActivateTOTPView):
    """An app on the phone becomes the second step; this session has taken it with the first code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_required": needs_second_step(self.request.user)}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note_second_step(self.request, Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP))
        return response


class BackupCodesView(ViewRecoveryCodesView):
    """The backup codes, and the way on to where the person wanted to go."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_page = self.request.session.get(NEXT_KEY) or start_page_of(self.request.user)
        return super().get_context_data(**kwargs) | {"next_page": next_page}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where a person is signed in: end one session, or all others."""
    if request.method == "POST":
        _end(request)
        return redirect("usersessions_list")
    rows = [
        {
            "session": session,
            "name": device_name(session.user_agent),
            "is_phone": is_phone(session.user_agent),
            "is_current": session.session_key == request.session.session_key,
        }
        for session in selectors.live_sessions(request.user)
    ]
    rows.sort(key=lambda row: not row["is_current"])
    return render(request, "usersessions/usersession_list.html", {"rows": rows})


def _end(request: HttpRequest) -> None:
    chosen = request.POST.get("session")
    if chosen is None:
        services.end_sessions(user=request.user, except_key=request.session.session_key or "")
        messages.success(request, _("其他设备都已退出。"))
        return
    if not chosen.isdecimal() or not services.end_session(user=request.user, session_id=int(chosen)):
        raise Http404
    messages.success(request, _("这台设备已退出。"))
