"""WeChat's part of settings.PAYMENT_GATEWAYS, checked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

_NEEDED = ("mchid", "app_id", "app_secret", "private_key", "certificate_serial", "api_v3_key")
_ADDRESSES = ("gateway_url", "open_url", "open_api_url")


@dataclass(frozen=True)
class WechatConfig:
    """Who we are at WeChat, and its addresses.

    `public_key` is WeChat's, with its id; None means that answers are checked with platform certificates, which are
    downloaded. `plan_id` is the template of our recurring debits, "" when there are none.
    """

    mchid: str
    app_id: str
    app_secret: str
    private_key: RSAPrivateKey
    certificate_serial: str
    api_v3_key: str
    public_key: RSAPublicKey | None
    public_key_id: str
    plan_id: str
    gateway_url: str
    open_url: str
    open_api_url: str


def read_config(settings: Mapping[str, str]) -> WechatConfig:
    """The config of a settings dict. Raises ImproperlyConfigured, never showing a key."""
    missing = [name for name in (*_NEEDED, *_ADDRESSES) if not settings.get(name)]
    if missing:
        raise _fault(f"lacks {', '.join(missing)}")
    for name in _ADDRESSES:
        _check_address(name, settings[name])
    if len(settings["api_v3_key"].encode()) != 32:
        raise _fault("api_v3_key must have 32 bytes")
    if bool(settings.get("public_key")) != bool(settings.get("public_key_id")):
        raise _fault("public_key and public_key_id belong together")
    if settings.get("plan_id") and not settings["plan_id"].isdigit():
        raise _fault("plan_id must be a number")
    return WechatConfig(
        **{name: settings[name] for name in _NEEDED if name != "private_key"},
        **{name: settings[name].rstrip("/") for name in _ADDRESSES},
        private_key=_private_key(settings["private_key"]),
        public_key=_public_key(settings["public_key"]) if settings.get("public_key") else None,
        public_key_id=settings.get("public_key_id", ""),
        plan_id=settings.get("plan_id", ""),
    )


def _fault(what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"PAYMENT_GATEWAYS['wechat']: {what}")


def _check_address(name: str, url: str) -> None:
    """Only the demo's simulator is spoken to without TLS."""
    parts = urlsplit(url)
    if not parts.hostname or parts.query or parts.fragment:
        raise _fault(f"{name} is no address")
    if parts.scheme != "https" and not (django_settings.DEMO and parts.scheme == "http"):
        raise _fault(f"{name} must be https")


def _private_key(text: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(_pem(text, "PRIVATE KEY"), password=None)
    except (ValueError, TypeError):
        raise _fault("private_key is no private key") from None
    if not isinstance(key, RSAPrivateKey):
        raise _fault("private_key is no RSA key")
    return key


def _public_key(text: str) -> RSAPublicKey:
    try:
        key = load_pem_public_key(_pem(text, "PUBLIC KEY"))
    except (ValueError, TypeError):
        raise _fault("public_key is no public key") from None
    if not isinstance(key, RSAPublicKey):
        raise _fault("public_key is no RSA key")
    return key


def _pem(text: str, label: str) -> bytes:
    """A PEM, also of a key that was pasted as bare base64."""
    text = text.strip()
    return (text if text.startswith("-----") else f"-----BEGIN {label}-----\n{text}\n-----END {label}-----").encode()
