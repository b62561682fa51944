"""The gateways that are switched on: the keys of settings.PAYMENT_GATEWAYS."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from payments.gateways.base import Gateway

#: How each is built, and the setting without which it is switched off.
_BUILDERS = {
    "wechat": ("payments.gateways.wechat.gateway.build_gateway", "mchid"),
    "alipay": ("payments.gateways.alipay.gateway.build_gateway", "app_id"),
    "stripe": ("payments.gateways.stripe.gateway.build_gateway", "secret_key"),
}


class GatewayNotEnabled(LookupError):
    """No such gateway is switched on here."""


@cache
def gateway_for(code: str) -> Gateway:
    """The gateway, built once from its settings. Raises GatewayNotEnabled."""
    if code not in enabled_codes():
        raise GatewayNotEnabled(code)
    gateway: Gateway = import_string(_BUILDERS[code][0])(settings.PAYMENT_GATEWAYS[code])
    return gateway


def enabled_codes() -> list[str]:
    """Codes of the gateways that are switched on, in the order of the settings.

    One without its merchant's name is not: production starts before its contract with a company does.
    """
    configs = settings.PAYMENT_GATEWAYS.items()
    return [code for code, config in configs if code in _BUILDERS and config.get(_BUILDERS[code][1])]


def form_action_origins() -> list[str]:
    """Origins to which our payment forms may lead, for Content-Security-Policy's form-action, each once."""
    parts = [urlsplit(config["gateway_url"]) for config in settings.PAYMENT_GATEWAYS.values()]
    return list(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))


def _forget(*, setting: str, **_: object) -> None:
    if setting == "PAYMENT_GATEWAYS":
        gateway_for.cache_clear()


setting_changed.connect(_forget)
