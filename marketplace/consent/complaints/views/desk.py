"""Our staff's desk: the queue, one complaint, and the figures. Only while on privacy duty; every look is written down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty, Role
from marketplace.consent.enums import DataItem
from marketplace.consent.retention.periods import midnight
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from .. import clocks, rules, selectors, services
from ..enums import ComplaintStatus
from ..forms import AnswerForm, WordsForm
from ..models import Complaint

PAGE_SIZE = 20
_PURPOSE = "complaint"


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def queue(request: HttpRequest) -> HttpResponse:
    """Open complaints, the promise that ends first on top; or the answered ones. No words of theirs are shown."""
    is_settled = request.GET.get("show") == "settled"
    found = selectors.settled_complaints() if is_settled else selectors.open_queue()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [
        {
            "complaint": complaint,
            "face": clocks.running_clock(complaint, now),
            "may_take": rules.may_take(complaint, request.user),
            "is_mine": complaint.handler_id == request.user.pk,
        }
        for complaint in page
    ]
    context = {"page_obj": page, "rows": rows, "is_settled": is_settled}
    return render(request, "complaints/desk/queue.html", context)


@never_cache
@require_GET
@duty_required(Duty.PRIVACY)
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One complaint with everything that happened, and what can be done next."""
    return _case_page(request, _complaint(public_id))


@require_POST
@duty_required(Duty.PRIVACY)
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a complaint from the queue."""
    done = gettext_lazy("这件投诉由你处理，对方已看到有人确认。")
    return _act(request, public_id, done, lambda: services.take_complaint(public_id=public_id, taken_by=request.user))


@require_POST
@duty_required(Duty.PRIVACY)
def ask_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the person."""
    return _act_with_words(
        request, public_id, gettext_lazy("问题已发给对方，时限照常走。"), services.ask_back, "question", "asked_by"
    )


@require_POST
@duty_required(Duty.PRIVACY)
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write something down."""
    return _act_with_words(
        request, public_id, gettext_lazy("已记下，只有同事能看到。"), services.note, "text", "written_by"
    )


@require_POST
@duty_required(Duty.PRIVACY)
def hand_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put it back into the queue."""
    return _act_with_words(
        request,
        public_id,
        gettext_lazy("已放回待处理，其他同事会收到消息。"),
        services.hand_on,
        "reason",
        "handed_on_by",
    )


@require_POST
@duty_required(Duty.PRIVACY)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer with reasons; an incomplete form comes back with what was written."""
    complaint = _complaint(public_id)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid() and rules.may_handle(complaint, request.user):
        return _case_page(request, complaint, answer_form=form)
    words = form.cleaned_data
    return _act(
        request,
        public_id,
        gettext_lazy("已答复。"),
        lambda: services.answer_complaint(
            public_id=public_id,
            answer=words.get("text", ""),
            cause=words.get("cause", ""),
            side=words.get("side", ""),
            answered_by=request.user,
        ),
    )


@require_GET
@duty_required(Duty.PRIVACY)
def figures(request: HttpRequest) -> JsonResponse:
    """Counts for those who watch over us, from `since` up to `until` (days, the last twelve months without them)."""
    now = timezone.now()
    until = _day(request.GET.get("until")) or now
    since = _day(request.GET.get("since")) or until.replace(year=until.year - 1, day=min(until.day, 28))
    body = {"since": since.isoformat(), "until": until.isoformat(), **selectors.figures(since, until)}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _day(text: str | None) -> datetime | None:
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return midnight(day) if day else None


def _complaint(public_id: UUID) -> Complaint:
    found = Complaint.objects.select_related("handler", "complainant").filter(public_id=public_id, erased_at=None)
    complaint = found.first()
    if complaint is None:
        raise Http404
    return complaint


def _case_page(request: HttpRequest, complaint: Complaint, **forms: Any) -> HttpResponse:
    _record(request, complaint, Action.READ)
    may_handle = rules.may_handle(complaint, request.user)
    context = {
        "complaint": complaint,
        "item_labels": [DataItem(item).label for item in complaint.items],
        "entries": selectors.entries_for_staff(complaint),
        "faces": clocks.clock_faces(complaint, timezone.now()),
        "may_take": rules.may_take(complaint, request.user),
        "may_handle": may_handle,
        "is_second": complaint.status == ComplaintStatus.SECOND_READING,
    }
    if may_handle:
        context |= _forms() | forms
    return render(request, "complaints/desk/case.html", context)


def _forms() -> dict[str, Any]:
    return {
        "question_form": WordsForm(label=_("想请对方补充什么"), auto_id="question_%s"),
        "note_form": WordsForm(label=_("内部记录"), auto_id="note_%s"),
        "hand_on_form": WordsForm(label=_("为什么要转交"), auto_id="hand_on_%s"),
        "answer_form": AnswerForm(auto_id="answer_%s"),
    }


def _act_with_words(
    request: HttpRequest,
    public_id: UUID,
    done: Promise,
    service: Callable[..., object],
    words: str,
    actor: str,
) -> HttpResponse:
    form = WordsForm(request.POST, label="")
    if not form.is_valid():
        messages.error(request, _("请写几句再提交。"))
        return redirect("complaints:case", public_id)
    arguments = {words: form.cleaned_data["text"], actor: request.user}
    return _act(request, public_id, done, lambda: service(public_id=public_id, **arguments))


def _act(request: HttpRequest, public_id: UUID, done: Promise, act: Callable[[], object]) -> HttpResponse:
    complaint = _complaint(public_id)
    try:
        act()
        _record(request, complaint, Action.UPDATE)
        messages.success(request, str(done))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("complaints:case", public_id)


def _record(request: HttpRequest, complaint: Complaint, action: Action) -> None:
    """Write down a look at (or a step on) a complaint; about the person where we know them, else about it alone."""
    about = complaint.complainant or complaint
    record_access(
        actor=request.user,
        subject_id=about.public_id,
        items=[],
        records=[complaint.public_id],
        purpose=_PURPOSE,
        reason="duty",
        action=action,
        actor_label=kept_label(Role.STAFF.label),
    )
