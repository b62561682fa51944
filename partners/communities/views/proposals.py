"""The platform's proposal for an activity: drawn up on request, explained, changed, adopted; and the money for it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import Refusal
from payments.grants.enums import FundState
from payments.grants.selectors import funds_of, left_in

from .. import selectors, services
from ..access import manager_view
from ..forms import FundForm, ProposalForm
from ..models import Activity
from ..rules import Portal
from ..wording import sentences
from .plans import activity_of


@require_http_methods(["GET", "POST"])
@manager_view
def proposal(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """The latest version with its reasons, the ones before it, and changing it."""
    activity = activity_of(portal, public_id)
    versions = list(selectors.proposals_of(activity))
    latest = versions[0] if versions else None
    form = None
    if latest is not None and latest.state == "draft":
        form = ProposalForm(request.POST or None, proposal=latest)
        if request.method == "POST" and form.is_valid():
            try:
                services.edit_proposal(activity=activity, edit=form.edit(), written_by=portal.user)
                messages.success(request, _("存为新的一版，原来的还在。"))
                return redirect("communities:proposal", public_id)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    context = {"portal": portal, "page": "home", "activity": activity, "versions": versions, "form": form}
    if latest is not None:
        context |= {
            "latest": latest,
            "lines": [(line, sentences(line.why)) for line in latest.lines.all()],
            "why_time": sentences(latest.why_time),
            "why_reach": sentences(latest.why_reach),
        }
    context |= _money(activity)
    return render(request, "communities/proposal.html", context, status=400 if form and form.errors else 200)


def _money(activity: Activity) -> dict[str, object]:
    """The fund that pays, or the community's own ones to choose from."""
    if activity.fund is not None:
        return {"fund": activity.fund, "left_fen": left_in(activity.fund)}
    if activity.fund_opened_at is not None:
        return {}
    own = funds_of(activity.partner.public_id).filter(state=FundState.OPEN)
    choices = [(str(fund.public_id), fund.title) for fund in own]
    return {"fund_form": FundForm(funds=choices)} if choices else {}


@require_POST
@manager_view
def draft(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Have a proposal drawn up."""
    return _do(request, public_id, lambda: services.draft_proposal(activity=activity_of(portal, public_id)))


@require_POST
@manager_view
def accept(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Adopt the version that was read."""
    number = request.POST.get("number", "")
    read = int(number) if number.isdecimal() else 0
    return _do(
        request, public_id, lambda: services.accept_proposal(activity=activity_of(portal, public_id), number=read)
    )


@require_POST
@manager_view
def ask_grant(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Ask the platform for the money."""
    return _do(request, public_id, lambda: services.ask_grant(activity=activity_of(portal, public_id)))


@require_POST
@manager_view
def use_fund(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Pay out of a fund that is there."""
    activity = activity_of(portal, public_id)
    choices = [(str(fund.public_id), fund.title) for fund in funds_of(portal.partner.public_id)]
    form = FundForm(request.POST, funds=choices)
    if not form.is_valid():
        messages.error(request, _("请选一笔活动资金。"))
        return redirect("communities:proposal", public_id)
    fund_id = UUID(form.cleaned_data["fund"])
    return _do(request, public_id, lambda: services.use_fund(activity=activity, fund_id=fund_id))


def _do(request: HttpRequest, public_id: UUID, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("communities:proposal", public_id)
