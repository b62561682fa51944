"""Who belongs to an organisation's team, and what that opens."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, TeamInvitation
from catalog.partner.team import services
from catalog.partner.team.errors import (
    AddressNeeded,
    AlreadyInTeam,
    InvitationOver,
    LastManager,
    NoSuchInvitation,
    NotInTeam,
    NotManager,
    NotYourInvitation,
    WorkAccountNeeded,
)
from catalog.partner.team.rules import POWERS, Power
from catalog.partner.team.selectors import has_power, open_invitations, people_with, role_at
from catalog.scheduling.rules import may_act_for
from catalog.scheduling.services import link_provider
from marketplace.accounts.enums import Role
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from payments.payees import payees
from tests.factories import (
    make_booking,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def manager(clinic):
    return make_partner_staff(clinic)


def invited(clinic, manager, user, role=TeamRole.DESK):
    return services.invite(partner=clinic, address=user.phone, role=role, invited_by=manager)


def note_session(user, browser):
    """Note the session as signing in by the page does."""
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=browser.session.session_key)


class TestInviting:
    def test_whoever_was_invited_joins_in_the_role_named(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF)

        services.accept(secret=invited(clinic, manager, colleague).secret, user=colleague)

        assert role_at(colleague, clinic) == TeamRole.DESK
        assert not open_invitations(clinic).exists()

    def test_neither_the_link_nor_the_address_is_kept(self, clinic, manager):
        made = services.invite(partner=clinic, address="13812345678", role=TeamRole.FINANCE, invited_by=manager)

        kept = " ".join(str(value) for value in TeamInvitation.objects.values_list().get())
        assert made.secret not in kept and "12345678" not in kept
        assert made.invitation.address_hint == "138****5678"

    def test_a_link_that_was_passed_on_opens_to_nobody_else(self, clinic, manager):
        link = invited(clinic, manager, make_user(role=Role.PARTNER_STAFF))
        finder = make_user(role=Role.PARTNER_STAFF)

        with pytest.raises(NotYourInvitation):
            services.accept(secret=link.secret, user=finder)
        assert role_at(finder, clinic) is None

    def test_an_address_nobody_proved_counts_for_nothing(self, clinic, manager):
        liar = make_user(role=Role.PARTNER_STAFF, phone="+8613811112222", phone_verified_at=None)

        with pytest.raises(NotYourInvitation):
            services.accept(secret=invited(clinic, manager, liar).secret, user=liar)

    def test_an_e_mail_that_was_proven_opens_it(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF, email="lin@example.com")
        EmailAddress.objects.create(user=colleague, email="lin@example.com", verified=True, primary=True)
        made = services.invite(partner=clinic, address="Lin@Example.com", role=TeamRole.CARER, invited_by=manager)

        assert services.accept(secret=made.secret, user=colleague).role == TeamRole.CARER

    def test_a_link_is_good_once(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF)
        link = invited(clinic, manager, colleague)
        services.accept(secret=link.secret, user=colleague)
        services.remove(partner=clinic, user=colleague, removed_by=manager)

        with pytest.raises(InvitationOver):
            services.accept(secret=link.secret, user=colleague)

    def test_a_week_later_it_is_over(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF)
        link = invited(clinic, manager, colleague)

        with pytest.raises(InvitationOver):
            services.accept(secret=link.secret, user=colleague, now=timezone.now() + timedelta(days=8))

    def test_what_was_taken_back_opens_nothing(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF)
        link = invited(clinic, manager, colleague)
        services.withdraw(partner=clinic, public_id=link.invitation.public_id, withdrawn_by=manager)

        with pytest.raises(InvitationOver):
            services.accept(secret=link.secret, user=colleague)

    def test_a_newer_link_replaces_the_older(self, clinic, manager):
        colleague = make_user(role=Role.PARTNER_STAFF)
        older = invited(clinic, manager, colleague)
        newer = invited(clinic, manager, colleague, TeamRole.FINANCE)

        with pytest.raises(InvitationOver):
            services.accept(secret=older.secret, user=colleague)
        assert services.accept(secret=newer.secret, user=colleague).role == TeamRole.FINANCE

    def test_a_familys_account_stays_a_familys(self, clinic, manager):
        parent = make_parent()

        with pytest.raises(WorkAccountNeeded):
            services.accept(secret=invited(clinic, manager, parent).secret, user=parent)
        parent.refresh_from_db()
        assert parent.role == Role.FAMILY

    @pytest.mark.parametrize(
        ("role", "becomes"), [(TeamRole.CARER, Role.PRACTITIONER), (TeamRole.DESK, Role.PARTNER_STAFF)]
    )
    def test_an_account_opened_for_this_becomes_one_for_work(self, clinic, manager, role, becomes):
        newcomer = make_user(role=Role.FAMILY)

        services.accept(secret=invited(clinic, manager, newcomer, role).secret, user=newcomer)

        newcomer.refresh_from_db()
        assert newcomer.role == becomes

    def test_a_young_person_never_joins(self, clinic, manager):
        teen = make_user(role=Role.TEEN)

        with pytest.raises(WorkAccountNeeded):
            services.accept(secret=invited(clinic, manager, teen).secret, user=teen)

    def test_nobody_joins_twice(self, clinic, manager):
        colleague = make_partner_staff(clinic, team_role=TeamRole.DESK)

        with pytest.raises(AlreadyInTeam):
            services.accept(secret=invited(clinic, manager, colleague).secret, user=colleague)

    @pytest.mark.parametrize("address", ["", "12", "nobody@", "@example.com"])
    def test_what_is_no_address_is_asked_again(self, clinic, manager, address):
        with pytest.raises(AddressNeeded):
            services.invite(partner=clinic, address=address, role=TeamRole.DESK, invited_by=manager)

    @pytest.mark.parametrize("role", [role for role in TeamRole if role != TeamRole.MANAGER])
    def test_only_managers_invite(self, clinic, role):
        with pytest.raises(NotManager):
            services.invite(
                partner=clinic,
                address="13800000000",
                role=TeamRole.MANAGER,
                invited_by=make_partner_staff(clinic, team_role=role),
            )

    def test_a_manager_elsewhere_takes_nothing_back_here(self, clinic, manager):
        stranger = make_partner_staff(make_partner())
        link = invited(clinic, manager, make_user())

        with pytest.raises(NotManager):
            services.withdraw(partner=clinic, public_id=link.invitation.public_id, withdrawn_by=stranger)
        with pytest.raises(NoSuchInvitation):
            services.withdraw(
                partner=stranger.partners.get(), public_id=link.invitation.public_id, withdrawn_by=stranger
            )

    def test_invitations_of_whoever_left_are_over(self, clinic, manager):
        other = make_partner_staff(clinic)
        colleague = make_user(role=Role.PARTNER_STAFF)
        link = invited(clinic, other, colleague)
        services.remove(partner=clinic, user=other, removed_by=manager)

        with pytest.raises(InvitationOver):
            services.accept(secret=link.secret, user=colleague)


class TestLeaving:
    def test_whoever_is_removed_is_signed_out_everywhere_at_once(self, clinic, manager):
        fired = make_partner_staff(clinic)
        browser = signed_in(fired)
        note_session(fired, browser)
        page = reverse("clinics:day")
        assert browser.get(page).status_code == 200

        services.remove(partner=clinic, user=fired, removed_by=manager)

        answer = browser.get(page)
        assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))

    def test_a_browser_that_somehow_stays_signed_in_sees_nothing(self, clinic, manager):
        fired = make_partner_staff(clinic)
        services.remove(partner=clinic, user=fired, removed_by=manager)

        browser = signed_in(fired)
        pages = ["day", "week", "requests", "waiting", "money", "shipments", "services", "capacity"]
        assert {browser.get(reverse(f"clinics:{page}")).status_code for page in pages} == {404}

    def test_their_calendar_takes_no_more_bookings_and_shows_them_nothing(self, clinic, manager):
        carer = make_partner_staff(clinic, team_role=TeamRole.CARER)
        provider = make_provider(partner=clinic, user=carer)

        services.remove(partner=clinic, user=carer, removed_by=manager)

        provider.refresh_from_db()
        assert provider.user is None and not provider.is_active
        assert signed_in(carer).get(reverse("clinics:day")).status_code == 404

    def test_the_last_manager_cannot_go(self, clinic, manager):
        make_partner_staff(clinic, team_role=TeamRole.DESK)

        with pytest.raises(LastManager):
            services.leave(partner=clinic, user=manager)
        with pytest.raises(LastManager):
            services.remove(partner=clinic, user=manager, removed_by=manager)
        with pytest.raises(LastManager):
            services.change_role(partner=clinic, user=manager, role=TeamRole.DESK, changed_by=manager)

    def test_a_manager_whose_account_is_shut_does_not_count(self, clinic, manager):
        make_partner_staff(clinic, is_active=False)

        with pytest.raises(LastManager):
            services.leave(partner=clinic, user=manager)

    def test_one_of_two_managers_may_go(self, clinic, manager):
        other = make_partner_staff(clinic)

        services.leave(partner=clinic, user=manager)

        assert list(people_with(clinic, Power.TEAM)) == [other]

    def test_somebody_of_another_team_is_not_removed_here(self, clinic, manager):
        stranger = make_partner_staff(make_partner())

        with pytest.raises(NotInTeam):
            services.remove(partner=clinic, user=stranger, removed_by=manager)
        assert Membership.objects.filter(user=stranger).exists()

    @pytest.mark.parametrize("role", [role for role in TeamRole if role != TeamRole.MANAGER])
    def test_only_managers_remove_and_change(self, clinic, manager, role):
        colleague = make_partner_staff(clinic, team_role=role)

        with pytest.raises(NotManager):
            services.remove(partner=clinic, user=manager, removed_by=colleague)
        with pytest.raises(NotManager):
            services.change_role(partner=clinic, user=colleague, role=TeamRole.MANAGER, changed_by=colleague)

    def test_another_role_takes_effect_on_the_open_page(self, clinic, manager):
        colleague = make_partner_staff(clinic, team_role=TeamRole.FINANCE)
        browser = signed_in(colleague)
        assert browser.get(reverse("clinics:money")).status_code == 200

        services.change_role(partner=clinic, user=colleague, role=TeamRole.DESK, changed_by=manager)

        assert browser.get(reverse("clinics:money")).status_code == 404
        assert browser.get(reverse("clinics:day")).status_code == 200

    def test_a_carer_who_keeps_the_books_now_has_no_calendar(self, clinic, manager):
        carer = make_partner_staff(clinic, team_role=TeamRole.CARER)
        provider = make_provider(partner=clinic, user=carer)

        services.change_role(partner=clinic, user=carer, role=TeamRole.FINANCE, changed_by=manager)

        provider.refresh_from_db()
        assert provider.user is None

    def test_a_new_carer_is_given_a_calendar(self, clinic, manager):
        carer = make_partner_staff(clinic, team_role=TeamRole.CARER)
        provider = make_provider(partner=clinic)

        link_provider(provider=provider, user=carer, linked_by=manager)

        assert signed_in(carer).get(reverse("clinics:day")).status_code == 200
        with pytest.raises(NotInTeam):
            link_provider(provider=make_provider(partner=clinic), user=make_user(), linked_by=manager)


class TestPowers:
    @pytest.mark.parametrize("role", list(TeamRole))
    def test_whoever_does_not_work_with_families_sees_no_child(self, clinic, role):
        colleague = make_partner_staff(clinic, team_role=role)
        booking = make_booking(service=make_service(make_provider(partner=clinic)), child=make_parent().children.get())

        seen = look(
            viewer=colleague, children=[booking.child], items=[DataItem.PROFILE, DataItem.CONTACT], purpose=Purpose.CARE
        )

        works_with_families = role in (TeamRole.MANAGER, TeamRole.DESK)
        assert bool(seen.may_see(booking.child, DataItem.PROFILE)) is works_with_families
        assert bool(seen.may_see(booking.child, DataItem.CONTACT)) is works_with_families
        assert may_act_for(colleague, booking.occupancy.provider) is works_with_families

    @pytest.mark.parametrize("role", list(TeamRole))
    def test_payments_tells_those_who_keep_the_books(self, clinic, role):
        colleague = make_partner_staff(clinic, team_role=role)

        told = colleague in payees().people(clinic.public_id)
        assert told is (Power.MONEY in POWERS[role]) is has_power(colleague, clinic, Power.MONEY)
