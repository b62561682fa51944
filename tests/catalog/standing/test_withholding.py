"""What an association stops is neither shown, nor booked, nor bought, until the decision is lifted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.basket.errors import NotForSale
from catalog.basket.services import put_product_in_basket
from catalog.browse.models import Listing
from catalog.browse.services import refresh_listings
from catalog.partner.enums import TeamRole
from catalog.scheduling.enums import Mode
from catalog.scheduling.errors import NotOfferedAnyMore, SlotNotOffered
from catalog.scheduling.selectors import next_open_slots
from catalog.scheduling.services import hold_slot, renew_holds
from catalog.standing.enums import AppealState, LicenceKind
from catalog.standing.errors import (
    AlreadyWithheld,
    AnsweredByTheSamePerson,
    AppealedAlready,
    NotAnAssociation,
    NotYours,
    ReasonsMissing,
)
from catalog.standing.selectors import is_suspended, is_withheld, live_decisions_about
from catalog.standing.services import answer_appeal, appeal, apply_standing, lift, record_licence, withhold
from catalog.standing.services.expiring import warn_of_ending_licences
from marketplace.notifications.models import Message
from tests import factories

from .deciding import REASONS, make_association, vetoed

pytestmark = pytest.mark.django_db
TEN = factories.shanghai(factories.next_weekday(5), 10)


def shown():
    refresh_listings()
    return set(Listing.objects.filter(is_shown=True).values_list("product_id", flat=True))


def hold(service, parent=None, provider=None):
    parent = parent or factories.make_parent()
    return hold_slot(
        service=service, provider=provider or service.providers.first(), starts_at=TEN,
        child=parent.children.first(), mode=Mode.PHONE, booked_by=parent,
    )  # fmt: skip


class TestAProductUnderAVeto:
    def test_is_not_listed_from_that_moment_on(self):
        service = factories.make_service()
        assert service.product_id in shown()
        vetoed(service.product)
        assert not Listing.objects.get(product=service.product).is_shown
        assert service.product_id not in shown()

    def test_has_no_free_times_and_cannot_be_booked(self):
        service = factories.make_service()
        vetoed(service.product)
        service.refresh_from_db()
        assert next_open_slots(services=[service], count=3)[service.pk] == []
        with pytest.raises(SlotNotOffered):
            hold(service)

    def test_cannot_be_put_into_a_basket(self):
        course = factories.make_course()
        vetoed(course)
        course.refresh_from_db()
        with pytest.raises(NotForSale):
            put_product_in_basket(user=factories.make_parent(), product=course)

    def test_a_time_kept_before_is_not_kept_on_for_paying(self):
        booking = hold(factories.make_service())
        vetoed(booking.service.product)
        with pytest.raises(NotOfferedAnyMore):
            renew_holds(booking_ids=[booking.pk], held_until=timezone.now() + timedelta(minutes=30))

    def test_comes_back_when_the_veto_is_lifted(self):
        service = factories.make_service()
        veto = vetoed(service.product)
        lift(withholding=veto, lifted_by=veto.decided_by, because="示例：已经改正宣传文字。")
        assert not is_withheld(service.product) and service.product_id in shown()

    def test_stays_off_while_another_association_still_says_no(self):
        service = factories.make_service()
        first = vetoed(service.product)
        vetoed(service.product)
        lift(withholding=first, lifted_by=first.decided_by, because="示例：已经改正宣传文字。")
        assert is_withheld(service.product)


class TestASuspendedProvider:
    def test_takes_no_bookings_while_a_colleague_does(self):
        stopped = factories.make_provider()
        colleague = factories.make_provider(partner=stopped.partner)
        service = factories.make_service(stopped, colleague)
        vetoed(stopped)
        assert is_suspended(stopped) and not is_suspended(colleague)
        with pytest.raises(SlotNotOffered):
            hold(service, provider=stopped)
        assert hold(service, provider=colleague).pk
        assert service.product_id in shown()

    def test_alone_takes_the_service_off_the_list(self):
        service = factories.make_service()
        shown()
        vetoed(service.providers.get())
        assert not Listing.objects.get(product=service.product).is_shown

    def test_a_whole_organisation_stops_with_all_its_people_and_products(self):
        service = factories.make_service()
        provider = service.providers.get()
        vetoed(provider.partner)
        assert is_suspended(provider) and is_withheld(service.product)
        assert live_decisions_about(provider).count() == 1


class TestWhoDecides:
    def test_only_people_of_an_association(self):
        clinic = factories.make_partner()
        with pytest.raises(NotAnAssociation):
            withhold(
                target=factories.make_course(), body=clinic, decided_by=factories.make_partner_staff(clinic),
                reasons=REASONS,
            )  # fmt: skip

    def test_somebody_who_left_the_association_no_longer_does(self):
        body, person = make_association()
        person.memberships.all().delete()
        with pytest.raises(NotAnAssociation):
            withhold(target=factories.make_course(), body=body, decided_by=person, reasons=REASONS)

    def test_a_bookkeeper_does_not(self):
        body, person = make_association()
        person.memberships.update(role=TeamRole.FINANCE)
        with pytest.raises(NotAnAssociation):
            withhold(target=factories.make_course(), body=body, decided_by=person, reasons=REASONS)

    def test_not_without_saying_why_and_not_twice(self):
        body, person = make_association()
        course = factories.make_course()
        with pytest.raises(ReasonsMissing):
            withhold(target=course, body=body, decided_by=person, reasons="不好。")
        withhold(target=course, body=body, decided_by=person, reasons=REASONS)
        with pytest.raises(AlreadyWithheld):
            withhold(target=course, body=body, decided_by=person, reasons=REASONS)


class TestAppeal:
    @pytest.fixture
    def veto(self):
        self.course = factories.make_course()
        self.manager = factories.make_partner_staff(self.course.stockrecords.get().partner)
        self.body, self.decider, self.colleague = make_association(people=2)
        return withhold(target=self.course, body=self.body, decided_by=self.decider, reasons=REASONS)

    def test_the_organisation_hears_of_it_and_may_appeal_once(self, veto):
        assert Message.objects.filter(recipient_id=self.manager.pk, subject="一项服务被停止").exists()
        row = appeal(withholding=veto, words="我们已经改了介绍，请再看一遍。", appealed_by=self.manager)
        assert row.appeal_state == AppealState.OPEN and is_withheld(self.course)
        with pytest.raises(AppealedAlready):
            appeal(withholding=veto, words="我们已经改了介绍，请再看一遍。", appealed_by=self.manager)

    def test_a_stranger_may_not(self, veto):
        with pytest.raises(NotYours):
            appeal(
                withholding=veto, words="我们已经改了介绍，请再看一遍。",
                appealed_by=factories.make_partner_staff(factories.make_partner()),
            )  # fmt: skip

    def test_somebody_else_of_the_association_answers_and_may_lift_it(self, veto):
        appeal(withholding=veto, words="我们已经改了介绍，请再看一遍。", appealed_by=self.manager)
        words = "示例：看过了，已经改好。"
        words = words + "谢谢。"
        with pytest.raises(AnsweredByTheSamePerson):
            answer_appeal(withholding=veto, granted=True, words=words, answered_by=self.decider)
        row = answer_appeal(withholding=veto, granted=True, words=words, answered_by=self.colleague)
        assert row.appeal_state == AppealState.GRANTED and not row.is_live
        assert not is_withheld(self.course)

    def test_a_refused_appeal_leaves_it_as_it_is(self, veto):
        appeal(withholding=veto, words="我们已经改了介绍，请再看一遍。", appealed_by=self.manager)
        answer_appeal(withholding=veto, granted=False, words="示例：介绍里还有同样的话。", answered_by=self.colleague)
        assert is_withheld(self.course)


class TestALicenceThatEnds:
    def held(self, partner, days):
        today = timezone.localdate()
        return record_licence(
            partner=partner, kind=LicenceKind.BUSINESS, number=f"示例-{days}", issued_by="示例市场监督管理局",
            valid_from_on=today - timedelta(days=900), valid_until_on=today + timedelta(days=days), checked_by=None,
        )  # fmt: skip

    def test_hides_all_of_it_on_the_day_after_its_last(self):
        service = factories.make_service()
        self.held(service.providers.get().partner, 0)
        assert service.product_id in shown()
        apply_standing(now=timezone.now() + timedelta(days=1))
        assert service.product_id not in shown()

    def test_a_renewed_one_brings_it_back_at_once(self):
        service = factories.make_service()
        partner = service.providers.get().partner
        self.held(partner, -1)
        assert is_withheld(service.product)
        self.held(partner, 365)
        assert not is_withheld(service.product)

    @pytest.mark.parametrize(("days", "told"), [(61, 0), (60, 1), (31, 1), (30, 1), (8, 1), (7, 1), (0, 1)])
    def test_its_managers_are_warned(self, days, told):
        partner = factories.make_partner()
        manager = factories.make_partner_staff(partner)
        self.held(partner, days)
        assert warn_of_ending_licences() == told
        assert warn_of_ending_licences() == 0
        assert Message.objects.filter(recipient_id=manager.pk).exists() == bool(told)

    def test_each_warning_is_sent_once_as_the_day_comes_nearer(self):
        partner = factories.make_partner()
        self.held(partner, 60)
        now = timezone.now()
        told = [warn_of_ending_licences(now=now + timedelta(days=day)) for day in (0, 1, 30, 31, 53, 54, 60)]
        assert told == [1, 0, 1, 0, 1, 0, 0]

    def test_nobody_is_warned_of_one_that_is_renewed_already(self):
        partner = factories.make_partner()
        self.held(partner, 20)
        record_licence(
            partner=partner, kind=LicenceKind.BUSINESS, number="示例-新", issued_by="示例市场监督管理局",
            valid_from_on=timezone.localdate(), valid_until_on=None, checked_by=None,
        )  # fmt: skip
        assert warn_of_ending_licences() == 0
