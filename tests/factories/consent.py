from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.enums import ConsentEventKind, DataItem, GivenAs, GranteeKind, Purpose
from marketplace.consent.models import Consent, ConsentEvent, SafetyOverride
from marketplace.families.models import Child

from .people import make_staff, make_user


def make_consent(
    child: Child,
    grantee: Any = None,
    *,
    items: Collection[DataItem] = (DataItem.SCORE,),
    purpose: Purpose = Purpose.CARE,
    records: Collection[UUID] = (),
    needs: Collection[GivenAs] = (GivenAs.TEEN,),
    agreed: Collection[GivenAs] | None = None,
    granted_by: User | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Consent:
    """A consent that stands since an hour ago, for a month, for a user or an organisation (one unknown unless named).

    `agreed`: who of those it needs has granted it; all unless named.
    """
    is_person = isinstance(grantee, User)
    since = since or timezone.now() - timedelta(hours=1)
    consent = Consent.objects.create(
        child=child,
        grantee_kind=GranteeKind.PERSON if is_person else GranteeKind.ORGANISATION,
        grantee_id=grantee.public_id if grantee else uuid4(),
        grantee_label=str(grantee or "机构"),
        items=list(items),
        records=list(records),
        purpose=purpose,
        valid_from=since,
        valid_until=until or since + timedelta(days=30),
        needs=list(needs),
        text_version="2026.1",
    )
    by = granted_by or child.account or make_user()
    for given_as in needs if agreed is None else agreed:
        add_event(consent, ConsentEventKind.GRANTED, by, given_as, since)
    return consent


def add_event(
    consent: Consent, kind: ConsentEventKind, by: User, given_as: str = GivenAs.TEEN, at: datetime | None = None
) -> ConsentEvent:
    """Write one line of the ledger."""
    return ConsentEvent.objects.create(consent=consent, kind=kind, given_as=given_as, by=by, at=at or timezone.now())


def make_override(child: Child, *, items: Collection[DataItem] = (DataItem.DIARY,), **fields: Any) -> SafetyOverride:
    """An override in force, let through by two members of staff an hour ago, for a day."""
    now = timezone.now()
    values = {
        "child": child,
        "items": list(items),
        "reason": "联系不上，需要确认平安",
        "hours": 24,
        "opened_by": fields.get("opened_by") or make_staff(),
        "approved_by": make_staff() if "approved_by" not in fields else fields["approved_by"],
        "approved_at": now - timedelta(hours=1),
        "expires_at": now + timedelta(hours=23),
        "review_due_at": now + timedelta(hours=71),
    }
    return SafetyOverride.objects.create(**values | fields)
