"""Our staff's side: writing questions, answering votes and proposals. No count is shown here before closing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty, Role
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from .. import clocks, rules, selectors, services
from ..enums import ProposalStatus, QuestionStatus
from ..forms import AnswerForm, QuestionForm, ReviewForm
from ..models import Proposal, Question
from ..wording import shown

PAGE_SIZE = 20


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def questions(request: HttpRequest) -> HttpResponse:
    """Every question, and how our promise on it stands."""
    page = Paginator(selectors.questions_for_desk(), PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [
        {"question": each, "is_open": rules.is_open(each, now), "state": clocks.answer_state(each, now)}
        for each in page
    ]
    return render(request, "council/desk/questions.html", {"page_obj": page, "rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.PRIVACY)
def new(request: HttpRequest) -> HttpResponse:
    """Write a draft."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.draft_question(**form.words(), written_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("council:case", draft.public_id)
    return render(request, "council/desk/new.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.PRIVACY)
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question: a draft to be edited, a vote that is on, or results to be answered."""
    found = _question(public_id)
    if request.method == "GET":
        return _case_page(request, found)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _case_page(request, found, form=form)
    done = gettext_lazy("草稿已保存。")
    return _act(request, found, done, lambda: services.edit_question(public_id=public_id, **form.words()), form=form)


@require_POST
@duty_required(Duty.PRIVACY)
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put it to young people."""
    done = gettext_lazy("已发布，从现在起不能再改。")
    return _act(request, _question(public_id), done, lambda: services.publish_question(public_id=public_id))


@require_POST
@duty_required(Duty.PRIVACY)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what came of it; an empty form comes back."""
    found = _question(public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _case_page(request, found, answer_form=form)
    words = form.cleaned_data["answer"]
    return _act(
        request,
        found,
        gettext_lazy("答复已公开。"),
        lambda: services.answer_question(public_id=public_id, answer=words, answered_by=request.user),
    )


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals still to be answered, without their words."""
    page = Paginator(selectors.proposals_for_desk(), PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [{"proposal": each, "is_late": clocks.is_late(each, now)} for each in page]
    return render(request, "council/desk/proposals.html", {"page_obj": page, "rows": rows})


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One proposal with its words; the look is written down."""
    return _proposal_page(request, _proposal(public_id), ReviewForm())


@require_POST
@duty_required(Duty.PRIVACY)
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a proposal; an incomplete form comes back with what was written."""
    found = _proposal(public_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, found, form)
    try:
        services.review_proposal(public_id=public_id, **form.cleaned_data, answered_by=request.user)
        _record(request, found, Action.UPDATE)
        messages.success(request, str(gettext_lazy("已回复。")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("council:proposals")


def _question(public_id: UUID) -> Question:
    return get_object_or_404(Question.objects.prefetch_related("options"), public_id=public_id)


def _proposal(public_id: UUID) -> Proposal:
    found = Proposal.objects.select_related("child").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _case_page(request: HttpRequest, found: Question, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {"item": shown(found, timezone.now()), "floor": rules.FLOOR}
    if found.status == QuestionStatus.DRAFT:
        context["form"] = forms.get("form") or QuestionForm(question=found)
    elif found.status == QuestionStatus.CLOSED and not found.answered_at:
        context["answer_form"] = forms.get("answer_form") or AnswerForm()
    return render(request, "council/desk/case.html", context)


def _act(
    request: HttpRequest, found: Question, done: Promise, act: Callable[[], object], form: QuestionForm | None = None
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        if form is not None and found.status == QuestionStatus.DRAFT:
            form.add_error(None, str(refusal))
            return _case_page(request, found, form=form)
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
    return redirect("council:case", found.public_id)


def _proposal_page(request: HttpRequest, found: Proposal, form: ReviewForm) -> HttpResponse:
    _record(request, found, Action.READ)
    context = {
        "proposal": found,
        "form": form if found.status == ProposalStatus.WAITING else None,
        "is_late": clocks.is_late(found, timezone.now()),
    }
    return render(request, "council/desk/proposal.html", context)


def _record(request: HttpRequest, found: Proposal, action: Action) -> None:
    record_access(
        actor=request.user,
        subject_id=found.child.public_id,
        items=[],
        records=[found.public_id],
        purpose="council",
        reason="duty",
        action=action,
        actor_label=kept_label(Role.STAFF.label),
    )
