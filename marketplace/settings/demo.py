"""The product with demo data, on embedded servers, with the payment simulator."""

import os

from payments.simulators.keys import demo_gateways

from .base import *  # noqa: F403
from .base import BASE_DIR, CONTENT_SECURITY_POLICY, EMBEDDED_PURPOSE

DEBUG = False
DEMO = True
SECRET_KEY = "demo-only-secret-that-production-refuses"  # noqa: S105
ALLOWED_HOSTS = ["*"]

SIMULATOR_URL = os.environ.get("SIMULATOR_URL", f"http://127.0.0.1:{os.environ.get('SIMULATOR_PORT', '8001')}")
PAYMENT_GATEWAYS = demo_gateways(BASE_DIR / ".data" / EMBEDDED_PURPOSE / "keys", SIMULATOR_URL)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = ["'self'", SIMULATOR_URL]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
SMS_GATEWAY = "marketplace.notifications.channels.OutboxSms"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STYLEGUIDE_ENABLED = True
OUTBOX_ENABLED = True
