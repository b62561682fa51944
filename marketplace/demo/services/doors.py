"""The demo's people come in easily: a second step whose code everybody can look up, and staff always on duty."""

import base64
import hashlib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import DutyShift, User
from marketplace.accounts.security.second_step import needs_second_step

from ..data.people import PEOPLE

#: A demo is started again before this is over.
ON_DUTY_FOR = timedelta(days=90)


@dataclass(frozen=True)
class TwoStepCode:
    """What a demo person's phone would show now, and next."""

    name: str
    phone: str
    now: str
    next: str


@transaction.atomic
def open_doors() -> None:
    """Give the demo's staff and partner people their second step and their shifts, as far as they lack them."""
    users = User.objects.filter(phone__in=[person.phone for person in PEOPLE], role__in=settings.MFA_REQUIRED_ROLES)
    with_step = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    for user in users:
        if needs_second_step(user) and user.pk not in with_step:
            TOTP.activate(user, two_step_secret(user.phone or ""))
    now = timezone.now()
    current = DutyShift.objects.filter(begins_at__lte=now, ends_at__gt=now + ON_DUTY_FOR / 2)
    covered = set(current.values_list("user_id", "duty"))
    for user in users:
        for duty in user.duties:
            if (user.pk, duty) not in covered:
                _put_on_duty(user, duty, now)


def _put_on_duty(user: User, duty: str, now: datetime) -> None:
    DutyShift.objects.create(user=user, duty=duty, begins_at=now - timedelta(minutes=5), ends_at=now + ON_DUTY_FOR)


def two_step_secret(phone: str) -> str:
    """The secret of a demo person, the same in every demo."""
    return base64.b32encode(hashlib.sha256(f"xinqiao demo {phone}".encode()).digest()[:20]).decode()


def two_step_codes() -> list[TwoStepCode]:
    """The codes of the demo's people who need one; a code that was used already is followed by the next."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return [
        TwoStepCode(
            name=person.nickname,
            phone=person.phone,
            now=_code(person.phone, counter),
            next=_code(person.phone, counter + 1),
        )
        for person in PEOPLE
        if person.phone and person.role in ("practitioner", "partner_staff", "staff")
    ]


def _code(phone: str, counter: int) -> str:
    return format_hotp_value(hotp_value(two_step_secret(phone), counter))
