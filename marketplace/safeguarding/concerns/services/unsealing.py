"""Opening who somebody is who writes, or reports, without a name: one asks and says why, another one decides."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User

from .. import locks
from ..enums import EventKind, Sealed
from ..errors import AlreadyAsked, ConcernClosed, NotOnDuty, SecondPersonNeeded, WordsMissing
from ..models import Unsealing
from ..selectors import is_keeper_now, keepers
from .guarding import concern_at_hand
from .telling import add_event, tell

LEAST_REASON = 10


@transaction.atomic
def ask_to_unseal(*, public_id: UUID, what: str, reason: str, by: User, now: datetime | None = None) -> Unsealing:
    """Ask to know who somebody is (`what` is a Sealed); everybody else with the duty is told that a decision waits.

    Raises:
        NotOnDuty, ConcernClosed: see `guarding.concern_at_hand`.
        WordsMissing: the reason is too short to be judged.
        AlreadyAsked: a request waits.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if len(reason.strip()) < LEAST_REASON:
        raise WordsMissing
    try:
        with transaction.atomic():
            asked = Unsealing.objects.create(
                concern=concern, what=Sealed(what), reason=reason.strip(), asked_by=by, asked_at=now
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    add_event(concern, EventKind.UNSEALING, at=now, by=by, detail=f"{what}:asked")
    body = _("一位同事请求打开一件事里的匿名身份，需要另一位同事决定。")
    url = reverse("concerns:concern", args=[concern.public_id])
    tell(keepers().exclude(pk=by.pk), key=f"unseal:{asked.public_id}", body=body, url=url)
    return asked


@transaction.atomic
def decide_unsealing(*, unsealing_id: UUID, agrees: bool, by: User, now: datetime | None = None) -> Unsealing:
    """Agree, or not, as the second person; a decision is made once.

    Raises:
        NotOnDuty: not on safety duty now.
        ConcernClosed: there is nothing to decide (any more).
        SecondPersonNeeded: the person asked themselves.
    """
    now = now or timezone.now()
    if not is_keeper_now(by, now):
        raise NotOnDuty
    asked = locks.locked_unsealing(unsealing_id)
    if asked is None or asked.is_granted is not None:
        raise ConcernClosed
    if asked.asked_by_id == by.pk:
        raise SecondPersonNeeded
    asked.is_granted, asked.decided_by, asked.decided_at = agrees, by, now
    asked.save(update_fields=["is_granted", "decided_by", "decided_at"])
    detail = f"{asked.what}:{'granted' if agrees else 'refused'}"
    add_event(asked.concern, EventKind.UNSEALING, at=now, by=by, detail=detail)
    return asked
