"""What the portal's rail counts."""

from django import template

from ..rules import Portal
from ..selectors import requests_of

register = template.Library()


@register.simple_tag
def requests_waiting(portal: Portal) -> int:
    """Return how many paid requests wait for this person's answer."""
    return requests_of(portal).count()
