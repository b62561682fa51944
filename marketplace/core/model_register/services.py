"""Writing approvals down, and taking them back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from .errors import AlreadyWithdrawn, NotApproved, UnknownModel
from .models import Approval
from .registry import registered_model
from .selectors import forget_known, may_serve


def demand_approval(slug: str) -> None:
    """Do nothing where a model may be served; whoever serves one calls this first.

    Raises:
        NotApproved: no ethics board has approved the version in service.
    """
    if not may_serve(slug):
        raise NotApproved


@transaction.atomic
def record_approval(
    *,
    slug: str,
    version: str,
    number: str,
    board: str,
    approved_on: date,
    valid_until_on: date | None = None,
    conditions: str = "",
) -> Approval:
    """Write down that a board approved a version; the same number for the same version is written once.

    Raises:
        UnknownModel: the house has no such model.
    """
    if registered_model(slug) is None:
        raise UnknownModel
    approval, _ = Approval.objects.get_or_create(
        model=slug,
        version=version,
        number=number,
        defaults={
            "board": board,
            "approved_on": approved_on,
            "valid_until_on": valid_until_on,
            "conditions": conditions,
        },
    )
    transaction.on_commit(forget_known)
    return approval


@transaction.atomic
def withdraw_approval(*, approval: Approval, because: str, now: datetime | None = None) -> None:
    """Take an approval back, with the reason. Every process stops serving the model within a minute.

    Raises:
        AlreadyWithdrawn: it was taken back before.
    """
    changed = Approval.objects.filter(pk=approval.pk, withdrawn_at=None).update(
        withdrawn_at=now or timezone.now(), withdrawn_because=because
    )
    if not changed:
        raise AlreadyWithdrawn
    transaction.on_commit(forget_known)
