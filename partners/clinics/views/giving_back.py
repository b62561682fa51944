"""A partner gives its own money back: of an order by its number, line by line. What was bought is not shown here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.order.forms import GiveBackForm, numbered
from catalog.order.models import Line
from catalog.order.rules import PARTNER_ALONE_FEN
from catalog.order.services import give_back
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..rules import Portal


@require_http_methods(["GET", "POST"])
@manager_view
def giving_back(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Find an order of the partner by its number, and give all or part of a line back."""
    number = request.GET.get("number", "").strip().upper()
    lines = _lines_of(portal, number)
    form = GiveBackForm(request.POST or None, lines=numbered(lines)) if lines else None
    if request.method == "POST" and form is not None and form.is_valid() and _given(portal, form, request):
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


def _given(portal: Portal, form: GiveBackForm, request: HttpRequest) -> bool:
    try:
        given = give_back(
            line=form.chosen_line,
            amount_fen=form.amount_fen,
            note=form.cleaned_data["note"],
            asked_by=portal.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("已退款，家长会收到消息。") if given.refund_id else _("已提交，平台财务会确认。"))
    return True
