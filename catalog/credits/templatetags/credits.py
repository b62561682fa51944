"""What a product's page shows of a package: the one place where a lower page looks up to credits."""

from typing import Any

from django import template

from catalog.catalogue.models import Product
from catalog.credits.models import Package
from catalog.credits.rules import unit_of

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
