"""What the platform invites communities to, by need and district, and who does not wish to be asked."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel
from marketplace.core.needs import Need


class Campaign(PublicIdModel):
    """One invitation to many communities: those of some districts, or of all."""

    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("邀请的话"), max_length=1000)
    need = models.CharField(_("围绕什么"), max_length=20, choices=Need)
    district = models.CharField(_("区县"), max_length=30, blank=True, help_text=_("不填，邀请所有区县。"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Invitation(PublicIdModel):
    """That one community was invited."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invitations")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="campaign_invitations")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-campaign__sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "partner"], name="community_invited_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.partner_id}"


class InvitationChoice(models.Model):
    """What a community does not wish to be invited to; without a row it is invited to everything."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="invitation_choice")
    wants_none = models.BooleanField(_("不要再邀请我们"), default=False)
    unwanted_needs = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.partner_id} · {self.wants_none}"
