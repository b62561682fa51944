"""Lists of a school, locked; the school first, so that two people who confirm at once come one after the other."""

from uuid import UUID

from django.db.models import QuerySet

from catalog.partner.models import Partner

from .models import SchoolList


def lock_lists(partner: Partner, kind: str) -> "QuerySet[SchoolList]":
    """Lock a school, and return its lists of a kind, to be read after the lock."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    return SchoolList.objects.filter(partner=partner, kind=kind).order_by("-applied_at", "-pk")


def lock_draft(partner: Partner, public_id: UUID) -> SchoolList | None:
    """Lock a school, and return one of its drafts."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    return SchoolList.objects.filter(partner=partner, public_id=public_id, state="draft").first()
