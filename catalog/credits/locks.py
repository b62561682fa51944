"""Row locks of grants: after an order's bookings and stock, before what is owed. Always in id order."""

from collections.abc import Collection

from .models import CreditGrant, CreditUse


def locked_grant(grant_id: int) -> CreditGrant:
    """Return a grant, locked and read after the lock."""
    return CreditGrant.objects.select_for_update(of=("self",)).get(pk=grant_id)


def locked_uses_of(booking_ids: Collection[int], *, live: bool) -> list[CreditUse]:
    """Return the uses of these bookings, spent or given back, with their grants locked first."""
    uses = CreditUse.objects.filter(booking__in=booking_ids, given_back_at__isnull=live)
    grants = sorted(set(uses.values_list("grant_id", flat=True)))
    list(CreditGrant.objects.select_for_update(of=("self",)).filter(pk__in=grants).order_by("pk"))
    return list(uses.select_related("grant").order_by("grant_id", "pk"))
