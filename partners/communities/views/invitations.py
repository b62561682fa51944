"""What the platform invites a community to, and what it does not wish to hear of; and our staff's side of both."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from .. import selectors, services
from ..access import manager_view
from ..forms import CampaignForm, ChoiceForm
from ..rules import Portal


@require_http_methods(["GET", "POST"])
@manager_view
def invitations(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Read invitations, and choose which ones come."""
    choice = selectors.choice_of(portal.partner)
    initial = {"wants_none": choice.wants_none, "unwanted_needs": choice.unwanted_needs}
    form = ChoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.choose_invitations(partner=portal.partner, **form.cleaned_data)
        messages.success(request, _("记下了，从下一次邀请起就照这样。"))
        return redirect("communities:invitations")
    rows = list(selectors.invitations_of(portal.partner)[:50])
    services.note_seen(partner=portal.partner)
    context = {"portal": portal, "page": "invitations", "rows": rows, "form": form}
    return render(request, "communities/invitations.html", context)


@require_http_methods(["GET", "POST"])
@duty_required(Duty.CONTENT)
def campaigns(request: HttpRequest) -> HttpResponse:
    """Invite communities, for whoever cares for our content."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        campaign = services.send_campaign(words=form.words(), sent_by=request.user)  # type: ignore[arg-type]
        invited = campaign.invitations.count()
        words = ngettext("邀请了 %(count)s 个社区。", "邀请了 %(count)s 个社区。", invited) % {"count": invited}
        messages.success(request, words)
        return redirect("communities:campaigns")
    rows = selectors.campaigns_sent()[:50]
    context = {"form": form, "rows": rows}
    return render(request, "communities/desk/campaigns.html", context, status=400 if form.errors else 200)


@require_GET
@duty_required(Duty.FINANCE)
def grants(request: HttpRequest) -> HttpResponse:
    """Which communities ask for money for an adopted proposal."""
    rows = [(activity, selectors.adopted(activity)) for activity in selectors.grants_asked()]
    return render(request, "communities/desk/grants.html", {"rows": rows})


@require_POST
@duty_required(Duty.FINANCE)
def open_grant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open the fund; another person of finance puts the money in."""
    activity = get_object_or_404(selectors.grants_asked(), public_id=public_id)
    try:
        services.open_grant(activity=activity, opened_by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("活动资金开好了，请另一位同事核对后拨入。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("communities:grants")
