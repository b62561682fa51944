"""The pages of whoever was asked, by whichever way they came: what is asked, paying, not this time, waiting."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from marketplace.core.errors import Refusal
from payments import selectors as core
from payments.clients import client_of, ip_of
from payments.enums import Method
from payments.forms import PayForm
from payments.offers import offers_for
from payments.progress import Progress, progress_of
from payments.requests import services
from payments.requests.enums import RequestState
from payments.requests.errors import AskOver
from payments.requests.views.entrances import Entrance, own_attempts, remember_attempt
from payments.services import Payer
from payments.views.leading import lead_payer
from payments.views.own import settled_now
from payments.views.watching import drawn_code
from payments.views.wechat import ask_openid, openid_of

_REFUSED, _GONE, _WRONG_INPUT = 409, 410, 422
_STILL_WAITING = (Progress.UNPAID, Progress.WAITING, Progress.CHECKING, Progress.DECLINED)
#: Seconds between looks of a waiting page.
PACE = 4


def is_over(entrance: Entrance) -> bool:
    """Whether nothing is left to pay or to answer; an ask whose time is past is over, whether or not a beat came by."""
    return not entrance.ask.is_active or entrance.ask.expires_at <= timezone.now()


def show_ask(
    request: HttpRequest, entrance: Entrance, form: PayForm | None = None, *, status: int = 200
) -> HttpResponse:
    """What is asked, with the ways to pay."""
    offers = offers_for(client_of(request))
    page = entrance.page(form=form or PayForm(offers=offers), offers=offers)
    return render(request, "asks/payer.html", page, status=status)


def show_over(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """A calm page for an ask that is over. Says how it ended, and no more."""
    state = entrance.ask.state
    if state == RequestState.ACTIVE:
        state = RequestState.EXPIRED
    status = 200 if state == RequestState.PAID else _GONE
    return render(request, "asks/over.html", entrance.page(state=state), status=status)


def start_paying(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Begin to pay and lead to the company, or say calmly why not."""
    if request.method != "POST" or is_over(entrance):
        return redirect(entrance.url())
    client = client_of(request)
    form = PayForm(request.POST, offers=offers_for(client))
    if not form.is_valid():
        return show_ask(request, entrance, form, status=_WRONG_INPUT)
    gateway, method = form.chosen
    openid = openid_of(request)
    if method == Method.JSAPI and not openid:
        return ask_openid(request, way=f"{gateway}:{method}", back_path=entrance.url())
    payer = Payer(
        user_id=entrance.user.pk if entrance.user else None,
        ip=ip_of(request),
        openid=openid,
        return_path=entrance.return_url,
    )
    try:
        started = services.start_payment_for(
            request=entrance.ask,
            gateway_code=gateway,
            method=method,
            client=client,
            payer=payer,
            own_attempts=own_attempts(request),
        )
    except AskOver:
        return redirect(entrance.url())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_ask(request, entrance, form, status=_REFUSED)
    remember_attempt(request, started.attempt.out_trade_no)
    return lead_payer(
        request,
        started,
        scan_path=entrance.url("scan"),
        return_path=entrance.return_url,
        other_path=entrance.url(),
        hides_referrer=entrance.by_link,
    )


def answer_not_now(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Not this time: asked once more, because the time that was kept is free at once."""
    if is_over(entrance):
        return redirect(entrance.url())
    if request.method != "POST":
        return render(request, "asks/decline.html", entrance.page())
    try:
        services.decline_ask(request=entrance.ask, declined_by=entrance.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect(entrance.url())


def show_scan(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The code to scan, watching whether it was paid."""
    attempt = core.open_attempt_of(entrance.intent.pk)
    if "look" in request.GET:
        settled_now(entrance.intent)
        attempt = core.open_attempt_of(entrance.intent.pk)
    if attempt is None or not attempt.qr_text:
        return redirect(entrance.return_url)
    page = entrance.page(
        attempt=attempt,
        code=drawn_code(attempt.qr_text),
        progress=Progress.WAITING,
        scanning=True,
        pace=PACE,
        # Nobody's phone reaches a simulator on this machine.
        demo_url=attempt.qr_text if settings.DEMO else "",
    )
    return render(request, "asks/scan.html", page)


def show_return(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Where the company sends the payer back to. What the address says counts for nothing."""
    intent = settled_now(entrance.intent)
    return render(request, "asks/return.html", entrance.page(progress=progress_of(intent), pace=PACE))


def show_status(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The part of a waiting page that changes; nothing while it is as `?seen` says."""
    progress = progress_of(settled_now(entrance.intent))
    scanning = "scan" in request.GET
    if scanning and progress not in _STILL_WAITING:
        return HttpResponse(status=204, headers={"HX-Redirect": entrance.return_url})
    if request.GET.get("seen") == progress:
        return HttpResponse(status=204)
    return render(request, "asks/_status.html", entrance.page(progress=progress, scanning=scanning, pace=PACE))
