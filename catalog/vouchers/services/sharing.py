"""Links people pass on, and newcomers who say that one brought them."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.rules import may_care_for_others

from ..errors import LinkUnknown, NotForMinors, NotNew
from ..models import Arrival, ShareLink
from ..rules import NEW_FOR
from ..selectors import link_with_code
from .rewarding import reward_sharing


@transaction.atomic(durable=True)
def open_share_link(*, owner: User) -> ShareLink:
    """Return the person's link, made when first asked for. Raises NotForMinors."""
    if not may_care_for_others(owner):
        raise NotForMinors
    link, _created = ShareLink.objects.get_or_create(owner=owner, defaults={"code": secrets.token_urlsafe(9)})
    return link


@transaction.atomic(durable=True)
def arrive_by_link(*, code: str, newcomer: User, now: datetime | None = None) -> Arrival:
    """Note, because the newcomer said so, that a link brought them; both sides get the same small thanks.

    Raises: LinkUnknown, NotForMinors, NotNew (an old account, one's own link, or a second time).
    """
    now = now or timezone.now()
    link = link_with_code(code)
    if link is None:
        raise LinkUnknown
    if not may_care_for_others(newcomer):
        raise NotForMinors
    if link.owner_id == newcomer.pk or newcomer.date_joined < now - NEW_FOR:
        raise NotNew
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(link=link, newcomer=newcomer, arrived_at=now)
    except IntegrityError as error:
        raise NotNew from error
    reward_sharing(arrival=arrival, now=now)
    return arrival
