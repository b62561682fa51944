"""Where a payer goes once an attempt is open."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payments.enums import Method
from payments.gateways.base import JsApi, Redirect
from payments.services import StartedAttempt
from payments.views.own import description_of


def lead_payer(
    request: HttpRequest,
    started: StartedAttempt,
    *,
    scan_path: str,
    return_path: str,
    other_path: str,
    hides_referrer: bool = False,
) -> HttpResponse:
    """To the company, to our page with the code, or to our page that asks the WeChat app around it.

    `other_path`: where another way can be chosen. `hides_referrer`: the page before tells nobody where it is, as one
    with a secret address must.
    """
    action = started.action
    page: dict[str, object] = {
        "intent": started.attempt.intent,
        "description": description_of(started.attempt.intent),
        "return_path": return_path,
        "other_path": other_path,
    }
    if isinstance(action, JsApi):
        page["arguments"] = json.dumps(dict(action.arguments))
        page["demo_url"] = _stand_in(action.arguments, return_path)
        return render(request, "payments/jsapi.html", page)
    if not isinstance(action, Redirect):
        return redirect(scan_path)
    if started.attempt.method == Method.H5:
        return _to_wechat(request, action.url, page, hides_referrer)
    return redirect(action.url)


def _to_wechat(request: HttpRequest, url: str, page: Mapping[str, object], hides_referrer: bool) -> HttpResponse:
    """To WeChat's page for phones, which opens only when the browser says from which site it comes: no more than that."""
    if hides_referrer:
        # What a page hides, a redirect cannot tell any more; a link of its own can.
        return render(request, "payments/open_wechat.html", {**page, "url": url})
    response = redirect(url)
    response["Referrer-Policy"] = "strict-origin"
    return response


def _stand_in(arguments: Mapping[str, str], return_path: str) -> str:
    """In the demo, where no WeChat app is around the page, the simulator's page in its place."""
    if not settings.DEMO:
        return ""
    fields = {**arguments, "back": settings.PUBLIC_BASE_URL + return_path}
    return f"{settings.PAYMENT_GATEWAYS['wechat']['gateway_url']}/jsapi?{urlencode(fields)}"
