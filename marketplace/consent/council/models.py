"""Questions to young people, their secret votes, and what they propose themselves. No workflow here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import ProposalStatus, QuestionStatus


class Question(PublicIdModel):
    """One question in plain words, and later what came of it.

    A draft can be edited; once published the words, the options and both moments stay as they are (a database trigger
    keeps them). `votes_counted` is None until the count, and stays None below the floor: then only `is_counted` says
    that it happened, and nobody learns how many they were.
    """

    title = models.CharField(_("问题"), max_length=80)
    why = models.TextField(_("为什么问"), max_length=600)
    opens_at = models.DateTimeField(_("从什么时候开始投"))
    closes_at = models.DateTimeField(_("投到什么时候"))
    status = models.CharField(max_length=10, choices=QuestionStatus, default=QuestionStatus.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    votes_counted = models.PositiveIntegerField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("你们说了，我们做了"), max_length=3000, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="council_closes_after_opening"),
            models.CheckConstraint(
                condition=~Q(status=QuestionStatus.CLOSED) | Q(answer_by__isnull=False),
                name="council_closed_is_promised",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(status=QuestionStatus.CLOSED, answered_at__isnull=False) & ~Q(answer=""),
                name="council_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(votes_counted=None) | Q(status=QuestionStatus.CLOSED), name="council_counted_when_closed"
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="council_published", condition=Q(status=QuestionStatus.PUBLISHED)),
            models.Index(
                fields=["answer_by"],
                name="council_unanswered",
                condition=Q(status=QuestionStatus.CLOSED, answered_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_counted(self) -> bool:
        """Whether the vote is over and the single votes are gone."""
        return self.status == QuestionStatus.CLOSED

    @property
    def has_results(self) -> bool:
        """Whether enough voted for the counts to be shown."""
        return self.votes_counted is not None


class Option(models.Model):
    """One answer that can be chosen. `votes` is None until the count, and stays None below the floor."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=60)
    votes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="council_option_has_its_place")]

    def __str__(self) -> str:
        return self.text


class Vote(PublicIdModel):
    """One young person's choice while a question is open.

    How secret it is: the row names no user, no child and no time. `tag` is `pseudonym(child, this question)`, so it is
    another one for each question, and two questions cannot be brought together. The random key keeps the order of the
    votes out of the row. No page shows a choice or a count to anybody but the voter before closing, staff included.

    How secret it is not: whoever holds PSEUDONYM_KEY *and* reads this table can work out a known child's tag and see
    the choice while the question is open; that is how a voter's own page finds it too. The web server's log knows that
    a page was opened, never what was chosen (that travels in the body). A copy of the database taken meanwhile keeps
    what it has. So rows live only until closing: in one transaction the votes are counted into the options and
    deleted, and below the floor even the counts are thrown away.
    """

    public_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="ballots")
    tag = models.CharField(max_length=26)
    option = models.ForeignKey(Option, models.CASCADE, related_name="ballots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "tag"], name="council_one_vote_each")]

    def __str__(self) -> str:
        return str(self.question_id)


class Proposal(PublicIdModel):
    """A question a young person would like to see asked. Words and answer are sealed under the child's key."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="council_proposals")
    text = EncryptedTextField(_("你想问大家什么"), subject="child.public_id")
    is_urgent = models.BooleanField(default=False, help_text=_("内容里提到有人可能有危险"))
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.WAITING)
    proposed_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    answer = EncryptedTextField(subject="child.public_id", blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.WAITING, answered_at=None)
                | ~Q(status=ProposalStatus.WAITING) & Q(answered_at__isnull=False),
                name="council_review_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], name="council_waiting", condition=Q(status=ProposalStatus.WAITING)),
            models.Index(fields=["answered_at"], name="council_reviewed"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.status}"
