"""Writes about products that our staff make: whether something is sold, and where it is found."""

from collections.abc import Collection

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from .enums import CategoryAxis, SaleState
from .models import Category, Product


class WrongTree(Refusal):
    """A category of the other tree."""

    sentence = _("分类选错了：困扰方向和服务类型是两棵树。")


@transaction.atomic
def place_product(
    *,
    product_id: int,
    sale_state: SaleState,
    needs: Collection[Category],
    categories: Collection[Category],
    placed_by: User,
) -> Product:
    """Say whether a product is sold and where it is found; who did so is kept with the history of admin's changes.

    What was sold stays as it was: bookings and orders do not ask the product again.

    Raises:
        WrongTree: a need among the kinds, or the other way round.
    """
    if any(each.axis != CategoryAxis.NEED for each in needs) or any(
        each.axis != CategoryAxis.KIND for each in categories
    ):
        raise WrongTree
    product = Product.objects.select_for_update().get(pk=product_id)
    changed = [] if product.sale_state == sale_state else [f"sale_state: {product.sale_state} > {sale_state}"]
    product.sale_state = sale_state
    changed += _set(product, "needs", needs) + _set(product, "categories", categories)
    product.save()  # always: listings look again whenever a product is saved
    if changed:
        LogEntry.objects.log_actions(placed_by.pk, [product], CHANGE, change_message="; ".join(changed))
    return product


def _set(product: Product, name: str, wanted: Collection[Category]) -> list[str]:
    """Set one of the trees; return what changed, in words for the history."""
    related = getattr(product, name)
    before, after = {each.slug for each in related.all()}, {each.slug for each in wanted}
    if before == after:
        return []
    related.set(wanted)
    return [f"{name}: {', '.join(sorted(before)) or '-'} > {', '.join(sorted(after)) or '-'}"]
