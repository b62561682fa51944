"""When our own desk looks: {% load safety_desk %}{% desk_hours %}."""

import logging
from typing import Any

from django import template
from django.db import transaction

from ..selectors import DeskHours
from ..selectors import desk_hours as hours_now

register = template.Library()
logger = logging.getLogger(__name__)


@register.inclusion_tag("concerns/_hours.html")
def desk_hours(hours: DeskHours | None = None) -> dict[str, Any]:
    """Say when somebody of ours is there next, where nobody is now; nothing else. Never stands in the way of the numbers."""
    try:
        with transaction.atomic():
            return {"hours": hours or hours_now()}
    except Exception as error:  # noqa: BLE001 - whatever fails here, the numbers are shown
        logger.error("hours of the desk not read: %s", type(error).__name__)
        return {"hours": None}
