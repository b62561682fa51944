"""What our editors have to see to."""

from datetime import date, timedelta

from django.db.models import QuerySet

from ..models import Item

#: How long before its day a review is announced.
SOON = timedelta(days=30)


def items_to_review_again(today: date) -> "QuerySet[Item]":
    """Published items whose review is over, or ends within a month; the longest over first."""
    due = Item.objects.live().filter(review_due_on__lte=today + SOON)
    return due.select_related("reviewer", "locale").order_by("review_due_on", "pk")


def count_expired(today: date) -> int:
    """How many published items should have been read again by now."""
    return Item.objects.live().filter(review_due_on__lt=today).count()


def unreviewed_drafts() -> "QuerySet[Item]":
    """Items nobody can read yet, the oldest first."""
    return Item.objects.not_live().select_related("owner", "locale").order_by("latest_revision_created_at", "pk")
