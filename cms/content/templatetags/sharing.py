"""What a page says to whoever shares its link."""

from typing import Any

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from ..models import Event, Item
from ..sharing.things import shared

register = template.Library()


@register.inclusion_tag("content/sharing/_meta.html")
def share_meta(thing: Item | Event) -> dict[str, Any]:
    """The words and the picture other apps show beside a link."""
    found = shared(thing)
    return {"shared": found, "picture": f"{settings.PUBLIC_BASE_URL}{found.picture_path}"}


@register.inclusion_tag("content/sharing/_card.html")
def share_card(thing: Item | Event) -> dict[str, Any]:
    """Link, code for a camera, and picture; no buttons of other companies."""
    found = shared(thing)
    return {"shared": found, "code": _code(found.url)}


def _code(url: str) -> SafeString:
    drawing = segno.make(url, error="m").svg_inline(omitsize=True, border=2, dark="#1E2B2A", light="#FFFFFF")
    return mark_safe(drawing)  # noqa: S308 - of squares, made from our own address
