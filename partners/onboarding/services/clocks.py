"""The clocks of onboarding: who was asked something is reminded once, and one day it is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import ApplicationState, EventKind
from ..locks import locked_application
from ..models import Application
from ..rules import LAPSE_AFTER, REMIND_AFTER
from ..telling import tell
from .drafting import note


def tend_applications(*, now: datetime | None = None) -> int:
    """Remind and end what waits for an organisation; return how many were dealt with."""
    now = now or timezone.now()
    asked = Application.objects.filter(state=ApplicationState.QUESTIONED)
    lapsed = list(asked.filter(asked_at__lt=now - LAPSE_AFTER).values_list("public_id", flat=True))
    silent = asked.filter(asked_at__lt=now - REMIND_AFTER, asked_at__gte=now - LAPSE_AFTER, reminded_at=None)
    return sum(_lapse(public_id, now) for public_id in lapsed) + sum(
        _remind(public_id, now) for public_id in silent.values_list("public_id", flat=True)
    )


@transaction.atomic
def _remind(public_id: UUID, now: datetime) -> bool:
    application = locked_application(public_id)
    if application.state != ApplicationState.QUESTIONED or application.reminded_at:
        return False
    application.reminded_at = now
    application.save(update_fields=["reminded_at"])
    tell(
        application,
        key=f"reminded:{application.version}",
        body=_("还有审核问题等您补充，三十天没有补充，申请会自动结束。"),
    )
    return True


@transaction.atomic
def _lapse(public_id: UUID, now: datetime) -> bool:
    application = locked_application(public_id)
    if application.state != ApplicationState.QUESTIONED:
        return False
    application.state, application.closed_at = ApplicationState.WITHDRAWN, now
    application.save(update_fields=["state", "closed_at"])
    note(application, EventKind.LAPSED, None)
    tell(application, key="lapsed", body=_("因为三十天没有补充，入驻申请已经结束。您可以随时重新申请。"))
    return True
