"""What the demo families agreed to show, and what they are asked: made by the same services that families use."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.services import grant_consent, propose_consent
from marketplace.core.labels import kept_label
from marketplace.families.enums import Relation
from marketplace.families.models import Child

from ..keys import stable_id

_MANAGER, _PARENT, _CHILD, _TEEN = "wen", "lin", "xiao-zhou", "xiao-he"


def make_consents() -> bool:
    """Let a parent show a clinic something, the clinic ask for more, and a teen show a parent something; each once."""
    has_some = set(
        Consent.objects.filter(child__public_id__in=[stable_id("child", key) for key in (_CHILD, _TEEN)])
        .order_by()
        .values_list("child__public_id", flat=True)
        .distinct()
    )
    made = [
        make()
        for key, make in ((_CHILD, _child_shows_clinic), (_TEEN, _teen_shows_parent))
        if stable_id("child", key) not in has_some
    ]
    return any(made)


@transaction.atomic
def _child_shows_clinic() -> bool:
    child, parent, manager = _child(_CHILD), _user(_PARENT), _user(_MANAGER)
    clinic = Partner.objects.filter(providers__occupancies__bookings__child=child, users=manager).first()
    if clinic is None:
        return False
    terms = {
        "child": child,
        "grantee_kind": GranteeKind.ORGANISATION,
        "grantee_id": clinic.public_id,
        "grantee_label": clinic.name,
        "purpose": Purpose.CARE,
    }
    until = timezone.now() + timedelta(days=90)
    grant_consent(items=[DataItem.SCORE, DataItem.PLAN], until=until, given_by=parent, **terms)
    propose_consent(items=[DataItem.REPORT, DataItem.MOOD], until=until, proposed_by=manager, **terms)
    return True


def _teen_shows_parent() -> bool:
    child = _child(_TEEN)
    if child.account is None:
        return False
    parent = _user(_PARENT)
    guardianship = child.guardianships.get(guardian=parent)
    grant_consent(
        child=child,
        grantee_kind=GranteeKind.PERSON,
        grantee_id=parent.public_id,
        grantee_label=kept_label(Relation(guardianship.relation).label),
        items=[DataItem.PLAN, DataItem.BOOKING_DETAIL],
        purpose=Purpose.GUARDIANSHIP,
        until=timezone.now() + timedelta(days=30),
        given_by=child.account,
    )
    return True


def _user(key: str) -> User:
    return User.objects.get(public_id=stable_id("user", key))


def _child(key: str) -> Child:
    return Child.objects.select_related("account").get(public_id=stable_id("child", key))
