"""The way in: what allauth's views do, and what they leave to us."""

import time
from datetime import timedelta
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from . import selectors, services
from .enums import AgreementKind
from .forms import AcceptAgreementsForm, NicknameForm, RequestLoginCodeForm, SetPasswordForm

#: How long after an SMS code a new password may be chosen without the old one.
_CODE_IS_FRESH = timedelta(minutes=15)


class LoginView(allauth_views.LoginView):
    """Sign-in by SMS code first; by password with ?with=password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with_password = self.request.method == "POST" or self.request.GET.get("with") == "password"
        return super().get_context_data(**kwargs) | {
            "with_password": with_password,
            "code_form": RequestLoginCodeForm(),
        }


class SignupView(allauth_views.SignupView):
    """Sign-up by phone, or with ?by=email by e-mail."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"by": self.request.GET.get("by", "phone")}


class ConfirmLoginCodeView(allauth_views.ConfirmLoginCodeView):
    """The code that signs in, with a word when it came too late."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", True) is None:
            messages.warning(request, _("验证码过期了，请重新获取一条。"))
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Send again. To a number without an account allauth would fail here, and so tell that there is none."""
        process = self._process
        if not ratelimit.consume(self.request, action="verify_phone", key=process.state.get("phone", "")):
            messages.error(self.request, get_adapter().error_messages["rate_limited"])
        elif process.user:
            process.resend()
        else:
            process.record_resend()
            process.add_sent_message({"recipient": process.state.get("phone"), "phone": process.state.get("phone")})
            process.persist()
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


class PasswordResetView(allauth_views.PasswordResetView):
    """A forgotten password: by e-mail as allauth does it, by phone as a sign-in that leads to a new password."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not form.phone:
            return super().form_valid(form)
        user = get_adapter().get_user_by_phone(form.phone)
        LoginCodeVerificationProcess.initiate(request=self.request, user=user, phone=form.phone)
        query = urlencode({"next": reverse("account_choose_password")})
        return redirect(f"{reverse('account_confirm_login_code')}?{query}")


@sensitive_post_parameters("password1")
@login_required
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let a person who has just signed in by SMS choose a new password without the old one."""
    if not _signed_in_by_code_lately(request):
        return redirect("account_change_password")
    form = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("新密码已保存。"))
        return redirect(selectors.start_page_of(request.user))
    return render(request, "account/choose_password.html", {"form": form})


def _signed_in_by_code_lately(request: HttpRequest) -> bool:
    oldest = time.time() - _CODE_IS_FRESH.total_seconds()
    return any(
        record["method"] == "code" and record["at"] >= oldest
        for record in get_authentication_records(request, request.user)
    )


def show_agreement(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one text in its version in force; open to everyone."""
    if kind not in AgreementKind.values:
        raise Http404
    agreement = selectors.agreement_in_force(AgreementKind(kind))
    if agreement is None:
        raise Http404
    return render(request, "accounts/agreement.html", {"agreement": agreement, "kinds": AgreementKind})


@login_stage_required(stage="agreements", redirect_urlname="account_login")
def accept_agreements(request: HttpRequest) -> HttpResponse:
    """Ask a person, on the way in, to accept the texts that have changed."""
    stage = request._login_stage
    user = stage.login.user
    form = AcceptAgreementsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.accept_agreements(user=user, agreements=selectors.agreements_to_accept(user))
        return stage.exit()
    context = {"form": form, "agreements": selectors.agreements_to_accept(user)}
    return render(request, "account/accept_agreements.html", context)


@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    """A person's nickname, and the ways to phone, e-mail, password, second step and devices."""
    form = NicknameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.set_nickname(user=request.user, nickname=form.cleaned_data["nickname"])
        messages.success(request, _("已保存。"))
        return redirect("account_settings")
    return render(request, "accounts/settings.html", {"form": form, "has_second_step": is_mfa_enabled(request.user)})
