"""Every row lock of grants. Order: fund, then what was asked of it."""

from django.db import connection

from payments.grants.models import Allocation, Fund, SpendRequest


def locked_fund(fund_id: int) -> Fund:
    """The fund, locked and read after the lock: whoever holds it alone decides over its money."""
    return Fund.objects.select_for_update(of=("self",)).get(pk=fund_id)


def locked_allocation(allocation_id: int) -> Allocation:
    """The allocation, locked and read after the lock. Lock its fund first."""
    return Allocation.objects.select_for_update(of=("self",)).get(pk=allocation_id)


def locked_spend_request(request_id: int) -> SpendRequest:
    """The request, locked and read after the lock. Lock its fund first."""
    return SpendRequest.objects.select_for_update(of=("self",)).get(pk=request_id)


def lock_public_good() -> None:
    """Let one transaction at a time take from the fund for the public good: its account is a sum, no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('grants.public_good'))")
