"""What happens when a professional has read an item, and how it reaches the library."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from marketplace.accounts.models import User

from ..models import Item, ItemReview, Reviewer
from . import rules
from .errors import NotAReviewer, NotReviewed
from .wording import hash_of

logger = logging.getLogger(__name__)

#: How long a review counts; help pages name numbers and doors, which move sooner.
REVIEW_LASTS = timedelta(days=365)
HELP_REVIEW_LASTS = timedelta(days=180)

INVENTED_NAME = "林知行（示例）"
INVENTED_QUALIFICATION = "注册心理师（示例人物，没有真人读过）"


@transaction.atomic
def approve_wording(*, revision: Revision, approved_by: User) -> ItemReview:
    """Write down that a professional read this wording, and put the name into it. Raises NotAReviewer."""
    item = revision.as_object()
    reviewer = rules.reviewer_of(approved_by)
    if reviewer is None or not rules.may_review(approved_by, item):
        raise NotAReviewer
    if Item.objects.filter(pk=item.pk, first_published_at__isnull=False).exists():
        item.version += 1
    return _write_review(revision, item, reviewer, approved_by)


def _write_review(revision: Revision, item: Item, reviewer: Reviewer, approved_by: User | None) -> ItemReview:
    """Keep that the wording was read, and put reviewer and dates into it."""
    today = timezone.localdate()
    item.reviewer, item.reviewed_on, item.review_due_on = reviewer, today, due_on(item, today)
    review = ItemReview.objects.create(
        item=item,
        reviewer=reviewer,
        content_hash=hash_of(item),
        reviewed_at=timezone.now(),
        due_on=item.review_due_on,
        approved_by=approved_by,
    )
    revision.content = item.serializable_data()
    revision.save(update_fields=["content"])
    return review


@transaction.atomic
def publish_in_demo(*, revision: Revision) -> None:
    """Publish a text of our own files in the demo, under its invented reviewer. Raises NotReviewed outside it.

    Readers are told beside it that no professional has read it yet.
    """
    if not settings.DEMO:
        raise NotReviewed
    _write_review(revision, revision.as_object(), invented_reviewer(), None)
    revision.publish()


def invented_reviewer() -> Reviewer:
    """Return the demo's reviewer, who is nobody real and is marked so wherever the name is shown."""
    reviewer, _made = Reviewer.objects.get_or_create(
        name=INVENTED_NAME,
        is_demo=True,
        defaults={"qualification": INVENTED_QUALIFICATION, "qualified_from": date(2026, 1, 1)},
    )
    return reviewer


def due_on(item: Item, reviewed_on: date) -> date:
    """Return when an item has to be read again."""
    return reviewed_on + (HELP_REVIEW_LASTS if item.kind == "help" else REVIEW_LASTS)


def publish_due_items() -> list[int]:
    """Publish what was planned for a time that has come; return the pages' ids.

    Each by itself, so that one wording which lost its review (an expired one cannot go live) does not keep the others.
    """
    now, done = timezone.now(), []
    for revision in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                _check_not_expired(revision)
                revision.publish(log_action="wagtail.publish.scheduled")
                done.append(int(revision.object_id))
        except NotReviewed:
            logger.warning("revision %s was not published: not reviewed", revision.pk)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    return done


def _check_not_expired(revision: Revision) -> None:
    item = revision.as_object()
    if isinstance(item, Item) and item.is_review_expired(timezone.localdate()):
        raise NotReviewed
