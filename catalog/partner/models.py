"""Fork of Oscar's partner app: what kind of organisation sells, and stock that cannot be oversold."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.core.models import PublicIdModel

from .enums import OrganisationType, TeamRole
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
    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="partners", blank=True, verbose_name=_("团队")
    )

    class Meta(AbstractPartner.Meta):
        abstract = False


class Membership(PublicIdModel):
    """That somebody works in an organisation's team. Whoever leaves has none: everything they may do hangs on the row."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("在团队中做什么"), max_length=8, choices=TeamRole, default=TeamRole.MANAGER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "user"], name="one_membership_each"),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class TeamInvitation(PublicIdModel):
    """An open door into one team: a link kept as a digest, good once, for a time, and for one address alone.

    The address itself is not kept: a digest to compare it with, and enough of it to know it again.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="team_invitations")
    role = models.CharField(_("在团队中做什么"), max_length=8, choices=TeamRole)
    token_digest = models.CharField(max_length=64, unique=True)
    address_digest = models.CharField(max_length=64)
    address_hint = models.CharField(max_length=60)
    by_phone = models.BooleanField(default=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="team_invitation_ends_one_way"
            ),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="team_invitation_role_known"),
            models.UniqueConstraint(
                fields=["partner", "address_digest"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="team_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address_hint} · {self.get_role_display()}"


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
