"""A young person's time here, and how a guardian helps: limits inside the age rules, and a way back in."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from marketplace.core.errors import Refusal

from .. import rules, selectors, services
from ..limits_form import LimitsForm
from ..minor_mode import Standing
from ..models import Child


@login_required
@never_cache
def rest(request: HttpRequest) -> HttpResponse:
    """Say that it is enough for today, and when one may come back; whoever need not rest goes home."""
    now = timezone.now()
    day = selectors.day_of(request.user, now=now)
    standing = Standing(day.minutes, day.limits, now) if day else None
    if standing is None or not standing.is_over:
        return redirect("home")
    return render(request, "families/rest.html", {"standing": standing})


@login_required
@never_cache
def limits(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A guardian chooses how long and how late a young person may be here, and their pocket money."""
    child = _own_child(request, public_id)
    chosen = selectors.chosen_limits(child)
    form = LimitsForm(request.POST or None, rules=child.rules, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_guardian_limits(guardian=request.user, public_id=public_id, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存，也告诉了 %(name)s。") % {"name": child.nickname})
            return redirect("family:children")
    context = {"child": child, "form": form, "rules": child.rules, "chosen": chosen}
    return render(request, "families/limits.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@reauthentication_required(allow_get=True)
def help_back_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A guardian gets a code by which the young person sets a new password; it is shown this once."""
    child = _own_child(request, public_id)
    if child.account_id is None:
        raise Http404
    if request.method != "POST":
        return render(request, "families/help_back_in.html", {"child": child})
    code = services.reset_teen_password_by_guardian(guardian=request.user, child=child)
    return render(request, "families/help_back_in.html", {"child": child, "code": code})


def _own_child(request: HttpRequest, public_id: UUID) -> Child:
    child = selectors.child_of(request.user, public_id)
    if child is None or not rules.is_full_guardian(request.user, child):
        raise Http404
    return child
