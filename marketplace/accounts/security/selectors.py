"""Reads about the browsers in which somebody is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..models import User


def live_sessions(user: User) -> list[UserSession]:
    """Where a person is signed in now, the newest first; two queries, however many there are.

    A session from before the password changed opens nothing any more and is not named.
    """
    known = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    stored = Session.objects.filter(
        session_key__in=[session.session_key for session in known], expire_date__gt=timezone.now()
    )
    proof = user.get_session_auth_hash()
    alive = {
        session.session_key
        for session in stored
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), proof)
    }
    return [session for session in known if session.session_key in alive]
