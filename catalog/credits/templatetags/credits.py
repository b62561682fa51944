"""What a product's page and the list of bookings show of packages: where lower pages look up to credits."""

from typing import Any

from django import template
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.credits.models import Package
from catalog.credits.rules import unit_of
from catalog.credits.selectors import spendable_by

register = template.Library()


@register.inclusion_tag("credits/_package.html")
def package_facts(product: Product, price_fen: int | None) -> dict[str, Any]:
    """Show what a package promises; nothing for any other product."""
    package = Package.objects.filter(product=product).prefetch_related("services__product").first()
    if package is None:
        return {"package": None}
    return {
        "package": package,
        "services": list(package.services.all()),
        "unit_fen": unit_of(price_fen or 0, package.sessions),
    }


@register.inclusion_tag("credits/_balance.html", takes_context=True)
def package_balance(context: template.Context) -> dict[str, Any]:
    """Show how many sessions a person's own packages still hold; nothing where none do."""
    request, now = context.get("request"), timezone.now()
    if request is None or not request.user.is_authenticated:
        return {"grants": []}
    return {"grants": [grant for grant in spendable_by(request.user, now=now) if grant.owner_id == request.user.pk]}
