"""What the portal's rail counts."""

from django import template

from catalog.consultations.carers import Desk

from ..rules import Portal
from ..selectors import requests_of

register = template.Library()


@register.simple_tag
def requests_waiting(frame: Portal | Desk) -> int:
    """Return how many paid requests wait for this person's answer; the pages of notes and measures stand in the rail too."""
    portal = Portal(partner=frame.partner, is_manager=frame.is_manager, user=frame.user)
    return requests_of(portal).count()
