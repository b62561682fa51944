"""The words our templates use: money, days and times, icons, avatars, fields, links that keep the query."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core import display, formatting, navigation
from marketplace.core.encryption.sealed import ERASED
from marketplace.core.icons import icon_svg

register = template.Library()

AVATAR_TONES = 6


@register.filter
def yuan(fen: int | None, decimals: str = "") -> str:
    """Write fen as yuan: ¥360, ¥360.50; `|yuan:"2"` always shows two decimals. Nothing for None."""
    return "" if fen is None else formatting.yuan_text(int(fen), always_decimals=bool(decimals))


@register.filter
def day(when: date | datetime | None) -> str:
    """Write a day: 11月28日 周六."""
    return formatting.day_text(when) if when else ""


@register.filter
def short_day(when: date | datetime | None) -> str:
    """Write a day without weekday: 11月28日."""
    return formatting.short_day_text(when) if when else ""


@register.filter
def weekday(when: date | datetime | None) -> str:
    """Write a weekday: 周六."""
    return formatting.weekday_text(when) if when else ""


@register.filter
def moment(when: datetime | None) -> str:
    """Write day and time: 11月28日 周六 14:30."""
    return formatting.moment_text(when) if when else ""


@register.filter
def near_moment(when: datetime | None) -> str:
    """Write day and time, today and tomorrow by name: 今天 15:42."""
    return formatting.near_moment_text(when) if when else ""


@register.filter
def clock(when: datetime | None) -> str:
    """Write a time of day: 14:30."""
    return formatting.clock_text(when) if when else ""


@register.filter
def time_range(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """Write a span: 14:30–15:20."""
    return formatting.time_range_text(starts_at, ends_at) if starts_at and ends_at else ""


@register.filter
def unless_erased(text: Any) -> Any:
    """Say that a text was erased, where its key was destroyed; any other text as it is."""
    return _("（内容已按本人要求删除）") if text is ERASED else text


@register.filter
def initial(name: Any) -> str:
    """Return the first letter or character of a name, for an avatar."""
    return str(name).strip()[:1].upper()


@register.filter
def tone(name: Any) -> int:
    """Return the avatar tone of a name, 1 to 6, the same every time."""
    return crc32(str(name).encode()) % AVATAR_TONES + 1


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Draw an icon of static/icons.svg; silent for screen readers unless it has a label."""
    return icon_svg(name, css, str(label))


@register.simple_tag(takes_context=True)
def url_with(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some parameters changed; None or "" takes one away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Render a form field with its label, hint and errors, tied together for screen readers.

    Options: label and hint say something else than the form does; optional=True marks it 选填; css adds classes.
    """
    widget = bound.field.widget
    bound.help_text = options.get("hint") or bound.help_text  # Django ties the input to it by aria-describedby
    return get_template("components/field.html").render(
        {
            "field": bound,
            "label": options.get("label") or bound.label,
            "hint": bound.help_text,
            "optional": options.get("optional", False),
            "css": options.get("css", ""),
            "is_check": isinstance(widget, CheckboxInput),
            "is_group": getattr(widget, "use_fieldset", False),
            "is_radio": isinstance(widget, RadioSelect),
        }
    )


@register.simple_tag(takes_context=True)
def display_attributes(context: template.Context) -> SafeString:
    """Return the html element's theme and text size, as the person chose them."""
    request = context.get("request")
    chosen = display.chosen(request) if request else {}
    return mark_safe("".join(f' data-{key}="{escape(value)}"' for key, value in chosen.items()))  # noqa: S308


@register.simple_tag(takes_context=True)
def fixed(context: template.Context, name: str) -> SafeString:
    """Include a template that differs only by language and display choices; each variant is rendered once."""
    request = context.get("request")
    chosen = display.chosen(request) if request else {}
    render = _fixed.__wrapped__ if settings.DEBUG else _fixed
    return render(name, get_language(), chosen.get("theme"), chosen.get("text"))


@lru_cache(maxsize=256)
def _fixed(name: str, language: str | None, theme: str | None, text: str | None) -> SafeString:
    return get_template(name).render({"LANGUAGE_CODE": language, "theme": theme, "text": text})


@register.simple_tag(takes_context=True)
def site_nav(context: template.Context, place: str) -> SafeString:
    """Return the links of the top bar ("top") or of the phone's tabs ("tabs"), the present page marked."""
    request = context.get("request")
    if place == "tabs" and context.get("is_grown_up"):
        place = "grown_up_tabs"
    return navigation.links(place, request.path if request else "")
