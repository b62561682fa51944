"""What every page may show about the person looking at it, computed only when shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from catalog.basket.selectors import basket_line_count
from marketplace.accounts.rules import is_teen


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the basket's count (lazily) and the flags that the base template reads."""
    return {
        "basket_count": SimpleLazyObject(lambda: basket_line_count(request.user)),
        "is_grown_up": SimpleLazyObject(lambda: request.user.is_authenticated and not is_teen(request.user)),
        "is_demo": settings.DEMO,
    }
