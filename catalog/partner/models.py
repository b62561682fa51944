"""Fork of Oscar's partner app: what kind of organisation sells, and stock that cannot be oversold."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.core.models import PublicIdModel

from .enums import OrganisationType
from .exceptions import SoldOut


class Partner(PublicIdModel, AbstractPartner):
    """An organisation that provides care or goods."""

    organisation_type = models.CharField(
        _("类型"), max_length=12, choices=OrganisationType, default=OrganisationType.CLINIC
    )
    name_en = models.CharField(max_length=128, blank=True)
    introduction = models.TextField(_("介绍"), blank=True)
    license_note = models.CharField(_("资质说明"), max_length=200, blank=True)
    district = models.CharField(_("区县"), max_length=30, blank=True)
    is_demo = models.BooleanField(default=False, help_text=_("示例数据，生产环境拒绝"))

    class Meta(AbstractPartner.Meta):
        abstract = False


class StockRecord(AbstractStockRecord):
    """Price and stock of a product at a partner."""

    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(num_in_stock__isnull=True)
                | Q(num_allocated__isnull=True)
                | Q(num_allocated__lte=F("num_in_stock")),
                name="stock_never_oversold",
            )
        ]

    def allocate(self, quantity: int) -> None:
        """Take `quantity` units: test and write are one UPDATE, because Oscar's own version oversells.

        Raises:
            SoldOut: fewer than `quantity` units are free.
        """
        if not self.can_track_allocations:
            return
        taken = (
            type(self)
            .objects.filter(pk=self.pk, num_in_stock__gte=Coalesce(F("num_allocated"), 0) + quantity)
            .update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity)
        )
        if not taken:
            raise SoldOut
        self.refresh_from_db(fields=["num_allocated"])


from oscar.apps.partner.models import *  # noqa: E402, F403
