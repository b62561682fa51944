"""Words of payments for templates."""

from django import template

from payments.enums import Company

register = template.Library()


@register.filter
def company(code: str) -> str:
    """What payers call a gateway: 微信支付."""
    return str(Company(code).label) if code in Company.values else code
