"""Phone numbers for reading."""

from django import template

register = template.Library()


@register.filter
def spoken(phone: str | None) -> str:
    """Write a Chinese mobile number as people say it, 138 0000 0000; others stay as they are."""
    local = (phone or "").removeprefix("+86")
    return f"{local[:3]} {local[3:7]} {local[7:]}" if phone and phone.startswith("+86") else phone or ""
