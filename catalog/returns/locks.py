"""Row locks of returns. The order, with its stock, is locked first."""

from .models import ReturnRequest


def locked_return(return_id: int) -> ReturnRequest:
    """Return the request, locked and read after the lock."""
    return ReturnRequest.objects.select_for_update(of=("self",)).select_related("line").get(pk=return_id)
