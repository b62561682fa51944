"""Where browsers find a way to each other: our own coturn, or nothing. Never a third party's server."""

import base64
import hashlib
import hmac
import time
from typing import Any

from django.conf import settings


def ice_servers(visit: str, *, now: float | None = None) -> list[dict[str, Any]]:
    """Return RTCIceServer entries for one visit, empty where no server is set up.

    The password follows coturn's REST scheme (`use-auth-secret`): an HMAC-SHA1 over the user name, which begins with the
    moment (seconds) it ends at. It opens the relay for a session's length and names nobody.
    """
    servers: list[dict[str, Any]] = []
    if settings.STUN_URLS:
        servers.append({"urls": settings.STUN_URLS})
    if settings.TURN_URLS and settings.TURN_SECRET:
        ends_at = int(now or time.time()) + int(settings.TURN_LASTS.total_seconds())
        username = f"{ends_at}:{visit}"
        mac = hmac.new(settings.TURN_SECRET.encode(), username.encode(), hashlib.sha1)
        servers.append(
            {
                "urls": settings.TURN_URLS,
                "username": username,
                "credential": base64.b64encode(mac.digest()).decode(),
            }
        )
    return servers
