"""Where a payer goes once an attempt is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payments.gateways.base import JsApi, Redirect
from payments.services import StartedAttempt
from payments.views.own import description_of


def lead_payer(request: HttpRequest, started: StartedAttempt, *, scan_path: str, return_path: str) -> HttpResponse:
    """To the company, to our page with the code, or to our page that asks the WeChat app around it."""
    action = started.action
    if isinstance(action, Redirect):
        return redirect(action.url)
    if isinstance(action, JsApi):
        intent = started.attempt.intent
        page = {
            "intent": intent,
            "description": description_of(intent),
            "arguments": dict(action.arguments),
            "return_path": return_path,
        }
        return render(request, "payments/jsapi.html", page)
    return redirect(scan_path)
