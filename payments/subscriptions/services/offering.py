"""Putting plans on sale."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments.subscriptions.enums import Benefit
from payments.subscriptions.models import Plan


@transaction.atomic
def publish_plan(
    *,
    code: str,
    name: str,
    name_en: str,
    amount_fen: int,
    period_months: int,
    benefits: Sequence[Benefit],
    sessions: int = 0,
    session_unit_fen: int = 0,
    trial_days: int = 7,
    now: datetime | None = None,
) -> Plan:
    """Put a new version of a plan on sale in place of the one before; who has that keeps its price. Joins the caller's.

    A new price reaches a family only by a new agreement of theirs: nothing here touches running subscriptions.
    """
    now = now or timezone.now()
    versions = Plan.objects.select_for_update().filter(code=code)
    latest = max((plan.version for plan in versions), default=0)
    versions.filter(on_sale_until__isnull=True).update(on_sale_until=now)
    return Plan.objects.create(
        code=code,
        version=latest + 1,
        name=name,
        name_en=name_en,
        amount_fen=amount_fen,
        period_months=period_months,
        trial_days=trial_days,
        benefits=[str(benefit) for benefit in benefits],
        sessions=sessions,
        session_unit_fen=session_unit_fen,
        on_sale_from=now,
    )
