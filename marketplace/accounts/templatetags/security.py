"""Long codes for reading."""

from django import template

register = template.Library()


@register.filter
def in_fours(code: str) -> str:
    """Write a code in groups of four, as people read them aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
