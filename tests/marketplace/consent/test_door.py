"""The one door, with the database behind it: who gets in, what is written down, what it costs."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.scheduling.disclosure import CONTACT_AFTER, KEEPS_OPEN
from catalog.scheduling.enums import BookingStatus
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import DutyShift
from marketplace.consent.enums import ConsentEventKind, DataItem, GivenAs, Purpose, Reason
from marketplace.consent.selectors import disclosures
from marketplace.consent.services import look
from marketplace.core.audit.models import AuditEvent
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Guardianship
from tests.factories import (
    make_booking,
    make_child,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_staff,
    make_user,
    next_weekday,
    shanghai,
)
from tests.factories.consent import add_event, make_consent, make_override

pytestmark = pytest.mark.django_db


def turning(age: int) -> date:
    return timezone.localdate().replace(day=1) - timedelta(days=366 * age + 30)


@pytest.fixture
def teen():
    return make_child(make_user(), born_on=turning(15), account=make_user(role=Role.TEEN))


@pytest.fixture
def practitioner():
    user = make_user(role=Role.PRACTITIONER)
    make_provider(user=user)
    return user


def seen(viewer, child, purpose=Purpose.CARE, **options):
    return disclosures(viewer=viewer, children=[child], purpose=purpose, **options)


def test_a_young_person_sees_everything_of_their_own(teen):
    assert seen(teen.account, teen, Purpose.CARE).visible(teen) == set(DataItem)


@pytest.mark.parametrize(
    ("age", "sees", "not_seen", "why"),
    [
        (6, DataItem.DIARY, DataItem.CONCERN, Reason.SAFETY_GATED),
        (10, DataItem.PLAN, DataItem.CHAT, Reason.CHILD_PRIVATE),
        (15, DataItem.BOOKING, DataItem.BOOKING_DETAIL, Reason.TEEN_PRIVATE),
        (16, DataItem.PROFILE, DataItem.BOOKING, Reason.TEEN_PRIVATE),
    ],
)
def test_a_guardian_sees_what_the_age_rules_say(age, sees, not_seen, why):
    parent = make_parent(children=0)
    child = make_child(parent, born_on=turning(age))

    found = seen(parent, child, Purpose.GUARDIANSHIP)

    assert found.may_see(child, sees).reason == Reason.AGE_RULE
    assert found.may_see(child, not_seen).reason == why


def test_a_guardian_who_only_books_sees_bookings_and_bills():
    parent = make_parent(children=0)
    child = make_child(parent, born_on=turning(6))
    Guardianship.objects.update(scope=GuardianshipScope.BOOKING)

    assert seen(parent, child, Purpose.GUARDIANSHIP).visible(child) == {
        DataItem.PROFILE,
        DataItem.BOOKING,
        DataItem.BILL,
    }


def test_a_guardianship_that_has_ended_shows_nothing():
    parent = make_parent(children=0)
    child = make_child(parent, born_on=turning(6))
    make_consent(child, parent, purpose=Purpose.GUARDIANSHIP, needs=[GivenAs.GUARDIAN])
    Guardianship.objects.update(status="ended", ended_at=timezone.now())

    assert seen(parent, child, Purpose.GUARDIANSHIP).visible(child) == set()


def test_a_booking_opens_what_the_service_needs_and_closes_again(practitioner):
    booking = make_booking(
        service=make_service(practitioner.provider),
        starts_at=shanghai(next_weekday(5), 10),
        child=make_child(make_user()),
    )
    child, ends_at = booking.child, booking.occupancy.ends_at

    def items(now):
        found = seen(practitioner, child, now=now, records=[booking.public_id])
        return {item for item in DataItem if found.may_see(child, item, booking.public_id)}

    needed = {DataItem.PROFILE, DataItem.BOOKING, DataItem.BOOKING_DETAIL}
    assert items(timezone.now()) == needed | {DataItem.CONTACT}
    assert items(ends_at + CONTACT_AFTER - timedelta(seconds=1)) == needed | {DataItem.CONTACT}
    assert items(ends_at + CONTACT_AFTER) == needed
    assert items(ends_at + KEEPS_OPEN) == set()


def test_a_booking_elsewhere_stays_closed_to_a_clinic_that_has_one_of_its_own(practitioner):
    child = make_child(make_user())
    ours = make_booking(
        service=make_service(practitioner.provider), starts_at=shanghai(next_weekday(5), 10), child=child
    )
    elsewhere = make_booking(starts_at=shanghai(next_weekday(5), 15), child=child)

    found = seen(practitioner, child)

    assert found.may_see(child, DataItem.BOOKING, ours.public_id)
    assert found.may_see(child, DataItem.BOOKING, elsewhere.public_id).reason == Reason.OUT_OF_SCOPE
    assert not found.may_see(child, DataItem.BOOKING)


@pytest.mark.parametrize("status", [BookingStatus.CANCELLED, BookingStatus.PENDING])
def test_a_cancelled_booking_and_a_hold_that_ended_open_nothing(practitioner, status):
    booking = make_booking(
        service=make_service(practitioner.provider),
        starts_at=shanghai(next_weekday(5), 10),
        child=make_child(make_user()),
    )
    booking.status, booking.held_until = status, timezone.now() - timedelta(minutes=1)
    booking.save()

    assert seen(practitioner, booking.child).may_see(booking.child, DataItem.PROFILE).reason == Reason.NO_RELATION


def test_a_consent_opens_its_items_to_its_grantee_for_its_purpose_alone(teen, practitioner):
    partner = practitioner.provider.partner
    consent = make_consent(teen, partner, items=[DataItem.SCORE])

    decision = seen(practitioner, teen).may_see(teen, DataItem.SCORE)

    assert decision.reason == Reason.CONSENT and decision.consent_id == consent.public_id
    assert seen(practitioner, teen).may_see(teen, DataItem.REPORT).reason == Reason.OUT_OF_SCOPE
    assert not seen(practitioner, teen, Purpose.REFERRAL).may_see(teen, DataItem.SCORE)
    stranger = make_user(role=Role.PRACTITIONER)
    make_provider(user=stranger)
    assert seen(stranger, teen).may_see(teen, DataItem.SCORE).reason == Reason.NO_RELATION


def test_a_consent_for_one_record_opens_no_other(teen, practitioner):
    shown, hidden = uuid4(), uuid4()
    make_consent(teen, practitioner.provider.partner, records=[shown])

    for options in ({}, {"records": [shown, hidden]}):
        found = seen(practitioner, teen, **options)
        assert found.may_see(teen, DataItem.SCORE, shown)
        assert not found.may_see(teen, DataItem.SCORE, hidden)
        assert not found.may_see(teen, DataItem.SCORE)


def test_front_desk_does_not_see_what_was_shown_to_the_clinic_for_care(teen):
    partner = make_partner()
    make_consent(teen, partner)

    assert not seen(make_partner_staff(partner), teen).may_see(teen, DataItem.SCORE)


def test_a_revoked_read_fails_on_the_next_read(teen, practitioner):
    consent = make_consent(teen, practitioner.provider.partner)
    assert seen(practitioner, teen).may_see(teen, DataItem.SCORE)

    add_event(consent, ConsentEventKind.REVOKED, teen.account)

    # However far behind the clock of the server that reads may be.
    for now in (timezone.now(), timezone.now() - timedelta(minutes=5)):
        assert seen(practitioner, teen, now=now).may_see(teen, DataItem.SCORE).reason == Reason.EXPIRED


def test_a_consent_begins_and_ends_at_its_moments(teen, practitioner):
    since, until = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    make_consent(teen, practitioner.provider.partner, since=since, until=until)

    assert not seen(practitioner, teen, now=since - timedelta(seconds=1)).may_see(teen, DataItem.SCORE)
    assert seen(practitioner, teen, now=since).may_see(teen, DataItem.SCORE)
    assert seen(practitioner, teen, now=until).may_see(teen, DataItem.SCORE).reason == Reason.EXPIRED


def test_one_that_stands_counts_beside_one_that_was_revoked(teen, practitioner):
    partner = practitioner.provider.partner
    stands = make_consent(teen, partner)
    add_event(make_consent(teen, partner), ConsentEventKind.REVOKED, teen.account)

    assert seen(practitioner, teen).may_see(teen, DataItem.SCORE).consent_id == stands.public_id


def test_an_override_opens_to_safety_duty_alone_and_only_for_its_time(teen):
    make_override(teen)
    on_duty, support = make_staff(), make_staff(duties=[Duty.SUPPORT])

    assert seen(on_duty, teen, Purpose.SAFETY).may_see(teen, DataItem.DIARY).reason == Reason.OVERRIDE
    assert not seen(on_duty, teen, Purpose.SAFETY).may_see(teen, DataItem.CHAT)
    assert not seen(on_duty, teen, Purpose.SUPPORT).may_see(teen, DataItem.DIARY)
    assert seen(support, teen, Purpose.SAFETY).may_see(teen, DataItem.DIARY).reason == Reason.OFF_DUTY
    later = timezone.now() + timedelta(hours=24)
    DutyShift.objects.update(ends_at=later + timedelta(hours=1))
    assert not seen(on_duty, teen, Purpose.SAFETY, now=later).may_see(teen, DataItem.DIARY)


def test_off_duty_access_is_denied_and_logged(teen):
    staff = make_staff(duties=[Duty.SUPPORT])
    assert look(viewer=staff, children=[teen], items=[DataItem.BILL], purpose=Purpose.SUPPORT).may_see(
        teen, DataItem.BILL
    )

    DutyShift.objects.update(ends_at=timezone.now())
    found = look(viewer=staff, children=[teen], items=[DataItem.BILL], purpose=Purpose.SUPPORT)

    assert found.may_see(teen, DataItem.BILL).reason == Reason.OFF_DUTY
    allowed, refused = AuditEvent.objects.filter(subject_id=teen.public_id).order_by("pk")
    assert (allowed.outcome, allowed.reason) == ("0", Reason.DUTY)
    assert (refused.outcome, refused.reason, refused.items) == ("4", Reason.OFF_DUTY, [DataItem.BILL])


def test_a_shift_of_a_duty_that_was_taken_away_counts_for_nothing(teen):
    staff = make_staff(duties=[Duty.SUPPORT])
    staff.duties = []
    staff.save()

    assert not seen(staff, teen, Purpose.SUPPORT).may_see(teen, DataItem.BILL)


def test_an_inactive_person_sees_nothing(teen):
    teen.account.is_active = False

    assert seen(teen.account, teen).visible(teen) == set()


def test_every_look_is_written_down_with_who_what_and_why(teen, practitioner):
    partner = practitioner.provider.partner
    make_consent(teen, partner)

    look(viewer=practitioner, children=[teen], items=[DataItem.SCORE, DataItem.DIARY], purpose=Purpose.CARE)

    allowed, refused = AuditEvent.objects.filter(subject_id=teen.public_id).order_by("outcome")
    assert (allowed.items, allowed.reason) == ([DataItem.SCORE], Reason.CONSENT)
    assert (refused.items, refused.reason) == ([DataItem.DIARY], Reason.OUT_OF_SCOPE)
    assert allowed.actor_id == practitioner.public_id
    assert partner.name in allowed.actor_label and practitioner.nickname not in allowed.actor_label


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_page_costs_one_read_and_one_insert_whatever_is_on_it(practitioner, purpose):
    for viewer in (practitioner, make_staff(), make_parent()):
        for count in (1, 20):
            children = [make_child(viewer, born_on=turning(15)) for _ in range(count)]
            for child in children:
                make_consent(child, practitioner.provider.partner, purpose=purpose, items=list(DataItem))
            records = {child: [uuid4(), uuid4()] for child in children}
            with CaptureQueriesContext(
                connection,
            ) as queries:
                found = look(viewer=viewer, children=children, items=list(DataItem), purpose=purpose, records=records)
                for child in children:
                    found.visible(child)
            assert len(queries) == 2


def test_no_children_no_query(practitioner, django_assert_num_queries):
    with django_assert_num_queries(0):
        look(viewer=practitioner, children=[], items=list(DataItem), purpose=Purpose.CARE)
