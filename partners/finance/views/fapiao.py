"""The desk where fapiao are issued and undone."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from partners.finance.forms import FailForm, NumberForm
from partners.finance.sights import write_down_bill
from payments.fapiao import selectors, services
from payments.fapiao.enums import FailReason, FapiaoState
from payments.fapiao.models import FapiaoRequest
from payments.fapiao.rules import invoiced_fen

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.FINANCE)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, red reversals first; or what is done. Whom it names stands on the page of each."""
    done = request.GET.get("show") == "done"
    found = selectors.done_fapiao() if done else selectors.waiting_fapiao()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "finance/fapiao_queue.html", {"page": "fapiao", "page_obj": page, "done": done})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def fapiao(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: issue it, undo it, or say why not."""
    asked = get_object_or_404(
        FapiaoRequest.objects.select_related("asked_by", "intent__settled_by", "replaces"), public_id=public_id
    )
    number, fail = _forms(request, asked)
    if request.method == "POST":
        form = fail if "reason" in request.POST else number
        if form.is_valid():
            return _act(request, asked, form)
    prefetch_keys([asked])
    write_down_bill(request.user, person=asked.asked_by, record=asked.public_id)
    context = {
        "page": "fapiao",
        "fapiao": asked,
        "number_form": number,
        "fail_form": fail,
        "now_fen": invoiced_fen(asked.intent.settled_by),
    }
    return render(request, "finance/fapiao.html", context)


def _forms(request: HttpRequest, asked: FapiaoRequest) -> tuple[NumberForm, FailForm]:
    data = request.POST or None
    fails = data is not None and "reason" in data
    number = NumberForm(None if fails else data, initial={"shown_fen": invoiced_fen(asked.intent.settled_by)})
    if asked.state == FapiaoState.ISSUED:
        number.fields["number"].label = _("红字发票号码")
    return number, FailForm(data if fails else None)


def _act(request: HttpRequest, asked: FapiaoRequest, form: NumberForm | FailForm) -> HttpResponse:
    try:
        _carry_out(request, asked, form.cleaned_data)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("finance:fapiao", asked.public_id)
    return redirect("finance:fapiao_queue")


def _carry_out(request: HttpRequest, asked: FapiaoRequest, data: dict[str, object]) -> None:
    if "reason" in data:
        services.fail_fapiao(fapiao=asked, reason=FailReason(str(data["reason"])), failed_by=request.user)
        messages.success(request, _("已告诉申请人。"))
    elif asked.state == FapiaoState.ISSUED:
        services.reverse_fapiao(fapiao=asked, red_number=str(data["number"]), reversed_by=request.user)
        messages.success(request, _("已登记红冲。"))
    else:
        shown = data["shown_fen"]
        services.issue_fapiao(
            fapiao=asked,
            number=str(data["number"]),
            shown_fen=shown if isinstance(shown, int) else 0,
            issued_by=request.user,
        )
        messages.success(request, _("已登记，申请人会收到消息。"))
