"""What a payer holds in the hand, and where the request comes from."""

import re

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from payments.enums import Client

_WECHAT = re.compile(r"MicroMessenger", re.IGNORECASE)
_PHONE = re.compile(r"iPhone|iPad|Android|Mobile|HarmonyOS", re.IGNORECASE)


def client_of(request: HttpRequest) -> Client:
    """Whether a page is open inside WeChat, on a phone or on a desktop, as the browser says."""
    agent = request.headers.get("User-Agent", "")
    is_phone = bool(_PHONE.search(agent))
    # WeChat on a desktop cannot pay by itself: its user scans like everybody at a desktop.
    if is_phone and _WECHAT.search(agent):
        return Client.WECHAT
    return Client.PHONE if is_phone else Client.DESKTOP


def ip_of(request: HttpRequest) -> str:
    """The payer's address, past the proxies of ours that the settings count and no others."""
    return str(get_adapter().get_client_ip(request))
