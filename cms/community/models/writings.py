"""Posts and replies. Nothing here leads from one to another of the same person, or to an account."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..draws import random_order
from ..enums import WaitingFor, WritingState
from .topics import Topic


class Writing(PublicIdModel):
    """What a post and a reply share.

    `written_at` is exact only as long as somebody of ours owes an answer to its writer; what is shown carries the
    beginning of its part of the day and nothing finer (`slot`), so that no clock, log or page tells two people apart.
    """

    state = models.CharField(max_length=10, choices=WritingState, default=WritingState.DRAFT)
    waiting_for = models.CharField(max_length=10, choices=WaitingFor, blank=True)
    is_covered = models.BooleanField(default=False, help_text="shown behind a sentence that says what to expect")
    written_at = models.DateTimeField(default=timezone.now)
    slot = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_from = models.CharField(max_length=10, choices=WritingState, blank=True)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return self.state == WritingState.SHOWN


class Post(Writing):
    """What somebody says first; with its replies it is a thread. Its words have a key of their own.

    `shuffle` is drawn when it is written: posts of one part of a day stand in the order of the draw, not of time.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts")
    text = EncryptedTextField(subject="public_id", max_length=2000)
    shuffle = models.BigIntegerField(default=random_order)
    replies_shown = models.PositiveIntegerField(default=0)
    hugs_given = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="shown") | Q(slot__isnull=False), name="shown_post_has_slot")
        ]
        indexes = [
            models.Index(fields=["topic", "-slot", "shuffle"], name="community_feed", condition=Q(state="shown")),
            models.Index(fields=["written_at"], name="community_posts_waiting", condition=Q(state="waiting")),
            models.Index(fields=["withdrawn_at"], name="community_posts_withdrawn", condition=Q(state="withdrawn")),
            models.Index(fields=["written_at"], name="community_posts_drafts", condition=Q(state="draft")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Reply(Writing):
    """An answer in a thread, under its writer's name there; `position` is its place once it is shown:
    behind what it quotes, and otherwise in the order of a draw inside its part of the day.

    A quotation is an anchor into the same thread and carries nothing of whoever is quoted.
    """

    thread = models.ForeignKey(Post, models.CASCADE, related_name="replies")
    alias = models.ForeignKey("community.Alias", models.CASCADE, related_name="replies")
    text = EncryptedTextField(subject="alias.public_id", max_length=1000)
    position = models.PositiveIntegerField(null=True, blank=True)
    quotes_post = models.BooleanField(default=False)
    quotes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    hugs_given = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "position"], name="community_reply_position"),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(slot__isnull=False, position__isnull=False),
                name="shown_reply_has_place",
            ),
            models.CheckConstraint(condition=Q(quotes_post=False) | Q(quotes=None), name="reply_quotes_one"),
        ]
        indexes = [
            models.Index(fields=["written_at"], name="community_replies_waiting", condition=Q(state="waiting")),
            models.Index(fields=["withdrawn_at"], name="community_replies_withdrawn", condition=Q(state="withdrawn")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
