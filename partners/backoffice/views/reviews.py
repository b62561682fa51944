"""What people wrote about sessions: read by somebody on duty before everybody may."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.consultations.feedback.models import Feedback
from catalog.consultations.feedback.selectors import decided_words, waiting_words
from catalog.consultations.feedback.services import decide_words
from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..forms import WordsForm
from ..sights import write_down_reviews

PAGE_SIZE = 20


@never_cache
@require_GET
@duty_required(Duty.REVIEW)
def reviews(request: HttpRequest) -> HttpResponse:
    """Words that wait, what sounds urgent first; or those decided, the newest first. Stars are not shown before."""
    decided = request.GET.get("show") == "decided"
    found = decided_words() if decided else waiting_words()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    prefetch_keys(rows)
    write_down_reviews(request.user, rows)
    context = {
        "page_obj": page,
        "rows": [{"feedback": row, "form": None if decided else WordsForm(auto_id=f"{row.pk}_%s")} for row in rows],
        "decided": decided,
        "page": "reviews",
    }
    return render(request, "backoffice/reviews.html", context)


@require_POST
@duty_required(Duty.REVIEW)
def decide_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let words through, or not, for a reason the author is told."""
    found = get_object_or_404(Feedback.objects.select_related("person"), public_id=public_id)
    form = WordsForm(request.POST)
    refusal = form.cleaned_data["refusal"] if form.is_valid() else ""
    publishes = request.POST.get("act") == "publish"
    try:
        decide_words(public_id=public_id, publishes=publishes, refusal=refusal, decided_by=request.user)
        write_down_reviews(request.user, [found])
        messages.success(request, _("已公开。") if publishes else _("不公开，已告诉作者原因。"))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("backoffice:reviews")
