"""A parcel that somebody of the neighbourhood brings to the door and explains."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.fulfilment.models import Shipment
from catalog.partner.models import Partner
from catalog.scheduling.enums import Language
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import DayPart, Explained, TaskState


class DeliveryOffer(models.Model):
    """That a community brings parcels to the door, and in which languages it explains them."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="delivery_offer")
    is_open = models.BooleanField(_("接受送货上门"), default=True)
    languages = ArrayField(models.CharField(max_length=10, choices=Language), default=list, verbose_name=_("会说的话"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(languages__len__gte=1), name="delivery_offer_speaks_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}"


class DeliveryTask(PublicIdModel):
    """One visit with one parcel. `code` is the family's: whoever types it in stood at their door."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="deliveries")
    community = models.ForeignKey(Partner, models.PROTECT, related_name="deliveries")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries_asked")
    language = models.CharField(_("说什么话"), max_length=10, choices=Language)
    visit_on = models.DateField(_("哪一天"))
    day_part = models.CharField(_("什么时候"), max_length=10, choices=DayPart)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="deliveries_brought"
    )
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.ASKED)
    code = EncryptedTextField(subject="public_id", max_length=6, blank=True, default="")
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    explained = ArrayField(models.CharField(max_length=10, choices=Explained), default=list, blank=True)
    missed = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    planned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["visit_on", "pk"]
        verbose_name = _("送货上门")
        verbose_name_plural = _("送货上门")
        constraints = [
            models.UniqueConstraint(
                fields=["shipment"], condition=Q(state__in=["asked", "planned"]), name="one_open_delivery"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "planned"], ended_at=None)
                | Q(state__in=["done", "cancelled"], ended_at__isnull=False),
                name="delivery_ended_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(planned_at__isnull=False), name="delivery_planned_when_planned"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(explained__len=len(Explained)), name="delivery_explained_before_done"
            ),
        ]
        indexes = [models.Index(fields=["community", "visit_on"], name="deliveries_open", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.visit_on} · {self.get_state_display()}"
