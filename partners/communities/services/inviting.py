"""Inviting communities by need and district; who does not wish to be asked is left out, before the first word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import Campaign, Invitation, InvitationChoice


@dataclass(frozen=True)
class CampaignWords:
    """What is written; `district` "" means all."""

    title: str
    text: str
    need: str
    district: str = ""


@transaction.atomic(durable=True)
def send_campaign(*, words: CampaignWords, sent_by: User) -> Campaign:
    """Invite the communities of a district, or all, that wish to hear of this need; each is told once."""
    campaign = Campaign.objects.create(
        title=words.title, text=words.text, need=words.need, district=words.district, sent_by=sent_by
    )
    partners = Partner.objects.filter(organisation_type=OrganisationType.COMMUNITY).exclude(_unwilling(words.need))
    if words.district:
        partners = partners.filter(district=words.district)
    invited = [Invitation(campaign=campaign, partner=partner) for partner in partners.order_by("pk")]
    Invitation.objects.bulk_create(invited)
    _tell(campaign, [each.partner_id for each in invited])
    return campaign


def _unwilling(need: str) -> Q:
    return Q(invitation_choice__wants_none=True) | Q(invitation_choice__unwanted_needs__contains=[need])


def _tell(campaign: Campaign, partner_ids: Collection[int]) -> None:
    rows = Membership.objects.filter(
        partner__in=partner_ids, role=TeamRole.MANAGER, user__is_active=True
    ).select_related("user")
    for row in rows:
        notify(
            key=f"invited-{campaign.pk}-{row.user_id}",
            recipient=row.user,
            subject=_("有一份活动邀请"),
            body=_("平台邀请你们一起办活动。不想再收到，可以在邀请页面关掉。"),
            url=reverse("communities:invitations"),
            channels=[Channel.IN_APP],
        )


@transaction.atomic(durable=True)
def choose_invitations(*, partner: Partner, wants_none: bool, unwanted_needs: Collection[str] = ()) -> InvitationChoice:
    """Keep what a community does not wish to be invited to; it counts from the next campaign on."""
    values = {"wants_none": wants_none, "unwanted_needs": sorted(unwanted_needs), "changed_at": timezone.now()}
    return InvitationChoice.objects.update_or_create(partner=partner, defaults=values)[0]


@transaction.atomic(durable=True)
def note_seen(*, partner: Partner, now: datetime | None = None) -> None:
    """Note that a community looked at what it was invited to."""
    Invitation.objects.filter(partner=partner, seen_at=None).update(seen_at=now or timezone.now())
