"""Sending something in, following it, taking it back; and the desk of our editors."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.access import duty_required, role_required
from marketplace.accounts.enums import Duty, Role
from marketplace.core.audit.services import record_access
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from ..models import Submission
from . import rules, selectors, services
from .enums import REFUSAL_WORDS, State
from .forms import AcceptForm, DeclineForm, SendForm

PAGE_SIZE = 20
_PURPOSE = "submission"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.FAMILY, Role.TEEN)
def send(request: HttpRequest) -> HttpResponse:
    """The form; what the safety gate says stands above the next page."""
    children = selectors.whose_it_may_be(request.user)
    is_parent = request.user.role == Role.FAMILY
    if not children and not is_parent:
        return render(request, "content/submissions/ask_a_parent.html", status=403)
    form = SendForm(request.POST or None, request.FILES or None, children=children, is_parent=is_parent)
    if request.method == "POST" and form.is_valid():
        try:
            submission, answer = services.send_in(sent_by=request.user, child=form.author, sent=form.sent)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            if answer.card or answer.reply:
                return render(request, "content/submissions/sent.html", {"submission": submission, "answer": answer})
            messages.success(request, _("寄到了，谢谢你。看完会告诉你。"))
            return redirect("submissions:mine")
    return render(request, "content/submissions/send.html", {"form": form, "is_parent": is_parent})


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What this person sent, and what became of it."""
    page = Paginator(selectors.submissions_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    prefetch_keys([row for row in rows if row.state != State.WITHDRAWN])
    for row in rows:
        row.refusal_words = REFUSAL_WORDS.get(row.refusal, "")
    return render(request, "content/submissions/mine.html", {"page_obj": page, "rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back: no reason is asked."""
    submission = selectors.submission_for(request.user, public_id)
    if submission is None:
        raise Http404
    if request.method == "POST":
        services.withdraw_submission(public_id=public_id)
        messages.success(request, _("已经撤回。页面和内容都删掉了。"))
        return redirect("submissions:mine")
    return render(request, "content/submissions/withdraw.html", {"submission": submission})


@never_cache
@require_safe
@duty_required(Duty.CONTENT)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, or what was answered; no words are shown here."""
    is_answered = request.GET.get("show") == "answered"
    found = selectors.answered_submissions() if is_answered else selectors.waiting_submissions()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "content/submissions/desk.html", {"page_obj": page, "is_answered": is_answered})


@never_cache
@require_safe
@duty_required(Duty.CONTENT)
def read(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One submission with its words; the look is written down for its author."""
    submission = _submission(public_id)
    _write_down(request, submission)
    text = f"{submission.title}\n{submission.words}"
    context: dict[str, Any] = {
        "submission": submission,
        "hints": rules.recognisable_parts(text),
        "accept_form": AcceptForm(auto_id="accept_%s"),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        "is_waiting": submission.state == State.WAITING,
    }
    return render(request, "content/submissions/read.html", context)


@never_cache
@require_safe
@duty_required(Duty.CONTENT)
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its picture or recording, for the desk only."""
    submission = _submission(public_id)
    if not submission.file:
        raise Http404
    return HttpResponse(
        base64.b64decode(submission.file),
        content_type=submission.file_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"},
    )


@require_POST
@duty_required(Duty.CONTENT)
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a draft of it."""
    _submission(public_id)
    if not AcceptForm(request.POST).is_valid():
        messages.error(request, _("两条都看过、都打了勾，才能收下。"))
        return redirect("submissions:read", public_id)
    try:
        item = services.accept_submission(public_id=public_id, decided_by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("submissions:read", public_id)
    messages.success(request, _("收下了，是一份草稿。改好以后提交专业审核。"))
    return redirect("wagtailadmin_pages:edit", item.pk)


@require_POST
@duty_required(Duty.CONTENT)
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Do not take it; the sender is told kindly."""
    _submission(public_id)
    form = DeclineForm(request.POST)
    try:
        services.decline_submission(
            public_id=public_id, decided_by=request.user, refusal=request.POST.get("refusal", "")
        )
        messages.success(request, _("没有收下，已经告诉对方原因。"))
    except Refusal as refused:
        messages.error(request, str(refused) if form.is_valid() else _("请选一个原因。"))
    return redirect("submissions:desk")


def _submission(public_id: UUID) -> Submission:
    found = Submission.objects.select_related("child", "sent_by")
    return get_object_or_404(found.exclude(state=State.WITHDRAWN), public_id=public_id)


def _write_down(request: HttpRequest, submission: Submission) -> None:
    subject = submission.child or submission.sent_by
    if subject is None:
        return
    record_access(
        actor=request.user,
        subject_id=subject.public_id,
        items=[],
        purpose=_PURPOSE,
        reason="duty",
        actor_label=kept_label("心桥", Duty.CONTENT.label),
        records=[submission.public_id],
    )
