"""Printed codes, and a new password without phone or e-mail."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from marketplace.accounts.security.attempts import SECRETS, trial
from marketplace.core.errors import Refusal
from marketplace.core.throttling import TooFast

from .. import selectors, services
from ..account_forms import RecoverForm


@never_cache
@sensitive_post_parameters("password1", "code")
def recover(request: HttpRequest) -> HttpResponse:
    """Set a new password with a login name and a code; what is wrong is not said more closely than that."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _recover(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("新密码已保存，用它登录吧。"))
            return redirect(f"{reverse('account_login')}?{urlencode({'with': 'password'})}")
    return render(request, "families/recover.html", {"form": form}, status=422 if form.errors else 200)


def _recover(request: HttpRequest, form: RecoverForm) -> None:
    """Try the code; wrong ones are counted by account and by address."""
    data = form.cleaned_data
    guess = trial(request, SECRETS, [f"recover:{data['login_name']}"])
    if not guess.begin():
        raise TooFast
    services.recover_teen_account(login_name=data["login_name"], code=data["code"], password=data["password1"])
    guess.succeeded()


def _has_codes(request: HttpRequest) -> bool:
    """Whether new codes would take good ones away: then the password is asked once more."""
    return request.user.is_authenticated and selectors.usable_recovery_codes(request.user).exists()


@never_cache
@login_required
@reauthentication_required(allow_get=True, enabled=_has_codes)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Explain, and when asked make three codes and show them, this once; a page to print."""
    if not request.user.login_name:
        raise Http404
    if request.method == "POST":
        codes = services.issue_recovery_codes(user=request.user)
        return render(request, "families/recovery_codes.html", {"codes": codes})
    printed = selectors.usable_recovery_codes(request.user).filter(issued_by=None)
    return render(request, "families/recovery_codes.html", {"usable": printed.count()})
