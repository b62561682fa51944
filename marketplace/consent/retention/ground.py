"""The rows of the apps below, and of packages: they may not know this one, so their classes are registered here."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import DutyShift, RecoveryCode
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import EndingRequest, Guardianship, Invitation, ScreenTime
from marketplace.notifications.enums import MessageStatus
from marketplace.notifications.models import Message

from .registry import RetentionClass, register
from .rows import deleted


def _notices(cutoff: datetime) -> "QuerySet[Any]":
    return Message.objects.filter(recipient__isnull=False, created_at__lt=cutoff)


def _code_messages(cutoff: datetime) -> "QuerySet[Any]":
    sent = Message.objects.filter(recipient=None, created_at__lt=cutoff)
    return sent.exclude(status=MessageStatus.WAITING)


def _email_codes(cutoff: datetime) -> "QuerySet[Any]":
    return EmailConfirmation.objects.annotate(began_at=Coalesce("sent", "created")).filter(began_at__lt=cutoff)


def _recovery_codes(cutoff: datetime) -> "QuerySet[Any]":
    """Used or run out; a printed one without an end stays good until it is used."""
    return RecoveryCode.objects.annotate(ended_at=Least("used_at", "expires_at")).filter(ended_at__lt=cutoff)


def _invitations(cutoff: datetime) -> "QuerySet[Any]":
    ended = Invitation.objects.annotate(ended_at=Least("accepted_at", "revoked_at", "expires_at"))
    return ended.filter(ended_at__lt=cutoff)


def _screen_time(cutoff: datetime) -> "QuerySet[Any]":
    return ScreenTime.objects.filter(day__lt=in_shanghai(cutoff).date())


def _guardianships(cutoff: datetime) -> "QuerySet[Any]":
    return Guardianship.objects.filter(ended_at__lt=cutoff)


def _ending_requests(cutoff: datetime) -> "QuerySet[Any]":
    return EndingRequest.objects.filter(answered_at__lt=cutoff)


def _shifts(cutoff: datetime) -> "QuerySet[Any]":
    return DutyShift.objects.filter(ends_at__lt=cutoff)


def _sessions(cutoff: datetime) -> "QuerySet[Any]":
    return Session.objects.filter(expire_date__lt=cutoff)


def _devices(cutoff: datetime) -> "QuerySet[Any]":
    return UserSession.objects.filter(last_seen_at__lt=cutoff)


def _admin_log(cutoff: datetime) -> "QuerySet[Any]":
    return LogEntry.objects.filter(action_time__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="notices",
        title=_("站内通知、短信和邮件"),
        basis="notices",
        expired=_notices,
        erase=deleted,
        subjects=("recipient__public_id",),
        dated="created_at",
    ),
    RetentionClass(
        key="code_messages",
        title=_("验证码消息"),
        basis="code_messages",
        expired=_code_messages,
        erase=deleted,
        subjects=(),
        dated="created_at",
    ),
    RetentionClass(
        key="email_codes",
        title=_("邮箱确认"),
        basis="code_messages",
        expired=_email_codes,
        erase=deleted,
        subjects=("email_address__user__public_id",),
        dated="began_at",
    ),
    RetentionClass(
        key="recovery_codes",
        title=_("用过或过期的找回码"),
        basis="recovery_codes",
        expired=_recovery_codes,
        erase=deleted,
        subjects=("user__public_id",),
        dated="ended_at",
    ),
    RetentionClass(
        key="duty_shifts",
        title=_("值班"),
        basis="duty_shifts",
        expired=_shifts,
        erase=deleted,
        subjects=("user__public_id",),
        dated="ends_at",
    ),
    RetentionClass(
        key="sessions",
        title=_("到期的登录会话"),
        basis="sessions",
        expired=_sessions,
        erase=deleted,
        subjects=(),
        dated="expire_date",
    ),
    RetentionClass(
        key="session_list",
        title=_("登录过的设备"),
        basis="session_list",
        expired=_devices,
        erase=deleted,
        subjects=("user__public_id",),
        dated="last_seen_at",
    ),
    RetentionClass(
        key="admin_log",
        title=_("管理后台的操作"),
        basis="admin_log",
        expired=_admin_log,
        erase=deleted,
        subjects=("user__public_id",),
        dated="action_time",
    ),
    RetentionClass(
        key="guardianships",
        title=_("结束的监护关系"),
        basis="guardianships",
        expired=_guardianships,
        erase=deleted,
        subjects=("guardian__public_id", "child__public_id"),
        dated="ended_at",
    ),
    RetentionClass(
        key="ending_requests",
        title=_("结束监护关系的请求"),
        basis="guardianships",
        expired=_ending_requests,
        erase=deleted,
        subjects=("asked_by__public_id", "guardianship__guardian__public_id", "guardianship__child__public_id"),
        dated="answered_at",
    ),
    RetentionClass(
        key="invitations",
        title=_("家庭邀请"),
        basis="invitations",
        expired=_invitations,
        erase=deleted,
        subjects=("child__public_id", "invited_by__public_id", "accepted_by__public_id"),
        dated="ended_at",
    ),
    RetentionClass(
        key="screen_time",
        title=_("使用时长"),
        basis="screen_time",
        expired=_screen_time,
        erase=deleted,
        subjects=("child__public_id",),
        dated="day",
    ),
)


def register_ground() -> None:
    """Register the classes of the apps below."""
    for retention_class in _CLASSES:
        register(retention_class)
