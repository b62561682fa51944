"""A partner gives its own money back: of an order by its number, line by line. What was bought is not shown here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.order.models import Line
from catalog.order.rules import PARTNER_ALONE_FEN
from catalog.order.selectors import claimed_fen
from catalog.order.services import give_back
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text
from marketplace.core.money import fen_from_yuan

from ..access import manager_view
from ..forms import GiveBackForm
from ..rules import Portal


@require_http_methods(["GET", "POST"])
@manager_view
def giving_back(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Find an order of the partner by its number, and give all or part of a line back."""
    number = request.GET.get("number", "").strip().upper()
    lines = _lines_of(portal, number)
    form = GiveBackForm(request.POST or None, lines=_choices(lines)) if lines else None
    if request.method == "POST" and form is not None and form.is_valid() and _given(portal, form, lines, request):
        return redirect("clinics:giving_back")
    context = {
        "portal": portal,
        "page": "returns",
        "number": number,
        "is_unknown": bool(number) and not lines,
        "form": form,
        "limit_fen": PARTNER_ALONE_FEN,
    }
    return render(request, "clinics/giving_back.html", context, status=400 if form is not None and form.errors else 200)


def _lines_of(portal: Portal, number: str) -> list[Line]:
    found = Line.objects.filter(order__number=number, order__paid_at__isnull=False, partner=portal.partner)
    return list(found.order_by("pk")) if number else []


def _choices(lines: list[Line]) -> list[tuple[str, str]]:
    words = _("第 {number} 项，付了 {paid}，还可以退 {left}")
    return [
        (
            str(line.pk),
            words.format(
                number=number, paid=yuan_text(line.price_fen), left=yuan_text(line.price_fen - claimed_fen(line))
            ),
        )
        for number, line in enumerate(lines, start=1)
    ]


def _given(portal: Portal, form: GiveBackForm, lines: list[Line], request: HttpRequest) -> bool:
    line = next(line for line in lines if str(line.pk) == form.cleaned_data["line"])
    try:
        given = give_back(
            line=line,
            amount_fen=fen_from_yuan(form.cleaned_data["amount"]),
            note=form.cleaned_data["note"],
            asked_by=portal.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("已退款，家长会收到消息。") if given.refund_id else _("已提交，平台财务会确认。"))
    return True
