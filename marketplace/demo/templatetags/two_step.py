"""What the demo's people would read on their phones."""

from typing import Any

from django import template
from django.conf import settings

from ..services.doors import two_step_codes as codes

register = template.Library()


@register.inclusion_tag("demo/two_step_codes.html")
def two_step_codes() -> dict[str, Any]:
    """Show the current codes of the demo's people; nothing outside the demo."""
    return {"people": codes() if settings.DEMO else []}
