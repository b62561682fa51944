"""The silent round trip by which a page inside WeChat learns whose WeChat it is.

An openid names a person at WeChat, so it stands in the cache alone, for an hour, under a name that only the session
knows: never in the database, in a log or in an address of ours.
"""

import secrets

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.core.errors import Refusal
from payments import services

_GATEWAY = "wechat"
_STATE, _PAYER = "wechat_state", "wechat_payer"
_STEP_SECONDS, _PAYER_SECONDS = 600, 3600
_WORDS_BYTES = 24


def openid_of(request: HttpRequest) -> str:
    """The openid of whoever holds the phone, empty while it is not known."""
    name = request.session.get(_PAYER, "")
    return str(cache.get(_payer_key(name), "")) if name else ""


def ask_openid(request: HttpRequest, *, way: str, back_path: str) -> HttpResponse:
    """Go to WeChat and come back to pay.

    Call it where a payment by `way` was posted: the same is posted once more afterwards. `back_path`: the page to
    choose another way on, should WeChat not answer. Raises MethodNotOffered.
    """
    state = secrets.token_urlsafe(_WORDS_BYTES)
    return_url = settings.PUBLIC_BASE_URL + reverse("payments:wechat")
    page = services.identifying_page(gateway_code=_GATEWAY, return_url=return_url, state=state)
    # Kept here and not in an address: where nothing can be put in, nothing can lead elsewhere.
    cache.set(_step_key(state), {"pay_path": request.path, "back_path": back_path, "way": way}, _STEP_SECONDS)
    request.session[_STATE] = state
    return redirect(page)


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where WeChat comes back to with a code, once, in the browser that went there."""
    state = request.GET.get("state", "")
    expected = request.session.pop(_STATE, "")
    step = None
    if expected and secrets.compare_digest(expected.encode(), state.encode()):
        step = cache.get(_step_key(state))
        cache.delete(_step_key(state))
    if step is None:
        messages.info(request, _("这一步已经过期了，请回到刚才的页面，再付一次。"))
        return redirect("home")
    try:
        openid = services.payer_behind(gateway_code=_GATEWAY, code=request.GET.get("code", "")[:128])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(step["back_path"])
    _remember(request, openid)
    return render(request, "payments/go_on.html", step)


def _remember(request: HttpRequest, openid: str) -> None:
    name = secrets.token_urlsafe(_WORDS_BYTES)
    cache.set(_payer_key(name), openid, _PAYER_SECONDS)
    request.session[_PAYER] = name


def _step_key(state: str) -> str:
    return f"payments:wechat-step:{state}"


def _payer_key(name: str) -> str:
    return f"payments:wechat-payer:{name}"
