"""The number under which a company knows an agreement, and the digest by which we know an account or card again."""

import hmac
import secrets
from hashlib import sha256

from django.conf import settings
from django.utils import timezone


def new_agreement_number() -> str:
    """At most 32 letters and digits; it says nothing of the person."""
    return f"A{timezone.localtime():%Y%m%d%H%M%S}{secrets.token_hex(8)}"


def instrument_digest(gateway: str, instrument: str) -> str:
    """Keyed digest of an account or card at a company; "" when the company names none."""
    if not instrument:
        return ""
    key = hmac.digest(settings.PSEUDONYM_KEY.encode(), b"payment instruments", sha256)
    return hmac.digest(key, f"{gateway}:{instrument}".encode(), sha256).hex()
