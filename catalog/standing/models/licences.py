"""What organisations are allowed to do, as somebody of ours saw it on paper."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel

from ..enums import LicenceKind


class Licence(PublicIdModel):
    """One licence of an organisation, checked by a member of our staff. A renewed one is a new row.

    `warned_days` is the nearest warning sent before its end (60, 30 or 7), so that each is sent once.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="licences", verbose_name=_("机构"))
    kind = models.CharField(_("证照"), max_length=10, choices=LicenceKind)
    number = models.CharField(_("编号"), max_length=60)
    issued_by = models.CharField(_("发证机关"), max_length=80)
    valid_from_on = models.DateField(_("从哪天起有效"))
    valid_until_on = models.DateField(_("有效到（当天还有效；不填是长期）"), null=True, blank=True)
    checked_at: datetime = models.DateTimeField(_("核验时间"), default=timezone.now)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("什么时候不再算数"), null=True, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["partner", "kind", "-valid_from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "kind", "number", "valid_from_on"], name="licence_noted_once"),
            models.CheckConstraint(condition=Q(kind__in=LicenceKind.values), name="licence_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=F("valid_from_on")),
                name="licence_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="licence_has_a_number"),
        ]
        indexes = [
            models.Index(fields=["valid_until_on"], name="licence_ending", condition=Q(withdrawn_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def is_valid_on(self, day: date) -> bool:
        """Whether it counts on that day, its last one included."""
        if self.withdrawn_at is not None or self.valid_from_on > day:
            return False
        return self.valid_until_on is None or self.valid_until_on >= day
