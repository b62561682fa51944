"""A young person's way in: the birth date first, plainly; what follows from it is decided by the age rules alone."""

from typing import Any

from allauth.account.utils import complete_signup
from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.accounts.security.attempts import may_send_form
from marketplace.accounts.selectors import start_page_of
from marketplace.core.errors import Refusal

from .. import services
from ..account_forms import AskParentForm, BirthDateForm, YoungAccountForm
from ..age_rules import AccountRule, AgeRules
from ..enums import InvitationKind
from ..errors import LoginNameTaken
from ..models import Child
from ..stated_age import StatedAge
from .invitations import look_up

_PAGES = {
    AccountRule.PARENT_ONLY: "families/signup/parent_only.html",
    AccountRule.GUARDIAN_CONSENT: "families/signup/ask.html",
}


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Birth date, a look at it once more, and then the page this age is for. Somebody invited skips the first two."""
    if request.user.is_authenticated:
        return redirect(start_page_of(request.user))
    secret = _invited_by(request)
    if secret:
        return _sign_up_invited(request, secret)
    stated = StatedAge(request.session)
    if request.method == "POST":
        step = {"age": _state, "confirm": _confirm, "ask": _ask, "account": _make}.get(request.POST.get("step", ""))
        return step(request, stated) if step else redirect("account_signup_teen")
    return _show(request, stated)


def _show(request: HttpRequest, stated: StatedAge, form: Any = None, status: int = 200) -> HttpResponse:
    """Show the page of the step that is next."""
    rules = stated.rules
    if rules is None or "change" in request.GET:
        return render(request, "families/signup/age.html", {"form": form or BirthDateForm()}, status=status)
    context = {"stated": stated, "rules": rules}
    if not stated.is_settled:
        return render(request, "families/signup/confirm.html", context)
    if rules.is_adult:
        return render(request, "families/signup/adult.html", context)
    if page := _PAGES.get(rules.account):
        return render(request, page, context | {"form": form or AskParentForm()}, status=status)
    return _show_account(request, form or YoungAccountForm(), rules, status=status)


def _show_account(request: HttpRequest, form: YoungAccountForm, rules: AgeRules, **extra: Any) -> HttpResponse:
    context = {"form": form, "rules": rules, "next": _next(request), "invitation": extra.get("invitation")}
    return render(request, "families/signup/account.html", context, status=extra.get("status", 200))


def _state(request: HttpRequest, stated: StatedAge) -> HttpResponse:
    form = BirthDateForm(request.POST)
    if not form.is_valid():
        return render(request, "families/signup/age.html", {"form": form}, status=422)
    stated.state(form.cleaned_data["born_on"])
    return redirect("account_signup_teen")


def _confirm(request: HttpRequest, stated: StatedAge) -> HttpResponse:
    stated.confirm()
    return redirect("account_signup_teen")


def _ask(request: HttpRequest, stated: StatedAge) -> HttpResponse:
    """Make the invitation for a parent; its secrets are shown this once."""
    form = AskParentForm(request.POST)
    if not stated.is_settled or not form.is_valid():
        return _show(request, stated, form, status=422)
    if not may_send_form(request, "young-signup"):
        return respond_429(request)
    try:
        asked = services.ask_before_account(nickname=form.cleaned_data["nickname"], born_on=stated.born_on)
    except Refusal:
        return redirect("account_signup_teen")
    link = request.build_absolute_uri(reverse("family:invitation", args=[asked.token]))
    return render(request, "families/signup/asked.html", {"asked": asked, "link": link})


def _make(request: HttpRequest, stated: StatedAge) -> HttpResponse:
    form = YoungAccountForm(request.POST)
    if not stated.is_settled or not form.is_valid():
        return _show(request, stated, form, status=422)
    if not may_send_form(request, "young-signup"):
        return respond_429(request)
    try:
        child = services.sign_up_teen(born_on=stated.born_on, **form.account())
    except LoginNameTaken as refusal:
        form.add_error("login_name", str(refusal))
        return _show(request, stated, form, status=409)
    except Refusal:
        return redirect("account_signup_teen")
    stated.forget()
    return _welcome(request, child)


def _sign_up_invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account a guardian has consented to; the profile is there already."""
    try:
        invitation = services.find_invitation(secret=secret)
    except Refusal:
        return redirect(_next(request))
    form = YoungAccountForm(request.POST or None, initial={"nickname": invitation.child.nickname})
    rules = invitation.child.rules
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return _show_account(request, form, rules, invitation=invitation, status=status)
    if not may_send_form(request, "young-signup"):
        return respond_429(request)
    try:
        child = services.sign_up_invited(secret=secret, **form.account())
    except Refusal as refusal:
        form.add_error("login_name" if isinstance(refusal, LoginNameTaken) else None, str(refusal))
        return _show_account(request, form, rules, invitation=invitation, status=409)
    return _welcome(request, child)


def _welcome(request: HttpRequest, child: Child) -> HttpResponse:
    """Sign in, and first of all offer the codes without which a forgotten password would be the end."""
    return complete_signup(request, child.account, None, reverse("account_recovery_codes"))


def _next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _invited_by(request: HttpRequest) -> str:
    """Return the secret of the invitation to an account that the person comes from (?next=), or ""."""
    try:
        match = resolve(_next(request))
    except Resolver404:
        return ""
    secret = match.kwargs.get("secret", "") if match.view_name == "family:invitation" else ""
    if not secret:
        return ""
    try:
        invitation = look_up(request, secret)
    except Refusal:
        return ""
    return secret if invitation.kind == InvitationKind.TEEN else ""
