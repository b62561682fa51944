"""How often readers of the library took the way to help."""

from datetime import date
from typing import Any

from django.db.models import Sum

from ..models import HelpReach


def help_reach(since: date) -> list[dict[str, Any]]:
    """Return by kind how often the way to help was shown and taken since a day."""
    rows = HelpReach.objects.filter(day__gte=since).order_by("kind").values("kind")
    return [dict(row) for row in rows.annotate(shown=Sum("shown"), reached=Sum("reached"))]
