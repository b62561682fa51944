"""Questions about orders: the queue and the answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.order.enums import QuestionStatus
from catalog.order.forms import GiveBackForm
from catalog.order.models import OrderQuestion
from catalog.order.rules import alone_fen
from catalog.order.selectors import claimed_fen, refund_progress
from catalog.order.services import answer_question, give_back
from marketplace.accounts.access import duty_required
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text

from ..forms import AnswerForm
from ..sights import LineSight, look_at_lines, write_down_questions

PAGE_SIZE = 20
#: The answer's form stands on the same page.
_REFUND = "refund"


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
    return _show(request, asked, form)


@require_POST
@duty_required(Duty.SUPPORT)
def give_money_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give part of what was paid back, from the question that asks for it."""
    asked = get_object_or_404(OrderQuestion.objects.select_related("order", "asked_by"), public_id=public_id)
    form = GiveBackForm(request.POST, lines=[(line, "") for line in asked.order.lines.all()], prefix=_REFUND)
    if not form.is_valid():
        messages.error(request, _("请选择哪一项、写清金额和原因。"))
        return redirect("backoffice:question", public_id)
    try:
        proposal = give_back(
            line=form.chosen_line,
            amount_fen=form.amount_fen,
            note=form.cleaned_data["note"],
            asked_by=request.user,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("已退款。") if proposal.refund_id else _("超过一个人能决定的金额，已交给财务第二人确认。")
        )
    return redirect("backoffice:question", public_id)


def _show(request: HttpRequest, asked: OrderQuestion, form: AnswerForm) -> HttpResponse:
    write_down_questions(request.user, [asked])
    lines = look_at_lines(request.user, asked.order.lines.select_related("booking__occupancy", "booking__child"))
    context = {
        "question": asked,
        "lines": lines,
        "form": form,
        "refund_form": _refund_form(lines) if asked.order.paid_at else None,
        "limit_fen": alone_fen(duties_now(request.user), is_partners=False),
        "progress": refund_progress(asked.order),
    }
    return render(request, "backoffice/question.html", context)


def _refund_form(lines: list[LineSight]) -> GiveBackForm:
    """The order's lines in the words this person may see."""
    words = _("{what}，还可以退 {left}")
    return GiveBackForm(
        lines=[
            (
                sight.line,
                words.format(
                    what=sight.line.title if sight.what else _("预约服务"),
                    left=yuan_text(sight.line.price_fen - claimed_fen(sight.line)),
                ),
            )
            for sight in lines
        ],
        prefix=_REFUND,
    )
