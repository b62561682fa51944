"""Each page of the portal opens to those whose work it is, and to nobody else of the same house."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.partner.enums import TeamRole
from catalog.partner.team import services
from catalog.partner.team.rules import CHOSEN
from tests.factories import (
    make_booking,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    signed_in,
)

pytestmark = pytest.mark.django_db

CARE = ["day", "week", "requests", "groups", "waiting", "plans", "conflicts", "hours", "calendars", "rooms"]
ORDERS = ["shipments", "returns"]
MONEY = ["money", "funds", "giving_back"]
OFFER = ["services", "capacity"]

OPEN = {
    TeamRole.MANAGER: {*CARE, *ORDERS, *MONEY, *OFFER, "home"},
    TeamRole.DESK: {*CARE, *ORDERS, "home"},
    TeamRole.FINANCE: {*MONEY, "home"},
    TeamRole.CARER: {*CARE, "home"},
    TeamRole.WORKER: set(),
}


@pytest.mark.parametrize("role", list(TeamRole))
def test_a_role_opens_its_pages_and_no_other(role):
    clinic = make_partner()
    make_partner_staff(clinic)
    browser = signed_in(make_partner_staff(clinic, team_role=role))

    opened = {
        page
        for page in [*CARE, *ORDERS, *MONEY, *OFFER, "home"]
        if browser.get(reverse(f"clinics:{page}")).status_code == 200
    }

    assert opened == OPEN[role]


@pytest.mark.parametrize("role", list(TeamRole))
def test_the_rail_leads_only_where_one_may_go(role):
    clinic = make_partner()
    browser = signed_in(make_partner_staff(clinic, team_role=role))

    page = browser.get(reverse("clinics:home")).content.decode()

    shut = {*CARE, *ORDERS, *MONEY, *OFFER} - OPEN[role]
    assert not [name for name in shut if f'href="{reverse(f"clinics:{name}")}"' in page]


def test_a_carer_of_the_team_sees_nobody_elses_sessions():
    clinic = make_partner()
    carer = make_partner_staff(clinic, team_role=TeamRole.CARER)
    make_provider(partner=clinic, user=carer)
    booking = make_booking(service=make_service(make_provider(partner=clinic)), child=make_parent().children.get())
    on = timezone.localtime(booking.occupancy.starts_at).date()

    page = signed_in(carer).get(reverse("clinics:day"), {"on": on.isoformat()})

    assert booking.child.nickname not in page.content.decode()


def test_the_bookkeeper_finds_no_child_at_any_address():
    clinic = make_partner()
    booking = make_booking(service=make_service(make_provider(partner=clinic)), child=make_parent().children.get())
    browser = signed_in(make_partner_staff(clinic, team_role=TeamRole.FINANCE))

    for name in ("attendance", "cancel", "ask", "answer_request"):
        address = reverse(f"clinics:{name}", args=[booking.public_id])
        assert browser.post(address, {"attended": "yes"}).status_code == 404
    assert booking.child.nickname not in browser.get(reverse("clinics:home")).content.decode()


class TestSeveralOrganisations:
    def test_one_works_in_the_organisation_one_chose(self):
        first, second = make_partner(), make_partner()
        person = make_partner_staff(first)
        second.users.add(person, through_defaults={"role": TeamRole.FINANCE})
        browser = signed_in(person)
        assert first.name in browser.get(reverse("clinics:home")).content.decode()

        browser.post(reverse("teams:choose"), {"organisation": str(second.public_id)})

        assert second.name in browser.get(reverse("clinics:home")).content.decode()
        assert browser.get(reverse("clinics:day")).status_code == 404

    def test_a_strangers_organisation_cannot_be_chosen(self):
        own, other = make_partner(), make_partner()
        browser = signed_in(make_partner_staff(own))

        assert browser.post(reverse("teams:choose"), {"organisation": str(other.public_id)}).status_code == 404

    def test_what_the_session_says_opens_nothing_by_itself(self):
        own, other = make_partner(), make_partner()
        browser = signed_in(make_partner_staff(own))
        session = browser.session
        session[CHOSEN] = str(other.public_id)
        session.save()

        page = browser.get(reverse("clinics:home")).content.decode()

        assert own.name in page and other.name not in page


def test_whoever_works_nowhere_now_is_led_to_what_is_theirs():
    clinic = make_partner()
    manager, fired = make_partner_staff(clinic), make_partner_staff(clinic)
    services.remove(partner=clinic, user=fired, removed_by=manager)

    answer = signed_in(fired).get(reverse("clinics:home"))

    assert answer.status_code == 302 and answer["Location"] == reverse("me")
    assert signed_in(make_parent()).get(reverse("clinics:home")).status_code == 404
