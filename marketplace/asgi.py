"""WebSocket entry for uvicorn: the consultation room and nothing else. Pages are gunicorn's (marketplace.wsgi)."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")

import django

django.setup(set_prefix=False)

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from catalog.consultations.routing import websocket_urlpatterns  # noqa: E402
from catalog.consultations.sockets.door import OwnPagesOnly  # noqa: E402


async def answer_briefly(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer supervisors that ask whether anybody is there, and send everybody else away."""
    is_asked = scope["path"] == "/ws/healthz"
    body = b"ok" if is_asked else b""
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200 if is_asked else 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})


rooms = OwnPagesOnly(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"http": answer_briefly, "websocket": AllowedHostsOriginValidator(rooms)})
