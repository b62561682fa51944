"""What is tried out in some regions and nowhere else, for how long, and who judges it."""

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Pilot(models.Model):
    """A trial by region. It ends by itself; whoever evaluates it is not us."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("试点什么"), max_length=80)
    purpose = models.CharField(_("想知道什么"), max_length=300)
    districts = ArrayField(models.CharField(max_length=30), verbose_name=_("在哪些地方"))
    evaluated_by = models.CharField(_("谁来评估"), max_length=80)
    begins_on: date = models.DateField(_("从"))
    ends_on: date = models.DateField(_("到"))
    stopped_at: datetime | None = models.DateTimeField(_("提前停止"), null=True, blank=True)
    opened_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("试点")
        ordering = ["-begins_on", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="pilot_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(districts__len__gte=1), name="pilot_is_somewhere"),
            models.CheckConstraint(condition=~Q(evaluated_by=""), name="pilot_is_evaluated"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running(self, on: date) -> bool:
        """Whether it is on, on that day."""
        return self.stopped_at is None and self.begins_on <= on <= self.ends_on
