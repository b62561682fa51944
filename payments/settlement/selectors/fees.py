"""Which rules count, which come next, which counted before."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from payments.settlement.models import FeeLine, FeeVersion


def published_fees() -> QuerySet[FeeVersion]:
    """All published versions with their shares, the latest first."""
    return FeeVersion.objects.filter(published_at__isnull=False).prefetch_related("lines").order_by("-valid_from")


def fees_in_force(at: datetime | None = None) -> FeeVersion | None:
    """The version that counts at a moment; None before there ever was one."""
    return published_fees().filter(valid_from__lte=at or timezone.now()).first()


def next_fees(at: datetime | None = None) -> QuerySet[FeeVersion]:
    """Published versions that do not count yet, the soonest first."""
    return published_fees().filter(valid_from__gt=at or timezone.now()).order_by("valid_from")


def past_fees(at: datetime | None = None) -> list[FeeVersion]:
    """Versions that counted before the one in force, the latest first."""
    return list(published_fees().filter(valid_from__lte=at or timezone.now())[1:])


def fee_names() -> dict[str, str]:
    """What each share is called in the reader's language, by code; the latest published name counts."""
    lines = FeeLine.objects.filter(version__published_at__isnull=False).order_by("version__valid_from")
    return {line.code: line.name for line in lines}
