"""Stripe's part of settings.PAYMENT_GATEWAYS, checked once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_SECRET_KEY = re.compile(r"(?:sk|rk)_(live|test)_\w+")


@dataclass(frozen=True)
class StripeConfig:
    """Who we are at Stripe, and its address. `is_live`: whether the key moves real money."""

    secret_key: str
    webhook_secret: str
    gateway_url: str
    is_live: bool


def read_config(settings: Mapping[str, str]) -> StripeConfig:
    """The config of a settings dict. Raises ImproperlyConfigured, never showing a key."""
    missing = [name for name in ("secret_key", "webhook_secret", "gateway_url") if not settings.get(name)]
    if missing:
        raise ImproperlyConfigured(f"PAYMENT_GATEWAYS['stripe'] lacks {', '.join(missing)}")
    if not urlsplit(settings["gateway_url"]).hostname:
        raise ImproperlyConfigured("PAYMENT_GATEWAYS['stripe']['gateway_url'] is no address")
    kind = _SECRET_KEY.fullmatch(settings["secret_key"])
    if kind is None:
        raise ImproperlyConfigured("PAYMENT_GATEWAYS['stripe']['secret_key'] is no secret key")
    return StripeConfig(
        secret_key=settings["secret_key"],
        webhook_secret=settings["webhook_secret"],
        gateway_url=settings["gateway_url"].rstrip("/"),
        is_live=kind[1] == "live",
    )
