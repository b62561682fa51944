"""Row locks of rerouting. Lock the order with all that it holds first."""

from .models import Rerouting


def locked_rerouting(pk: int) -> Rerouting:
    """Return the row, locked and read after the lock."""
    return Rerouting.objects.select_for_update(of=("self",)).get(pk=pk)
