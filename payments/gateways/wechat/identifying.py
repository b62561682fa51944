"""The silent step by which a page inside WeChat learns its reader's openid, which JSAPI payments need."""

import json
import urllib.request
from urllib.parse import urlencode

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.wechat.config import WechatConfig

_TIMEOUT_SECONDS = 8


def page_url(config: WechatConfig, *, return_url: str, state: str) -> str:
    """WeChat's page that comes straight back with a code. The order of the fields matters to WeChat."""
    fields = {
        "appid": config.app_id,
        "redirect_uri": return_url,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
    }
    return f"{config.open_url}/connect/oauth2/authorize?{urlencode(fields)}#wechat_redirect"


def openid_of(config: WechatConfig, code: str) -> str:
    """Redeem a code, once. Raises GatewayRefused for a code that is no good, GatewayUnclear.

    By urllib, which writes no addresses into a log: this one carries our secret.
    """
    fields = {
        "appid": config.app_id,
        "secret": config.app_secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    url = f"{config.open_api_url}/sns/oauth2/access_token?{urlencode(fields)}"
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - our own setting
            content = json.loads(response.read(10_000))
    except (OSError, ValueError):
        raise GatewayUnclear("no openid") from None
    if not isinstance(content, dict) or content.get("errcode") in (-1, 45011):
        raise GatewayUnclear("no openid")
    openid = content.get("openid", "")
    if not isinstance(openid, str) or not openid:
        raise GatewayRefused(str(content.get("errcode", "")))
    return openid
