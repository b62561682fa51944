"""What those who watch over the trade stopped, why, and what was said against it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.core.models import PublicIdModel

from ..enums import AppealState, EntrySource, WithholdingKind

LONGEST_WORDS = 1000


class Withholding(PublicIdModel):
    """One decision that something, somebody or a whole organisation is not to be booked or bought.

    It counts from `began_at` until `lifted_at`. `body` is the association that decided, with reasons everybody may read;
    the one it is about may appeal once, and somebody else of the association answers.
    """

    kind = models.CharField(max_length=10, choices=WithholdingKind)
    body = models.ForeignKey(Partner, models.PROTECT, related_name="withholdings_decided", verbose_name=_("由谁决定"))
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="withholdings")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="withholdings")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="withholdings")
    reasons = models.TextField(_("理由"), max_length=LONGEST_WORDS)
    began_at: datetime = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_because = models.TextField(_("为什么撤销"), max_length=LONGEST_WORDS, blank=True)
    appeal_state = models.CharField(max_length=8, choices=AppealState, default=AppealState.NONE)
    appeal = models.TextField(_("申诉"), max_length=LONGEST_WORDS, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    appeal_answer = models.TextField(_("答复"), max_length=LONGEST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, provider__isnull=True, partner__isnull=True)
                | Q(product__isnull=True, provider__isnull=False, partner__isnull=True)
                | Q(product__isnull=True, provider__isnull=True, partner__isnull=False),
                name="withholding_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="withholding_has_reasons"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("began_at")), name="withholding_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(appeal_state=AppealState.NONE) | (~Q(appeal="") & Q(appealed_at__isnull=False)),
                name="appeal_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(appeal_state__in=(AppealState.UPHELD, AppealState.GRANTED))
                | (~Q(appeal_answer="") & Q(answered_at__isnull=False)),
                name="appeal_answered_in_words",
            ),
            *(
                models.UniqueConstraint(
                    fields=["body", "kind", about],
                    condition=Q(lifted_at__isnull=True),
                    name=f"{about}_withheld_once_by_a_body",
                )
                for about in ("product", "provider", "partner")
            ),
        ]
        indexes = [models.Index(fields=["body", "-began_at"], name="withholding_of_body")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.target}"

    @property
    def target(self) -> Product | Provider | Partner:
        """What it is about."""
        found = self.product or self.provider or self.partner
        assert found is not None
        return found

    @property
    def is_live(self) -> bool:
        return self.lifted_at is None


class BlacklistEntry(PublicIdModel):
    """A name on an association's list, whether or not it is known here.

    `withholding` is what it stopped. A name that is not known yet waits: it is looked for again whenever the list is applied.
    """

    body = models.ForeignKey(Partner, models.PROTECT, related_name="blacklist", verbose_name=_("行业协会"))
    name = models.CharField(_("名称或姓名"), max_length=80)
    number = models.CharField(_("信用代码或登记编号"), max_length=60, blank=True)
    reasons = models.TextField(_("理由"), max_length=LONGEST_WORDS)
    listed_on = models.DateField(_("哪天列入"))
    source = models.CharField(max_length=4, choices=EntrySource)
    noted_at: datetime = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    withholding = models.OneToOneField(
        Withholding, models.SET_NULL, null=True, blank=True, related_name="blacklist_entry"
    )

    class Meta:
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "number"], condition=Q(ended_at__isnull=True), name="blacklisted_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(reasons=""), name="blacklist_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.name
