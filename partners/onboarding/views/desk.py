"""The desk of our reviewers: the queue with its clocks, one application with its checklist, and the second person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from .. import selectors, services
from ..desk_forms import AskForm, ChecksForm, ProposeForm
from ..enums import OF_PEOPLE, Step
from ..looking import note_read
from ..models import Application
from ..services.reviewing import is_checked
from .applying import duties_of

PAGE_SIZE = 20
_SHOWN: dict[str, Callable[[], Any]] = {
    "waiting": selectors.queue,
    "questioned": selectors.questioned,
    "decided": selectors.decided,
}


@require_GET
@duty_required(Duty.REVIEW)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, the nearest end of its clock first; what waits for organisations; what is over."""
    show = request.GET.get("show", "waiting")
    found = _SHOWN.get(show, selectors.queue)()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "show": show, "now": timezone.now(), "overdue": selectors.overdue().count()}
    return render(request, "onboarding/desk.html", context | {"page": "onboarding"})


@require_GET
@duty_required(Duty.REVIEW)
def register(request: HttpRequest) -> HttpResponse:
    """The register of agreements: who signed which version, and the matrix of each."""
    page = Paginator(selectors.register_of_agreements(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "onboarding/register.html", {"page_obj": page, "page": "agreements"})


@never_cache
@require_GET
@duty_required(Duty.REVIEW)
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One application, whole; that it was read is written down."""
    found = _handed_in(public_id)
    note_read(request.user, found)
    return render(request, "onboarding/case.html", _context(request, found))


def _handed_in(public_id: UUID) -> Application:
    rows = Application.objects.select_related("taken_by", "proposed_by", "decided_by", "partner", "applicant")
    return get_object_or_404(rows.filter(version__gte=1), public_id=public_id)


def _context(request: HttpRequest, found: Application) -> dict[str, Any]:
    papers = list(selectors.current_papers(found))
    agreement = found.agreements.select_related("text").first()
    return {
        "application": found,
        "papers": [paper for paper in papers if paper.kind not in OF_PEOPLE],
        "people": [(person, [p for p in papers if p.person_id == person.pk]) for person in found.people.all()],
        "agreement": agreement,
        "duties": duties_of(agreement.text) if agreement else [],
        "questions": found.questions.select_related("asked_by"),
        "events": found.events.select_related("by"),
        "alike": selectors.alike_names(found),
        "is_checked": is_checked(found),
        "checks_form": ChecksForm(application=found),
        "ask_form": AskForm(initial={"step": Step.PAPERS}),
        "propose_form": ProposeForm(),
        "may_decide": found.proposed_by_id is not None and found.proposed_by_id != request.user.pk,
        "now": timezone.now(),
        "page": "onboarding",
    }


def _do(request: HttpRequest, public_id: UUID, done: str, work: Callable[[], Any]) -> HttpResponse:
    """Do one thing to an application, say that it is done or why not, and go back to it."""
    _handed_in(public_id)
    try:
        work()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("onboarding:case", public_id)


@require_POST
@duty_required(Duty.REVIEW)
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that one is working on it."""
    return _do(
        request,
        public_id,
        _("这份申请由您审核。"),
        lambda: services.take_application(public_id=public_id, by=request.user),
    )


@require_POST
@duty_required(Duty.REVIEW)
def checks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note what was found."""
    form = ChecksForm(request.POST, application=_handed_in(public_id))
    results = form.results if form.is_valid() else {}
    return _do(
        request,
        public_id,
        _("核对结果已保存。"),
        lambda: services.note_checks(public_id=public_id, by=request.user, results=results),
    )


@require_POST
@duty_required(Duty.REVIEW)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the organisation something."""
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写下要问什么。"))
        return redirect("onboarding:case", _handed_in(public_id).public_id)
    step, text = Step(form.cleaned_data["step"]), form.cleaned_data["text"]
    return _do(
        request,
        public_id,
        _("已经发给机构，时钟停在这里，等 TA 补充。"),
        lambda: services.ask_organisation(public_id=public_id, by=request.user, step=step, text=text),
    )


@require_POST
@duty_required(Duty.REVIEW)
def propose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose a decision to a colleague."""
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择审核意见。"))
        return redirect("onboarding:case", _handed_in(public_id).public_id)
    proposed = {"approves": form.cleaned_data["approves"] == "yes", "reasons": form.cleaned_data["reasons"]}
    return _do(
        request,
        public_id,
        _("已提出。需要另一位审核同事复核。"),
        lambda: services.propose_decision(public_id=public_id, by=request.user, **proposed),
    )


@require_POST
@duty_required(Duty.REVIEW)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As the second person: confirm, or send it back."""
    if request.POST.get("say") == "back":
        return _do(
            request,
            public_id,
            _("已退回，请同事再看。"),
            lambda: services.send_back(public_id=public_id, by=request.user),
        )
    return _do(
        request,
        public_id,
        _("已复核，结果生效。"),
        lambda: services.confirm_proposal(public_id=public_id, by=request.user),
    )
