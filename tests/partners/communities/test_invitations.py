"""Invitations go to whoever wants them."""

import pytest

from catalog.partner.enums import TeamRole
from marketplace.notifications.models import Message
from partners.communities import services
from partners.communities.models import Invitation
from partners.communities.services import CampaignWords
from tests.factories import make_partner, make_staff
from tests.factories.communities import make_community, make_member

pytestmark = pytest.mark.django_db


def invite(*, need="exams", district=""):
    words = CampaignWords("一起办考前活动", "我们出讲者。", need, district)
    campaign = services.send_campaign(words=words, sent_by=make_staff())
    return {each.partner for each in campaign.invitations.all()}


def test_only_communities_of_the_district_are_invited():
    here, there = make_community(), make_community(district="南门区")
    make_partner(district="湖滨区")
    assert invite(district="湖滨区") == {here}
    assert invite() == {here, there}


def test_who_wants_none_hears_nothing_at_all():
    community = make_community()
    manager = make_member(community)
    services.choose_invitations(partner=community, wants_none=True)
    assert invite() == set()
    assert not Message.objects.filter(recipient_id=manager.pk).exists()
    services.choose_invitations(partner=community, wants_none=False)
    assert invite() == {community}


def test_one_need_can_be_left_out():
    community = make_community()
    services.choose_invitations(partner=community, wants_none=False, unwanted_needs=["exams"])
    assert invite(need="exams") == set()
    assert invite(need="sleep") == {community}


def test_managers_are_told_and_workers_are_not():
    community = make_community()
    manager, worker = make_member(community), make_member(community, TeamRole.WORKER)
    invite()
    told = set(Message.objects.values_list("recipient_id", flat=True))
    assert manager.pk in told
    assert worker.pk not in told
    services.note_seen(partner=community)
    assert Invitation.objects.get().seen_at is not None
