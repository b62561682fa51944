"""Complaining, with or without signing in, and following what happens. Nothing tells a stranger what exists."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.security.attempts import SECRETS, may_send_form, trial
from marketplace.core.errors import Refusal
from marketplace.core.throttling import TooFast

from .. import clocks, selectors, services, wording
from ..errors import WrongCode
from ..following import followed, forget_code, new_code_of, remember_code, remember_opened
from ..forms import CodeForm, ComplaintForm, FollowForm, WordsForm
from ..models import Complaint

PAGE_SIZE = 20


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form. Sent too fast, it comes back as it was filled in: nothing is lost."""
    form = ComplaintForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "complaints/new.html", {"form": form})
    if not may_send_form(request, "complaint"):
        return render(request, "complaints/new.html", {"form": form, "is_too_fast": True}, status=429)
    words = form.cleaned_data
    filed = services.file_complaint(
        topic=words["topic"],
        items=words["items"],
        what_happened=words["what_happened"],
        contact=words["contact"],
        complainant=request.user if request.user.is_authenticated else None,
    )
    remember_code(request, filed.complaint.public_id, filed.code)
    remember_opened(request, filed.complaint.public_id)
    return redirect("complaints:filed", filed.complaint.public_id)


@never_cache
@require_GET
def filed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The number and the code, shown for a few minutes to the browser that sent the form."""
    complaint = followed(request, public_id)
    code = new_code_of(request, public_id)
    if complaint is None or not code:
        return redirect("complaints:status", public_id)
    faces = clocks.clock_faces(complaint, timezone.now())
    return render(request, "complaints/filed.html", {"complaint": complaint, "code": code, "faces": faces})


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Open a complaint by number and code."""
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _open_by_code(request, form, number=form.cleaned_data["number"])
        if opened:
            return redirect("complaints:status", opened.public_id)
    return render(request, "complaints/find.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What happens to a complaint; whoever may not follow it is asked for the code, there or not."""
    complaint = followed(request, public_id)
    if complaint is None:
        return _ask_for_code(request, public_id)
    if request.method == "POST":
        return redirect("complaints:status", public_id)
    forget_code(request, public_id)
    return render(request, "complaints/status.html", _status_context(complaint))


@require_POST
def reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add something."""
    return _with_words(request, public_id, services.reply, gettext_lazy("已收到您的补充。"))


@require_POST
def object_to(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a second reader."""
    done = gettext_lazy("已转给另一位工作人员重新看。")
    return _with_words(request, public_id, services.object_to_answer, done)


@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the answer is enough."""
    if followed(request, public_id):
        try:
            services.accept_answer(public_id=public_id)
            messages.success(request, _("已办结，谢谢您告诉我们。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("complaints:status", public_id)


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What a person complained about while signed in."""
    page = Paginator(selectors.complaints_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "complaints/mine.html", {"page_obj": page})


def _ask_for_code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _open_by_code(request, form, public_id=public_id):
        return redirect("complaints:status", public_id)
    return render(request, "complaints/code.html", {"form": form})


def _open_by_code(
    request: HttpRequest, form: FollowForm, *, number: str = "", public_id: UUID | None = None
) -> Complaint | None:
    """Check a code at the pace of secrets; the form says the same whatever is wrong."""
    attempt = trial(request, SECRETS, [f"complaint:{public_id or number}"])
    if not attempt.begin():
        form.add_error(None, str(TooFast()))
        return None
    complaint = selectors.complaint_by_code(code=form.cleaned_data["code"], number=number, public_id=public_id)
    if complaint is None:
        form.add_error(None, str(WrongCode()))
        return None
    attempt.succeeded()
    remember_opened(request, complaint.public_id)
    return complaint


def _status_context(complaint: Complaint) -> dict[str, object]:
    now = timezone.now()
    until = clocks.may_object_until(complaint)
    return {
        "complaint": complaint,
        "sentence": wording.sentence(complaint.status),
        "entries": selectors.entries_for_person(complaint),
        "faces": clocks.clock_faces(complaint, now),
        "object_until": until if until and until > now else None,
        "reply_form": WordsForm(label=_("想补充的内容"), auto_id="reply_%s"),
        "object_form": WordsForm(label=_("哪里不对"), auto_id="object_%s"),
    }


def _with_words(request: HttpRequest, public_id: UUID, act, done) -> HttpResponse:
    """Do something with a text, for whoever may follow the complaint; anybody else is asked for the code."""
    complaint = followed(request, public_id)
    if complaint is None:
        return redirect("complaints:status", public_id)
    form = WordsForm(request.POST, label="")
    if not form.is_valid():
        messages.error(request, _("请写几句再提交。"))
    elif not may_send_form(request, "complaint-words"):
        context = _status_context(complaint) | {"kept_text": form.cleaned_data["text"], "is_too_fast": True}
        return render(request, "complaints/status.html", context, status=429)
    else:
        try:
            act(public_id=public_id, text=form.cleaned_data["text"])
            messages.success(request, str(done))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("complaints:status", public_id)
