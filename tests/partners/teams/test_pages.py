"""The pages of a team: inviting, joining, another role, going."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, TeamInvitation
from catalog.partner.team import services
from catalog.partner.team.selectors import role_at
from marketplace.accounts.enums import Role
from tests.factories import make_parent, make_partner, make_partner_staff, make_provider, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def manager(clinic):
    return make_partner_staff(clinic)


def link_in(page) -> str:
    return re.search(r'value="http://testserver(/team/join/[^"]+)"', page.content.decode())[1]


def test_a_manager_invites_and_the_colleague_joins(clinic, manager):
    colleague = make_user(role=Role.PARTNER_STAFF)
    page = signed_in(manager).post(reverse("teams:invite"), {"address": colleague.phone, "role": "desk"})
    link = link_in(page)

    assert clinic.name in Client().get(link).content.decode()
    answer = signed_in(colleague).post(link)

    assert answer.status_code == 302
    assert role_at(colleague, clinic) == TeamRole.DESK


def test_looking_at_a_link_uses_nothing_up(clinic, manager):
    colleague = make_user(role=Role.PARTNER_STAFF)
    link = link_in(signed_in(manager).post(reverse("teams:invite"), {"address": colleague.phone, "role": "desk"}))

    preview = Client().get(link)

    assert preview["Referrer-Policy"] == "same-origin" and "noindex" in preview["X-Robots-Tag"]
    assert Client().post(link).status_code == 200
    assert TeamInvitation.objects.get().accepted_at is None


def test_a_parent_is_told_to_use_an_account_for_work(clinic, manager):
    parent = make_parent()
    link = link_in(signed_in(manager).post(reverse("teams:invite"), {"address": parent.phone, "role": "desk"}))

    answer = signed_in(parent).post(link)

    assert answer.status_code == 409 and "工作账号" in answer.content.decode()


def test_a_made_up_link_opens_nothing():
    assert Client().get(reverse("teams:join", args=["x" * 32])).status_code == 404


def test_what_is_no_address_is_said_kindly(manager):
    answer = signed_in(manager).post(reverse("teams:invite"), {"address": "abc", "role": "desk"})

    assert answer.status_code == 400 and "请填一个能收到短信的手机号" in answer.content.decode()


def test_a_clinic_names_no_community_workers(clinic, manager):
    answer = signed_in(manager).post(reverse("teams:invite"), {"address": "13800000000", "role": "worker"})

    assert answer.status_code == 400
    assert not TeamInvitation.objects.exists()


def test_a_manager_gives_a_colleague_a_calendar(clinic, manager):
    carer = make_partner_staff(clinic, team_role=TeamRole.CARER)
    provider = make_provider(partner=clinic)
    place = Membership.objects.get(user=carer)

    data = {"role": "carer", "provider": provider.public_id}
    signed_in(manager).post(reverse("teams:member", args=[place.public_id]), data)

    provider.refresh_from_db()
    assert provider.user == carer


def test_a_removed_colleague_is_out_at_once(clinic, manager):
    colleague = make_partner_staff(clinic, team_role=TeamRole.DESK)
    browser = signed_in(colleague)
    assert browser.get(reverse("clinics:day")).status_code == 200
    place = Membership.objects.get(user=colleague)

    signed_in(manager).post(reverse("teams:remove", args=[place.public_id]))

    assert browser.get(reverse("clinics:day")).status_code == 404
    assert role_at(colleague, clinic) is None


@pytest.mark.parametrize("name", ["member", "remove"])
def test_a_manager_elsewhere_finds_no_colleague_here(clinic, manager, name):
    place = Membership.objects.get(user=manager)
    stranger = signed_in(make_partner_staff(make_partner()))

    address = reverse(f"teams:{name}", args=[place.public_id])

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"role": "desk"}).status_code == 404
    assert role_at(manager, clinic) == TeamRole.MANAGER


@pytest.mark.parametrize("role", [role for role in TeamRole if role != TeamRole.MANAGER])
def test_colleagues_see_one_another_and_change_nobody(clinic, manager, role):
    colleague = make_partner_staff(clinic, team_role=role)
    browser = signed_in(colleague)
    place = Membership.objects.get(user=manager)

    page = browser.get(reverse("teams:team"))

    assert manager.nickname in page.content.decode()
    assert browser.post(reverse("teams:invite"), {"address": "13800000000", "role": "manager"}).status_code == 404
    assert browser.post(reverse("teams:remove", args=[place.public_id])).status_code == 404


def test_the_last_manager_is_asked_to_name_another_first(clinic, manager):
    answer = signed_in(manager).post(reverse("teams:leave"), follow=True)

    assert "至少要有一位负责人" in answer.content.decode()
    assert role_at(manager, clinic) == TeamRole.MANAGER


def test_whoever_leaves_finds_nothing_afterwards(clinic, manager):
    colleague = make_partner_staff(clinic, team_role=TeamRole.DESK)
    browser = signed_in(colleague)

    browser.post(reverse("teams:leave"))

    assert browser.get(reverse("clinics:day")).status_code == 404
    assert browser.get(reverse("teams:team")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_larger_team_costs_no_more_queries(clinic, manager, many, django_assert_max_num_queries):
    for number in range(many * 3):
        make_partner_staff(clinic, team_role=TeamRole.DESK)
        services.invite(
            partner=clinic, address=f"colleague{number}@example.com", role=TeamRole.DESK, invited_by=manager
        )
    browser = signed_in(manager)
    browser.get(reverse("teams:team"))

    with django_assert_max_num_queries(14):
        browser.get(reverse("teams:team"))
