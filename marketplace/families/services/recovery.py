"""A new password for a young person without phone or e-mail: by a code printed before, or one a guardian has made."""

import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import RecoveryCode, User
from marketplace.accounts.selectors import user_by_login_name
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.notifications.services import notify

from .. import locks, rules
from ..errors import NoAccountYet, NotYourChild, WrongRecoveryCode
from ..models import Child
from ..selectors import usable_recovery_codes

#: How many codes are printed at once.
PRINTED = 3
#: How long a code is good that a guardian has made.
GUARDIANS_CODE_LASTS = timedelta(hours=24)
#: Small letters and figures that nobody confuses; 12 of them are 59 bits.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 3, 4


def issue_recovery_codes(*, user: User) -> list[str]:
    """Make the printed codes of a person, in clear this once; earlier ones not yet used are no longer good."""
    codes = [_new_code() for _ in range(PRINTED)]
    with transaction.atomic():
        locks.guardian(user).get()
        RecoveryCode.objects.filter(user=user, used_at=None, issued_by=None).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=make_password(_bare(code))) for code in codes])
    return codes


def reset_teen_password_by_guardian(*, guardian: Any, child: Child, now: datetime | None = None) -> str:
    """Make a code, good for a day, by which the young person sets a new password; they are told at once.

    The guardian never learns the password, and the present one stays good until the code is used. Raises NotYourChild
    (not a full guardian in force, which also means not from 18 on), NoAccountYet.
    """
    now = now or timezone.now()
    code = _new_code()
    with transaction.atomic():
        child = locks.child(child.public_id).get()
        if not rules.is_full_guardian(guardian, child):
            raise NotYourChild
        if child.account is None:
            raise NoAccountYet
        RecoveryCode.objects.filter(user=child.account, used_at=None, issued_by__isnull=False).delete()
        issued = RecoveryCode.objects.create(
            user=child.account,
            digest=make_password(_bare(code)),
            issued_by=guardian,
            created_at=now,
            expires_at=now + GUARDIANS_CODE_LASTS,
        )
        _tell_of_help(child.account, issued)
        record_access(
            actor=guardian,
            subject_id=child.public_id,
            items=["contact"],
            purpose="guardianship",
            reason="age_rule",
            action=Action.EXECUTE,
            actor_label=kept_label(gettext_lazy("监护人")),
        )
    return code


def recover_teen_account(*, login_name: str, code: str, password: str, now: datetime | None = None) -> User:
    """Set a new password by a code, which is used up; other codes stay, and every session ends.

    Raises WrongRecoveryCode, and takes as long, whether the name, the code or nothing at all is known.
    """
    now = now or timezone.now()
    user = user_by_login_name(login_name)
    found = _matching(user, _bare(code), now)
    if user is None or found is None:
        raise WrongRecoveryCode
    with transaction.atomic():
        if not usable_recovery_codes(user, now=now).filter(pk=found.pk).update(used_at=now):
            raise WrongRecoveryCode
        user.set_password(password)
        user.save(update_fields=["password"])
        body = _("你的密码刚刚用恢复码改过了。如果不是你，请马上告诉我们。")
        notify(
            key=f"recovered:{found.pk}",
            recipient=user,
            subject=_("密码已更改"),
            body=body,
            url=reverse("account_settings"),
        )
    return user


def _matching(user: User | None, bare: str, now: datetime) -> RecoveryCode | None:
    """Return the usable code that fits. As many digests are tried for everybody, so that time tells nothing."""
    usable = list(usable_recovery_codes(user, now=now)) if user and user.is_active else []
    found = None
    for number in range(PRINTED + 1):
        tried = usable[number] if number < len(usable) else None
        if check_password(bare, tried.digest if tried else _nobodys_digest()) and tried:
            found = tried
    return found


def _tell_of_help(account: User, issued: RecoveryCode) -> None:
    body = _("你的监护人帮你拿到了一个重设密码的码，24 小时内有效。如果不是你请 TA 帮忙的，可以告诉我们。")
    notify(
        key=f"reset:{issued.pk}",
        recipient=account,
        subject=_("有人帮你重设密码"),
        body=body,
        url=reverse("account_settings"),
    )


def _new_code() -> str:
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _bare(code: str) -> str:
    """Return a code without what people write between its groups."""
    return "".join(sign for sign in code.lower() if sign.isalnum())


@cache
def _nobodys_digest() -> str:
    """Return a digest no code fits."""
    return make_password(secrets.token_hex())
