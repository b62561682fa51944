"""Noting licences that somebody of ours has checked."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..enums import LicenceKind
from ..errors import LicenceDatesWrong, LicenceNumberMissing
from ..models import Licence
from .applying import apply_standing


@transaction.atomic
def record_licence(
    *,
    partner: Partner,
    kind: LicenceKind,
    number: str,
    issued_by: str,
    valid_from_on: date,
    valid_until_on: date | None,
    checked_by: User | None,
    checked_at: datetime | None = None,
) -> Licence:
    """Note a licence as checked. The same one again (kind, number, first day) is the same row, brought up to date.

    Joins the caller's transaction. Raises: LicenceNumberMissing, LicenceDatesWrong.
    """
    number = number.strip()
    if not number:
        raise LicenceNumberMissing
    if valid_until_on is not None and valid_until_on < valid_from_on:
        raise LicenceDatesWrong
    licence, _ = Licence.objects.update_or_create(
        partner=partner,
        kind=kind,
        number=number,
        valid_from_on=valid_from_on,
        defaults={
            "issued_by": issued_by.strip(),
            "valid_until_on": valid_until_on,
            "checked_by": checked_by,
            "checked_at": checked_at or timezone.now(),
            "withdrawn_at": None,
            "warned_days": None,
        },
    )
    apply_standing()
    return licence


@transaction.atomic
def withdraw_licence(*, licence: Licence, now: datetime | None = None) -> Licence:
    """Let a licence count no longer, because its authority took it back or it was noted by mistake."""
    Licence.objects.filter(pk=licence.pk, withdrawn_at=None).update(withdrawn_at=now or timezone.now())
    licence.refresh_from_db()
    apply_standing(now=now)
    return licence
