"""Where a person is signed in, and what the editors' and admins' pages noted about the account."""

from collections.abc import Iterator
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from marketplace.accounts.models import User

from ..enums import Scope
from ..registry import ErasureOutcome, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, goes, stripped

PORTION = 2000


def _export(subject: Subject) -> list[Section]:
    user = subject.user
    if user is None or subject.scope is not Scope.FULL:
        return []
    rows = [
        {"signed_in_at": each.created_at, "seen_at": each.last_seen_at, "ip": each.ip, "browser": each.user_agent}
        for each in UserSession.objects.filter(user=user).order_by("-last_seen_at")
    ]
    columns = {
        "signed_in_at": _("登录时间"),
        "seen_at": _("最近使用"),
        "ip": _("网络地址"),
        "browser": _("浏览器"),
    }
    return [Section("sessions", _("登录过的设备"), columns, rows)]


def _removals(user: User) -> list[Removal]:
    about_the_account = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).exclude(object_repr="", change_message="")
    return [
        goes(_("登录过的设备"), UserSession.objects.filter(user=user)),
        goes(_("编辑页面的设置"), UserProfile.objects.filter(user=user)),
        stripped(_("管理记录里的称呼"), about_the_account, object_repr="", change_message=""),
    ]


def _sessions_of(user: User) -> Iterator[str]:
    """Every session in which the person is signed in; a session can only be told by reading it."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=PORTION):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session.session_key


def _erase(subject: Subject) -> ErasureOutcome:
    """End every sign-in: the rows and what the cache keeps of them."""
    if subject.user is None:
        return ErasureOutcome()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for key in list(_sessions_of(subject.user)):
        store(session_key=key).delete()
        ended += 1
    outcome = carried_out(_removals(subject.user))
    return ErasureOutcome(erased=((_("登录状态"), ended),)) + outcome if ended else outcome


def _foresee(subject: Subject) -> ErasureOutcome:
    return foreseen(_removals(subject.user)) if subject.user else ErasureOutcome()


DATA = SubjectData(
    key="sessions",
    title=_("登录"),
    covers=frozenset({"usersessions.UserSession", "sessions.Session", "admin.LogEntry", "wagtailusers.UserProfile"}),
    export=_export,
    erase=_erase,
    foresee=_foresee,
)
