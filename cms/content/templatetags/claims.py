"""A figure that says where it comes from."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..claims.register import BY_KEY

register = template.Library()


@register.simple_tag
def claim(key: str, text: Any = "") -> SafeString:
    """Show what somebody claimed (its figure, or `text`) with the way to its entry. An unknown key is an error at once."""
    entry = BY_KEY[key]
    return format_html(
        '<a class="claim" data-claim="{}" href="{}#{}">{}<small> {}</small></a>',
        key,
        reverse("claims"),
        key,
        text or entry.figure or entry.says,
        _("（%(who)s的说法，看出处）") % {"who": entry.who},
    )
