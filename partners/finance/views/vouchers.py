"""Vouchers the platform pays for: what there is, making one, stopping one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.vouchers.selectors import campaign_vouchers, terms_of
from catalog.vouchers.services import make_voucher, stop_voucher
from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from ..forms_vouchers import VoucherForm

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.FINANCE)
def vouchers(request: HttpRequest) -> HttpResponse:
    """Every voucher our staff made, newest first."""
    page = Paginator(campaign_vouchers(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"voucher": voucher, "terms": terms_of(voucher)} for voucher in page]
    context = {"page": "vouchers", "page_obj": page, "rows": rows, "now": timezone.now()}
    return render(request, "finance/vouchers.html", context)


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a voucher."""
    form = VoucherForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _made(form):
        messages.success(request, _("优惠码做好了。"))
        return redirect("finance:vouchers")
    context: dict[str, Any] = {"page": "vouchers", "form": form}
    return render(request, "finance/voucher_new.html", context, status=400 if form.errors else 200)


def _made(form: VoucherForm) -> bool:
    try:
        make_voucher(**form.values())
    except Refusal as refusal:
        form.add_error("code", str(refusal))
        return False
    return True


@require_POST
@duty_required(Duty.FINANCE)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a voucher now; orders that used it keep their price."""
    voucher = get_object_or_404(campaign_vouchers(), pk=pk)
    stop_voucher(voucher_id=voucher.pk)
    messages.success(request, _("已停用。已经下的订单不受影响。"))
    return redirect("finance:vouchers")
