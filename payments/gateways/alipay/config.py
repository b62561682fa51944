"""Alipay's part of settings.PAYMENT_GATEWAYS, checked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.core.exceptions import ImproperlyConfigured

from payments.gateways.alipay.certificates import BadCertificate, app_serial, root_serial
from payments.gateways.alipay.signing import BadKey, read_private_key, read_public_key


@dataclass(frozen=True)
class AlipayConfig:
    """Who we are at Alipay, and its address. `private_key` is ours, `public_key` is Alipay's.

    The serials are those of certificate mode, empty in public-key mode, in which nobody can be paid.
    """

    app_id: str
    seller_id: str
    private_key: RSAPrivateKey
    public_key: RSAPublicKey
    gateway_url: str
    app_cert_serial: str = ""
    root_cert_serial: str = ""


def read_config(settings: Mapping[str, str]) -> AlipayConfig:
    """The config of a settings dict. Raises ImproperlyConfigured, never showing a key."""
    missing = [
        name
        for name in ("app_id", "seller_id", "app_private_key", "alipay_public_key", "gateway_url")
        if not settings.get(name)
    ]
    if missing:
        raise ImproperlyConfigured(f"PAYMENT_GATEWAYS['alipay'] lacks {', '.join(missing)}")
    if not urlsplit(settings["gateway_url"]).hostname:
        raise ImproperlyConfigured("PAYMENT_GATEWAYS['alipay']['gateway_url'] is no address")
    try:
        return AlipayConfig(
            app_id=settings["app_id"],
            seller_id=settings["seller_id"],
            private_key=read_private_key(settings["app_private_key"]),
            public_key=read_public_key(settings["alipay_public_key"]),
            gateway_url=settings["gateway_url"],
            **_serials(settings),
        )
    except (BadKey, BadCertificate) as fault:
        raise ImproperlyConfigured(f"PAYMENT_GATEWAYS['alipay']: {fault}") from None


def _serials(settings: Mapping[str, str]) -> dict[str, str]:
    """Of certificate mode: both certificates, or neither."""
    ours, roots = settings.get("app_certificate", ""), settings.get("root_certificates", "")
    if not ours and not roots:
        return {}
    return {"app_cert_serial": app_serial(ours), "root_cert_serial": root_serial(roots)}
