"""That a professional has read an item, and the step of the editors' workflow in which it happens."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from ..signals import wording_approved
from .items import Item


class ItemReview(models.Model):
    """One professional approved one wording. Written once; `content_hash` says which wording (SHA-256)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("content.Reviewer", models.PROTECT, related_name="reviews")
    content_hash = models.CharField(max_length=64)
    reviewed_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("下次审核"))
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-reviewed_at", "-pk"]
        verbose_name = _("专业审核")
        indexes = [models.Index(fields=["item", "content_hash"], name="reviews_of_wording")]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.reviewed_at:%F}"


def _nobody(user: Any, obj: Any) -> bool:
    return False


class ProfessionalReview(Task):
    """The step "professional review". Who may take it: `content.rules.may_review`, handed in when the app is ready."""

    may_review: ClassVar[Callable[[Any, Any], bool]] = staticmethod(_nobody)

    class Meta:
        verbose_name = _("专业审核步骤")

    @classmethod
    def get_description(cls) -> str:
        """Say in the editor what the step is."""
        return str(_("由资格有效、且不是作者本人的专业审核人通过"))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A reviewer opens what waits for review."""
        return type(self).may_review(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What waits is open to who may review it, and to nobody else: Wagtail shows its buttons on open pages only.

        A reviewer who changes it has become one of its authors, and cannot approve it any more.
        """
        return not type(self).may_review(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Approve or send back; nobody else has anything to press."""
        if not type(self).may_review(user, obj):
            return []
        return [("reject", str(_("退回修改")), True), ("approve", str(_("审核通过，发布")), False)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Have the review written down before the approval publishes the wording; refused for who may not review.

        Pressing the button saves the page first: what is approved is the newest draft, whose authors are asked after.
        """
        with transaction.atomic():
            if action_name == "approve":
                task_state.revision = task_state.workflow_state.content_object.get_latest_revision()
                task_state.save(update_fields=["revision"])
                wording_approved.send(ProfessionalReview, revision=task_state.revision, approved_by=user)
            super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for this person, on the editor's home."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self)
        mine = [
            each.pk
            for each in waiting.select_related("revision")
            if type(self).may_review(user, each.revision.as_object())
        ]
        return waiting.filter(pk__in=mine)
