"""How what we send is signed: HMAC-SHA256 over the moment and the body, so that an old message cannot be sent again."""

import hashlib
import hmac
import secrets
from datetime import datetime

HEADER = "Xinqiao-Signature"


def new_secret() -> str:
    """Return a secret that signs what is sent to one address."""
    return "whsec_" + secrets.token_urlsafe(32)


def signature(*, secret: str, body: bytes, at: datetime) -> str:
    """Return the header's value: t=<seconds>,v1=<hex>."""
    moment = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
