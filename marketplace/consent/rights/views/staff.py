"""Our staff's pages: corrections to answer, requests that are stuck, certificates to check."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.consent.enums import DataItem
from marketplace.core.audit.services import record_access
from marketplace.core.errors import Refusal

from .. import selectors, services
from ..certificates import hash_of, readable
from ..forms import AnswerForm, NumberForm
from ..models import Correction
from ..services.answering import STAFF_LABEL

PAGE_SIZE = 20


@never_cache
@duty_required(Duty.PRIVACY)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an answer: kinds and clocks alone, the words stand on the next page."""
    page = Paginator(selectors.waiting_corrections(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "stuck": selectors.stuck_requests()[:PAGE_SIZE]}
    return render(request, "data_rights/queue.html", context)


@never_cache
@duty_required(Duty.PRIVACY)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read one correction, which is written down, and answer it."""
    correction = (
        Correction.objects.filter(public_id=public_id).select_related("request__child", "request__user").first()
    )
    if correction is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_correction(
                public_id=public_id,
                answered_by=request.user,
                is_accepted=form.cleaned_data["decision"] == "accept",
                answer=form.cleaned_data["answer"],
            )
        except Refusal as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("已回复。"))
        return redirect("data_rights:queue")
    record_access(
        actor=request.user,
        subject_id=correction.subject_id,
        items=[DataItem.PROFILE],
        purpose="correction",
        actor_label=STAFF_LABEL,
        records=[correction.public_id],
    )
    return render(request, "data_rights/answer.html", {"correction": correction, "form": form})


@duty_required(Duty.PRIVACY)
@require_POST
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the worker try a stuck request again."""
    if services.retry_request(public_id=public_id, retried_by=request.user):
        messages.success(request, _("会再试一次。"))
    return redirect("data_rights:queue")


@never_cache
@duty_required(Duty.PRIVACY)
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Check a certificate somebody holds by its number: what it says, and that nobody changed it."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    found = selectors.certificate_by_number(form.cleaned_data["number"]) if form.is_valid() else None
    context = {
        "form": form,
        "certificate": found,
        "body": readable(found) if found else None,
        "page": "verify",
        "is_whole": found is not None and hash_of(found.body) == found.sha256,
        "was_asked": form.is_bound and form.is_valid(),
    }
    return render(request, "data_rights/verify.html", context)
