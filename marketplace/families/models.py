from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from .ages import age_on
from .enums import Relation, SchoolYear


class Child(PublicIdModel):
    """A child or teenager cared for on the platform (FHIR Patient); grade L3."""

    nickname = models.CharField(_("称呼"), max_length=30)
    born_on = models.DateField(_("出生日期"))
    school_year = models.SmallIntegerField(_("年级"), choices=SchoolYear, null=True, blank=True)
    guardians = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Guardianship", related_name="children", verbose_name=_("监护人")
    )
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("孩子")

    def __str__(self) -> str:
        return self.nickname

    @property
    def age(self) -> int:
        """Full years today."""
        return age_on(self.born_on, timezone.localdate())


class Guardianship(models.Model):
    """That an adult cares for a child (FHIR RelatedPerson)."""

    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardianships")
    child = models.ForeignKey(Child, models.CASCADE, related_name="guardianships")
    relation = models.CharField(_("关系"), max_length=12, choices=Relation, default=Relation.OTHER)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guardian", "child"], name="guardianship_once")]

    def __str__(self) -> str:
        return f"{self.guardian} – {self.child}"
