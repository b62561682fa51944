"""Saving a product to come back to, and taking it back. Pressing twice changes nothing."""

from django.db import transaction

from catalog.catalogue.models import Product
from marketplace.accounts.models import User

from ..errors import TooManySaved
from ..models import SavedProduct
from ..selectors.saved import MOST_SAVED


@transaction.atomic
def save_product(*, product: Product, saved_by: User) -> SavedProduct:
    """Put a product among those a person saved.

    Raises:
        TooManySaved: there are `MOST_SAVED` already.
    """
    kept = SavedProduct.objects.filter(saved_by=saved_by)
    if not kept.filter(product=product).exists() and kept.count() >= MOST_SAVED:
        raise TooManySaved
    return SavedProduct.objects.get_or_create(saved_by=saved_by, product=product)[0]


@transaction.atomic
def drop_saved_product(*, product: Product, dropped_by: User) -> None:
    """Take a product from those a person saved; what is not among them stays away."""
    SavedProduct.objects.filter(saved_by=dropped_by, product=product).delete()
