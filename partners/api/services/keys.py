"""Making, using and revoking keys."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..enums import Scope
from ..errors import NothingTicked, NotYourKey, NotYourOrganisation, TooManyKeys
from ..locks import lock_partner
from ..models import ApiKey
from ..rules import MOST_KEYS, may_manage

#: A key begins so; whoever finds one in a text or a log knows what it is.
BEGINS = "xq_"
#: When a key was used last is written at most so often: reads stay reads.
USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key and the secret itself, which is shown once and kept nowhere."""

    key: ApiKey
    secret: str

    def __repr__(self) -> str:
        return f"MadeKey({self.key.prefix})"


@transaction.atomic(durable=True)
def make_key(*, partner: Partner, made_by: User, label: str, scopes: Collection[Scope | str]) -> MadeKey:
    """Make a key for an organisation's program.

    Raises: NotYourOrganisation, NothingTicked, TooManyKeys.
    """
    if not may_manage(made_by, partner):
        raise NotYourOrganisation
    if not scopes:
        raise NothingTicked
    lock_partner(partner.pk)
    if ApiKey.objects.filter(partner=partner, revoked_at=None).count() >= MOST_KEYS:
        raise TooManyKeys
    prefix = BEGINS + secrets.token_hex(4)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        partner=partner,
        made_by=made_by,
        label=label,
        prefix=prefix,
        digest=ApiKey.digest_of(secret),
        scopes=[scope for scope in Scope.values if scope in scopes],
    )
    return MadeKey(key, secret)


@transaction.atomic(durable=True)
def revoke_key(*, public_id: UUID, revoked_by: User, now: datetime | None = None) -> ApiKey:
    """End a key at once; a second time changes nothing. Raises NotYourKey."""
    key = ApiKey.objects.select_related("partner").filter(public_id=public_id).first()
    if key is None or not may_manage(revoked_by, key.partner):
        raise NotYourKey
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now or timezone.now())
    key.refresh_from_db(fields=["revoked_at"])
    return key


def note_use(key: ApiKey, *, now: datetime | None = None) -> None:
    """Write down that a key was used, every few minutes at most."""
    now = now or timezone.now()
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if key.last_used_at is None or key.last_used_at < now - USE_NOTED_EVERY:
        ApiKey.objects.filter(long_ago, pk=key.pk).update(last_used_at=now)
