"""The people and the papers of an application."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel
from marketplace.core.uploads.models import StoredFile

from ..enums import OF_PEOPLE, PaperKind
from .applications import Application


class Person(PublicIdModel):
    """Somebody who gives care, as the organisation says; the papers show it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="people")
    name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("头衔"), max_length=60, help_text=_("例如：心理咨询师、社会工作师、医师"))
    degree = models.CharField(_("学历和专业"), max_length=80)
    training_hours = models.PositiveIntegerField(_("受训小时数"), default=0)
    practice_hours = models.PositiveIntegerField(_("和来访者工作的小时数"), default=0)
    registered_with = models.CharField(_("在哪里注册"), max_length=60, blank=True)
    registration_number = models.CharField(_("注册编号"), max_length=40, blank=True)
    supervision = models.CharField(
        _("督导"), max_length=160, help_text=_("由谁督导、多久一次；医师填上级医师或科室会诊")
    )
    years_of_practice = models.PositiveSmallIntegerField(_("从业年数"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("人员")
        constraints = [
            models.CheckConstraint(
                condition=Q(training_hours__lte=50_000, practice_hours__lte=100_000, years_of_practice__lte=70),
                name="applicant_person_sane",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Paper(PublicIdModel):
    """A paper with its file. A newer one of the same kind (and person) replaces it; what was replaced is kept."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    kind = models.CharField(_("是什么材料"), max_length=10, choices=PaperKind)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="papers")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    number = models.CharField(_("证照编号"), max_length=60, blank=True)
    issued_by = models.CharField(_("发证机关"), max_length=80, blank=True)
    valid_from_on = models.DateField(_("从哪天起有效"), null=True, blank=True)
    valid_until_on = models.DateField(_("有效到（长期的不填）"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("材料")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OF_PEOPLE, person__isnull=False) | ~Q(kind__in=OF_PEOPLE) & Q(person=None),
                name="paper_of_a_person_names_one",
            ),
            models.CheckConstraint(
                condition=Q(valid_until_on=None) | Q(valid_until_on__gte=F("valid_from_on")),
                name="paper_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=Q(replaced_at=None, person=None) & ~Q(kind="other"),
                name="one_current_paper_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
