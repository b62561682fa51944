"""What the portal's rail counts."""

from django import template

from catalog.consultations.talk.selectors import unread_by_organisation
from catalog.partner.team.seat import Seat

from ..rules import Portal
from ..selectors import requests_of

register = template.Library()


@register.simple_tag
def requests_waiting(frame: Seat) -> int:
    """Return how many paid requests wait for this person's answer; the pages of notes and measures stand in the rail too."""
    portal = Portal(partner=frame.partner, role=frame.role, user=frame.user)
    return requests_of(portal).count()


@register.simple_tag
def talks_unread(frame: Seat) -> int:
    """Return how many messages of families wait to be read by this person or a colleague."""
    return unread_by_organisation(Portal(partner=frame.partner, role=frame.role, user=frame.user).providers())
