"""Questions about orders: the queue and the answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog.order.enums import QuestionStatus
from catalog.order.models import OrderQuestion
from catalog.order.services import answer_question
from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..forms import AnswerForm
from ..sights import look_at_lines, write_down_questions

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.SUPPORT)
def questions(request: HttpRequest) -> HttpResponse:
    """Questions waiting for an answer, the oldest first; or those answered, the newest first."""
    answered = request.GET.get("show") == "answered"
    found = OrderQuestion.objects.select_related("order", "asked_by", "answered_by")
    if answered:
        found = found.filter(status=QuestionStatus.ANSWERED).order_by("-answered_at")
    else:
        found = found.filter(status=QuestionStatus.OPEN).order_by("asked_at")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    prefetch_keys(page.object_list)
    write_down_questions(request.user, page.object_list)
    return render(request, "backoffice/questions.html", {"page_obj": page, "answered": answered})


@require_http_methods(["GET", "POST"])
@duty_required(Duty.SUPPORT)
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question with its order, and the answer."""
    asked = get_object_or_404(OrderQuestion.objects.select_related("order", "asked_by"), public_id=public_id)
    form = AnswerForm(request.POST or None, initial={"answer": asked.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(question=asked, answer=form.cleaned_data["answer"], answered_by=request.user)
            messages.success(request, _("已回复，家长会收到消息。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("backoffice:questions")
    write_down_questions(request.user, [asked])
    lines = look_at_lines(request.user, asked.order.lines.select_related("booking__occupancy", "booking__child"))
    return render(request, "backoffice/question.html", {"question": asked, "lines": lines, "form": form})
