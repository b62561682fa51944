"""Families' browsers, as far as keeping a time needs one: a session, a token, one POST."""

import http.client
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .booking_world import MODE, Wish

TOKEN = "b" * 32


def sessions_of(children: dict[int, int]) -> dict[int, tuple[str, str]]:
    """Sign these people in; by user id, the session's key and the child's public id. `children` is child by user."""
    public_ids = dict(Child.objects.filter(pk__in=children.values()).values_list("pk", "public_id"))
    found = {}
    for user in User.objects.filter(pk__in=children):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        found[user.pk] = (session.session_key, str(public_ids[children[user.pk]]))
    return found


class Browser:
    """Sends the request that keeps a time, as one family after the other."""

    def __init__(self, url: str, sessions: dict[int, tuple[str, str]]) -> None:
        parts = urlsplit(url)
        self.host, self.port, self.sessions = parts.hostname, parts.port, sessions
        self.path = reverse("basket:choose")

    def hold(self, wish: Wish) -> bool:
        """POST the choice; whether the time is kept now. Anything but a redirect or a calm refusal is an error."""
        session, child = self.sessions[wish.user_id]
        query = urlencode(
            {"service": wish.service_id, "start": wish.starts_at.isoformat(), "provider": wish.provider_id}
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        connection = http.client.HTTPConnection(self.host or "", self.port, timeout=120)
        try:
            body = urlencode({"child": child, "mode": MODE.value})
            connection.request("POST", f"{self.path}?{query}", body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status not in (302, 409):
            raise RuntimeError(f"the page answered {answer.status}")
        return answer.status == 302
