"""Who a concern is about, and opening that together."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from .. import family_contact, forms, services, wording
from ..enums import Sealed
from .access import concern_or_404
from .acting import act, guarded
from .concern import page


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who it is and whom to call, where one or two people may open it; every look is written down."""
    concern = concern_or_404(public_id)
    try:
        sheet = services.open_person(concern=concern, viewer=cast(User, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("concerns:concern", public_id)
    context = {
        "page": "desk",
        "concern": concern,
        "kind_label": wording.kind_label(concern.kind),
        "sheet": sheet,
        "rule": family_contact.family_rule(concern.kind, concern.urgency, services.decides_alone(concern)),
    }
    return render(request, "concerns/person.html", context)


@require_POST
@guarded
def unseal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask to know who writes, or reported, without a name."""
    form = forms.UnsealForm(request.POST, auto_id="unseal_%s")
    what = request.POST.get("what", "")
    if not form.is_valid() or what not in Sealed.values:
        messages.error(request, _("请写明理由，至少 10 个字。"))
        return page(request, concern_or_404(public_id), unseal_form=form)
    done = gettext_lazy("已请求，等另一位同事决定。")
    return act(request, public_id, done, services.ask_to_unseal, what=what, reason=form.cleaned_data["reason"])


@require_POST
@guarded
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree, or not, as the second person."""
    concern = concern_or_404(public_id)
    asked = concern.unsealings.filter(is_granted=None).first()
    if asked is None:
        return redirect("concerns:concern", public_id)
    agrees = request.POST.get("agrees") == "yes"
    try:
        services.decide_unsealing(unsealing_id=asked.public_id, agrees=agrees, by=cast(User, request.user))
        messages.success(request, _("已同意，打开 72 小时。") if agrees else _("没有同意。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("concerns:concern", public_id)
