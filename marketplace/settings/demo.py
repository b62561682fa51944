"""The product with demo data, on embedded servers, with the payment simulator."""

import os

from payments.simulators.keys import demo_gateways

PORT = int(os.environ.get("PORT", "8000"))
SIMULATOR_PORT = int(os.environ.get("SIMULATOR_PORT", PORT + 1))
os.environ.setdefault("PUBLIC_BASE_URL", f"http://127.0.0.1:{PORT}")

from .base import *  # noqa: E402, F403
from .base import BASE_DIR, CONTENT_SECURITY_POLICY, EMBEDDED_PURPOSE  # noqa: E402

DEBUG = False
DEMO = True
SECRET_KEY = "demo-only-secret-that-production-refuses"  # noqa: S105
PSEUDONYM_KEY = "demo-only-pseudonyms"
ALLOWED_HOSTS = ["*"]

SIMULATOR_URL = os.environ.get("SIMULATOR_URL", f"http://127.0.0.1:{SIMULATOR_PORT}")
PAYMENT_GATEWAYS = demo_gateways(BASE_DIR / ".data" / EMBEDDED_PURPOSE / "keys", SIMULATOR_URL)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = ["'self'", SIMULATOR_URL]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
SMS_GATEWAY = "marketplace.notifications.channels.OutboxSms"
EMAIL_BACKEND = "marketplace.notifications.email.OutboxEmailBackend"
STYLEGUIDE_ENABLED = True
OUTBOX_ENABLED = True
LIBRARY_SHOWS_UNREVIEWED = True  # each text says that it was written by a machine and not yet reviewed
MINOR_MODE_NIGHTS = False  # whoever looks round may live where it is day while Shanghai sleeps
