"""Writes about the browsers in which somebody is signed in."""

from allauth.usersessions.models import UserSession

from ..models import User


def end_session(*, user: User, session_id: int) -> bool:
    """Sign a person out of one browser; return whether there was such a one of theirs."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        return False
    session.end()
    return True


def end_sessions(*, user: User, except_key: str = "") -> int:
    """Sign a person out everywhere, but for the session of this key; return of how many."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=except_key))
    for session in sessions:
        session.end()
    return len(sessions)
