"""Icons: one sprite of ours, static/icons.svg."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=512)
def icon_svg(name: str, css: str = "", label: str = "") -> SafeString:
    """Return the drawing of one icon; silent for screen readers unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        said,
        static("icons.svg"),
        name,
    )
