"""Row locks of fulfilment."""

from .models import Shipment


def locked_shipment(shipment_id: int) -> Shipment:
    """Return the parcel, locked and read after the lock."""
    return Shipment.objects.select_for_update(of=("self",)).get(pk=shipment_id)
