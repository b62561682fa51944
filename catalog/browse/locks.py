from collections.abc import Collection

from django.db.models import QuerySet

from .models import Listing


def locked_listings(product_ids: Collection[int]) -> QuerySet[Listing]:
    """Rows in id order, so that of two refreshes the later one also reads later."""
    return Listing.objects.filter(pk__in=product_ids).order_by("pk").select_for_update()
