"""Where every way to publish passes: whatever saves an item as live, and whatever saves a draft of one."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Revision

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from ..models import Item, ItemReview, Reviewer
from ..signals import wording_approved
from . import rules, services
from .errors import NotReviewed
from .groups import put_into_group
from .wording import FIELDS, hash_of, hash_of_content

#: Saving only these (Wagtail's notes about drafts) publishes nothing.
_GUARDED = {*FIELDS, "live", "reviewer", "reviewed_on", "review_due_on"}
_REVIEW_FIELDS = ("reviewer", "reviewed_on", "review_due_on")


@receiver(pre_save, sender=Item)
def refuse_unreviewed(instance: Item, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Publishing at once, on a date, by workflow, import or code: all save the page. Raises NotReviewed."""
    if raw or not instance.live or (update_fields is not None and not _GUARDED & set(update_fields)):
        return
    rules.check_publishable(instance)


@receiver(pre_save, sender=Revision)
def take_review_off_changed_drafts(instance: Revision, update_fields: Any = None, **kwargs: Any) -> None:
    """A draft whose wording is not what was reviewed carries no reviewer, whatever it was made from."""
    item_model = instance.content_type.model_class() if instance.content_type_id else None
    if item_model is not Item or update_fields is not None or not instance.content.get("reviewed_on"):
        return
    wording = hash_of_content(instance.content)
    if ItemReview.objects.filter(item_id=instance.object_id, content_hash=wording).exists():
        return
    live = Item.objects.filter(pk=instance.object_id, live=True).first()
    if live is not None and hash_of(live) == wording:
        return
    instance.content = instance.content | dict.fromkeys(_REVIEW_FIELDS)


@receiver(pre_save, sender=Reviewer)
def refuse_invented_reviewers(instance: Reviewer, **kwargs: Any) -> None:
    """An invented professional exists in the demo only. Raises NotReviewed."""
    if instance.is_demo and not settings.DEMO:
        raise NotReviewed


@receiver(wording_approved)
def write_review_down(revision: Revision, approved_by: User, **kwargs: Any) -> None:
    """Before the workflow publishes it. Raises NotAReviewer."""
    services.approve_wording(revision=revision, approved_by=approved_by)


@receiver(post_save, sender=User)
def follow_duties(instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Whose duty the library is becomes a member of Wagtail's group, and stops being one with the duty."""
    if not raw and instance.role == Role.STAFF:
        put_into_group(instance, is_editor=rules.is_editor(instance))
