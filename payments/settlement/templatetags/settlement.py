from django import template

register = template.Library()


@register.filter
def percent(bps: int) -> str:
    """Write ten-thousandths as percent: 850 is 8.5%."""
    return f"{bps / 100:g}%"
