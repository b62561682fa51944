"""The council for everybody: questions, results and what came of them; a vote and a proposal for young people."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.accounts.security.attempts import may_send_form
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.families.selectors import young_profile_of

from .. import rules, selectors, services
from ..enums import ProposalStatus
from ..forms import ProposalForm
from ..models import Proposal, Question
from ..wording import Shown, shown

PAGE_SIZE = 10


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What can be voted on now, and what came of earlier questions. No login; a voter sees their own choice."""
    now = timezone.now()
    page = Paginator(selectors.ended_questions(now), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "open": _shown(list(selectors.open_questions(now)), _voter(request), now),
        "ended": [shown(each, now) for each in page],
        "page_obj": page,
        "may_vote": _voter(request) is not None,
        "floor": rules.FLOOR,
    }
    return render(request, "council/index.html", context)


@never_cache
@require_GET
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question, open or over."""
    now = timezone.now()
    found = get_object_or_404(selectors.public_questions(now), public_id=public_id)
    voter = _voter(request)
    (item,) = _shown([found], voter, now)
    context = {"item": item, "may_vote": voter is not None, "floor": rules.FLOOR}
    return render(request, "council/question.html", context)


@never_cache
@require_POST
@role_required(Role.TEEN)
def vote(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose, or choose again. The choice travels in the body, never in the address."""
    position = request.POST.get("option", "")
    try:
        services.cast_vote(
            public_id=public_id, position=int(position) if position.isdecimal() else 0, voter=request.user
        )
        messages.success(request, _("投好了。结束之前随时可以改。"))
    except Question.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("council:question", public_id)


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.TEEN)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a question, and read what became of earlier ones. Words of danger lead to the numbers first."""
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_send_form(request, "council"):
            return _propose_page(request, form, is_too_fast=True)
        try:
            services.propose_question(text=form.cleaned_data["text"], proposed_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("收到你的提议了，我们会认真看。"))
            return redirect("council:propose")
    return _propose_page(request, form)


@never_cache
@require_POST
@role_required(Role.TEEN)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal back."""
    try:
        services.withdraw_proposal(public_id=public_id, withdrawn_by=request.user)
        messages.success(request, _("已经收回，内容也删掉了。"))
    except Proposal.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("council:propose")


def _propose_page(request: HttpRequest, form: ProposalForm, *, is_too_fast: bool = False) -> HttpResponse:
    voter = _voter(request)
    proposals = list(selectors.proposals_of(voter)) if voter else []
    waiting = [each for each in proposals if each.status == ProposalStatus.WAITING]
    context = {
        "form": form,
        "proposals": proposals,
        "is_urgent": any(each.is_urgent for each in waiting),
        "may_propose": voter is not None and len(waiting) < rules.MOST_WAITING,
        "takes_part": voter is not None,
        "is_too_fast": is_too_fast,
    }
    return render(request, "council/propose.html", context, status=429 if is_too_fast else 200)


def _voter(request: HttpRequest) -> Child | None:
    profile = young_profile_of(request.user)
    return profile if rules.may_take_part(request.user, profile) else None


def _shown(questions: list[Question], voter: Child | None, now: datetime) -> list[Shown]:
    chosen = selectors.own_choices(voter, questions) if voter else {}
    return [shown(each, now, chosen.get(each.pk)) for each in questions]
