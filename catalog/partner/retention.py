"""How long invitations into teams are kept: a month after they could no longer be used."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .models import TeamInvitation


def _over(cutoff: datetime) -> "QuerySet[Any]":
    return TeamInvitation.objects.filter(expires_at__lt=cutoff)


def register_retention() -> None:
    """Register the class of invitations. A place in a team lasts until somebody leaves it."""
    register(
        RetentionClass(
            key="team_invitations",
            title=_("加入机构团队的邀请"),
            basis="team_invitations",
            expired=_over,
            erase=deleted,
            subjects=("accepted_by__public_id",),
            dated="expires_at",
        )
    )
