"""Reads of a person's basket."""

from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.models import User

from .models import Line


def basket_line_count(user: User | AnonymousUser) -> int:
    """Return how many lines lie in the person's open basket; nobody signed in has none."""
    if not user.is_authenticated:
        return 0
    return Line.objects.filter(basket__owner_id=user.pk, basket__status="Open").count()
