"""The end of a guardianship: by oneself, for somebody one invited, or by asking our staff."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal

from .. import rules, selectors, services
from ..models import Guardianship


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def end_guardianship(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what ends and what stays, then end it, or ask our staff to."""
    guardianship = _one_of_the_family(request, public_id)
    may_end = rules.may_end_guardianship(request.user, guardianship)
    if not may_end and not rules.may_ask_to_end_guardianship(request.user, guardianship):
        raise Http404
    context = {
        "guardianship": guardianship,
        "child": guardianship.child,
        "is_me": guardianship.guardian_id == request.user.pk,
        "is_teen": guardianship.child.account_id == request.user.pk,
        "may_end": may_end,
        "is_last": may_end and rules.is_last_full_guardian(guardianship),
    }
    if request.method != "POST":
        return render(request, "families/end_guardianship.html", context)
    try:
        _act(request, guardianship, may_end)
    except Refusal as refusal:
        return render(request, "families/end_guardianship.html", context | {"refusal": str(refusal)}, status=409)
    return redirect("family:children")


def _act(request: HttpRequest, guardianship: Guardianship, may_end: bool) -> None:
    if may_end:
        services.end_guardianship(user=request.user, public_id=guardianship.public_id)
        messages.success(request, _("已结束，从现在起生效。"))
    else:
        services.ask_to_end_guardianship(user=request.user, public_id=guardianship.public_id)
        messages.success(request, _("已请工作人员处理，他们会先联系你。家里其他人不会收到通知。"))


def _one_of_the_family(request: HttpRequest, public_id: UUID) -> Guardianship:
    rows = selectors.active_guardianships().select_related("guardian", "child")
    found = rows.filter(public_id=public_id).first()
    if found is None or not rules.may_see_child(request.user, found.child):
        raise Http404
    return found
