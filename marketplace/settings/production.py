"""Production: refuses to start with anything that belongs to the demo."""

import os

from django.core.exceptions import ImproperlyConfigured

from marketplace.core.embedded.locations import is_embedded

from .base import *  # noqa: F403
from .base import (
    ALLOWED_HOSTS,
    AUDIT_SIGNING_KEY,
    BASE_DIR,
    KEY_SERVICE,
    PAYMENT_GATEWAYS,
    PSEUDONYM_KEY,
    PUBLIC_BASE_URL,
    SECRET_KEY,
    SMS_GATEWAY,
    TURN_SECRET,
    TURN_URLS,
)
from .demo_markers import DEMO_SECRET_PREFIX, is_simulator_url, is_stripe_live, is_wechat_whole

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# With this prefix browsers refuse the cookie from another host of the domain, and without TLS.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
STATIC_ROOT = os.environ.get("STATIC_ROOT", str(BASE_DIR / ".data" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_faults = [
    message
    for wrong, message in (
        (os.environ.get("DEBUG", "") not in ("", "0", "false"), "DEBUG must be off"),
        (
            len(SECRET_KEY) < 50 or SECRET_KEY.startswith(DEMO_SECRET_PREFIX),
            "SECRET_KEY must be a long secret of its own",
        ),
        (
            not os.environ.get("DATABASE_URL") or is_embedded(os.environ["DATABASE_URL"]),
            "DATABASE_URL must name a real PostgreSQL server",
        ),
        (
            not os.environ.get("REDIS_URL") or is_embedded(os.environ["REDIS_URL"]),
            "REDIS_URL must name a real Redis server",
        ),
        (
            not ALLOWED_HOSTS or any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS),
            "ALLOWED_HOSTS must name the hosts served, one by one",
        ),
        (not PUBLIC_BASE_URL.startswith("https://"), "PUBLIC_BASE_URL must be https"),
        (
            any(is_simulator_url(g[name]) for g in PAYMENT_GATEWAYS.values() for name in g if name.endswith("_url")),
            "a payment simulator is configured",
        ),
        (
            bool(PAYMENT_GATEWAYS["wechat"]["mchid"]) and not is_wechat_whole(PAYMENT_GATEWAYS["wechat"]),
            "WECHATPAY_MCHID needs the app's id and secret, a key with its serial, an APIv3 key of 32 characters, and"
            " WECHATPAY_PUBLIC_KEY and WECHATPAY_PUBLIC_KEY_ID both or neither",
        ),
        (
            bool(PAYMENT_GATEWAYS["stripe"]["secret_key"]) and not is_stripe_live(PAYMENT_GATEWAYS["stripe"]),
            "STRIPE_SECRET_KEY must be a live key, and STRIPE_WEBHOOK_SECRET the secret of its endpoint",
        ),
        (
            bool(TURN_URLS) != bool(TURN_SECRET) or 0 < len(TURN_SECRET) < 32,
            "TURN_URLS and TURN_SECRET belong together, the secret of 32 characters or more",
        ),
        (not AUDIT_SIGNING_KEY, "AUDIT_SIGNING_KEY must hold the key that signs the record of looks"),
        (not os.environ.get("ERASURE_JOURNAL"), "ERASURE_JOURNAL must name a file beside the backups"),
        (not SMS_GATEWAY or SMS_GATEWAY.endswith("OutboxSms"), "SMS_GATEWAY must name a gateway that sends"),
        (
            len(PSEUDONYM_KEY) < 32 or PSEUDONYM_KEY == SECRET_KEY or PSEUDONYM_KEY.startswith(DEMO_SECRET_PREFIX),
            "PSEUDONYM_KEY must be a long secret of its own",
        ),
        (
            not KEY_SERVICE or KEY_SERVICE.endswith("FileKms"),
            "KEY_SERVICE must name a key service that keeps its keys elsewhere",
        ),
    )
    if wrong
]
if _faults:
    raise ImproperlyConfigured("Production refuses to start: " + "; ".join(_faults))
