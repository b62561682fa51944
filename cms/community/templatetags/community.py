"""Words and pictures of the community's pages."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import slots

register = template.Library()
_FEW, _MANY = 3, 10


@register.filter
def coarsely(slot: datetime) -> str:
    """A part of a day in words: {{ post.slot|coarsely }} -> 今天上午."""
    return slots.in_words(slot)


@register.filter
def hugs(given: int) -> str:
    """How many hugs, warmly and never as a number."""
    if not given:
        return ""
    if given < _FEW:
        return _("有人送来一个抱抱")
    return _("好几个人送来了抱抱") if given < _MANY else _("很多人都在这里陪着")


@register.simple_tag
def alias_picture(picture: str, size: str = "") -> SafeString:
    """The picture of a name in a thread, for example `moon-3`."""
    shape, _dash, tone = picture.rpartition("-")
    return format_html(
        '<span class="avatar avatar--round avatar--{}{}" aria-hidden="true"><svg class="community-shape" focusable="false">'
        '<use href="{}#{}"></use></svg></span>',
        tone,
        f" avatar--{size}" if size else "",
        static("community/pictures.svg"),
        shape,
    )


@register.simple_tag
def topic_picture(picture: str) -> SafeString:
    """The picture of a topic."""
    return format_html(
        '<svg class="community-topic__picture" aria-hidden="true" focusable="false"><use href="{}#topic-{}"></use></svg>',
        static("community/pictures.svg"),
        picture,
    )
