"""What readers keep: saved items, lessons of courses, certificates. What anybody merely read is kept nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from ..enums import Kind, LessonState
from .items import Item


class ItemSave(PublicIdModel):
    """Somebody keeps an item to find it again; what it is says what they need, so the row is nobody else's to read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="saves")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="item_saved_once")]

    def __str__(self) -> str:
        return f"{self.item_id} @ {self.saved_at:%F}"


class LessonProgress(PublicIdModel):
    """How far somebody is with one lesson of a course; which answers were given is kept nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lessons")
    item = models.ForeignKey(Item, models.CASCADE, related_name="lesson_progress")
    lesson = models.PositiveSmallIntegerField(help_text=_("第几课，从 1 开始"))
    state = models.CharField(max_length=8, choices=LessonState)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item", "lesson"]
        constraints = [
            models.UniqueConstraint(fields=["user", "item", "lesson"], name="lesson_progress_once"),
            models.CheckConstraint(condition=Q(lesson__gte=1), name="lessons_count_from_one"),
        ]
        indexes = [models.Index(fields=["user", "-changed_at"], name="lesson_progress_latest")]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.lesson}: {self.state}"


class CourseCertificate(PublicIdModel):
    """That somebody finished a course for teachers; says what the course was even when the course has changed since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="course_certificates")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="certificates")
    number = models.CharField(_("编号"), max_length=16, unique=True)
    holder_name = models.CharField(_("姓名"), max_length=40)
    course_title = models.CharField(max_length=255)
    course_version = models.PositiveSmallIntegerField()
    lessons = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="certificate_once_a_course")]

    def __str__(self) -> str:
        return self.number


class HelpReach(models.Model):
    """How often a day the way to help was taken from items of one kind: numbers, never people."""

    day = models.DateField()
    kind = models.CharField(max_length=12, choices=[*Kind.choices, ("home", _("知识库首页"))])
    shown = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "kind"]
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="help_reach_once_a_day_and_kind")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.reached}/{self.shown}"
