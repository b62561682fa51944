"""Browsers we know: who has signed in from them before, and what to call them.

A known browser is remembered in a signed cookie of its own. It opens nothing. It tells a person's own phone from a
stranger's, so that a stranger's guessing never keeps the person out, and a sign-in from somewhere new can be told.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

COOKIE = "xq_device"
COOKIE_AGE = timedelta(days=365)
#: A family shares a tablet; more people than this on one browser, and the first are forgotten.
KEPT_NAMES = 12
_SALT = "marketplace.accounts.device"

_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"HarmonyOS|OpenHarmony", _("鸿蒙手机")),
    (r"Android.*Mobile", _("安卓手机")),
    (r"Android", _("安卓平板")),
    (r"Windows", _("Windows 电脑")),
    (r"Macintosh|Mac OS X", _("苹果电脑")),
    (r"CrOS", "Chromebook"),
    (r"Linux|X11", _("Linux 电脑")),
)
_BROWSERS = (
    (r"MicroMessenger", _("微信")),
    (r"QQBrowser|MQQ", _("QQ 浏览器")),
    (r"HuaweiBrowser", _("华为浏览器")),
    (r"Edg", "Edge"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
)


def device_name(user_agent: str) -> str:
    """Return plain words for a browser: "安卓手机 · 微信"; "一台设备" where it does not say."""
    system = next((str(name) for pattern, name in _SYSTEMS if re.search(pattern, user_agent)), "")
    browser = next((str(name) for pattern, name in _BROWSERS if re.search(pattern, user_agent)), "")
    return " · ".join(part for part in (system, browser) if part) or str(_("一台设备"))


def is_phone(user_agent: str) -> bool:
    """Return whether a browser runs on a phone or tablet; only a picture depends on it."""
    return bool(re.search(r"iPhone|iPad|Android|HarmonyOS|Mobile", user_agent))


def known_device(request: HttpRequest, name: str) -> str:
    """Return the id of this browser if the person of this phone, e-mail or login name signed in here; else ""."""
    device = _read(request)
    return device["id"] if _digest(name) in device["names"] else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, names: Iterable[str]) -> None:
    """Remember that the person of these names signed in from this browser."""
    device = _read(request)
    digests = [_digest(name) for name in names if name]
    kept = [digest for digest in device["names"] if digest not in digests]
    device["names"] = [*kept, *digests][-KEPT_NAMES:]
    response.set_cookie(
        COOKIE,
        signing.dumps(device, salt=_SALT),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
        return {"id": str(device["id"]), "names": [str(name) for name in device["names"]]}
    except (signing.BadSignature, KeyError, TypeError):
        return {"id": secrets.token_hex(12), "names": []}


def _digest(name: str) -> str:
    return salted_hmac(_SALT, name.strip().lower(), algorithm="sha256").hexdigest()[:20]
