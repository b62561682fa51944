"""Who may review what, and what may be published."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Revision

from marketplace.accounts.enums import Duty, Role

from ..models import Item, ItemReview, Reviewer
from .errors import NotReviewed
from .wording import hash_of, hash_of_content


def is_editor(user: Any) -> bool:
    """Return whether this is one of our people whose duty is the library."""
    return bool(
        user.is_authenticated and user.is_active and user.role == Role.STAFF and Duty.CONTENT in (user.duties or [])
    )


def reviewer_of(user: Any) -> Reviewer | None:
    """Return under which name this member of our staff reviews today; None for whoever may not."""
    if not user.is_authenticated or not user.is_active or user.role != Role.STAFF:
        return None
    reviewer = Reviewer.objects.filter(user=user).first()
    if reviewer is None or not reviewer.is_current(timezone.localdate()):
        return None
    return reviewer if settings.DEMO or not reviewer.is_demo else None


def may_review(user: Any, item: Any) -> bool:
    """Return whether this person may approve the newest wording: a reviewer who did not write any of it."""
    return isinstance(item, Item) and reviewer_of(user) is not None and user.pk not in authors_of(item)


def authors_of(item: Item) -> set[int]:
    """Return who had a hand in the wording since it was last reviewed: whoever created it or changed a draft."""
    last = ItemReview.objects.filter(item_id=item.pk).order_by("-reviewed_at").first()
    drafts = Revision.objects.for_instance(item).order_by("created_at", "pk")
    if last is not None:
        drafts = drafts.filter(created_at__gt=last.reviewed_at)
    authors = {item.owner_id} if last is None and item.owner_id else set()
    before = last.content_hash if last is not None else ""
    for user_id, content in drafts.values_list("user_id", "content"):
        wording = hash_of_content(content)
        if user_id is not None and wording != before:
            authors.add(user_id)
        before = wording
    return authors


def check_publishable(item: Item) -> None:
    """Raise NotReviewed unless a professional read exactly this wording.

    The row that was written when it was approved says so. An invented reviewer, marked so beside the name, counts in the
    demo only.
    """
    reviewer, reviewed_on = item.reviewer, item.reviewed_on
    if reviewer is None or reviewed_on is None or not reviewer.is_current(reviewed_on):
        raise NotReviewed
    if reviewer.user_id is not None and reviewer.user_id == item.owner_id:
        raise NotReviewed
    if reviewer.is_demo and not settings.DEMO:
        raise NotReviewed
    if not ItemReview.objects.filter(item_id=item.pk, reviewer=reviewer, content_hash=hash_of(item)).exists():
        raise NotReviewed
