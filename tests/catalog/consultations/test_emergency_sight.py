"""Who sees what was left for an emergency, and when: everybody, at every moment, against the rule said once more."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse

from catalog.consultations.errors import NoEmergencyHere
from catalog.consultations.models import Emergency, Encounter
from catalog.consultations.rules import SHEET_OPEN_FOR
from catalog.consultations.services import give_whereabouts, open_sheet, raise_emergency
from catalog.scheduling.enums import BookingStatus
from marketplace.accounts.enums import Duty, Role
from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.consent.selectors import disclosures
from marketplace.core.audit.models import AuditEvent
from tests import factories
from tests.factories.rooms import make_remote_service, make_session

pytestmark = pytest.mark.django_db
LEFT = {"place": "外婆家的阁楼", "contact_name": "外婆", "contact_phone": "13900000077"}
A_MOMENT = timedelta(minutes=1)
#: From when the emergency was raised.
MOMENTS = {
    "before": -A_MOMENT,
    "at once": timedelta(),
    "hours later": timedelta(hours=20),
    "a day later": SHEET_OPEN_FOR - A_MOMENT,
    "over": SHEET_OPEN_FOR,
}


@pytest.fixture
def booking():
    booking = make_session()
    give_whereabouts(occupancy_id=booking.occupancy.public_id, given_by=booking.booked_by, **LEFT)
    return booking


@pytest.fixture
def emergency(booking):
    return raise_emergency(booking_id=booking.public_id, raised_by=booking.occupancy.provider.user)


def people_around(booking):
    """Everybody who might want to look, by what they are."""
    provider = booking.occupancy.provider
    family = booking.child
    other = make_session()  # another provider of the same child, with an emergency of their own day
    return {
        "provider": provider.user,
        "colleague": factories.make_provider(
            partner=provider.partner, user=factories.make_user(role=Role.PRACTITIONER)
        ).user,
        "manager": factories.make_partner_staff(provider.partner),
        "other provider": other.occupancy.provider.user,
        "guardian": family.guardians.get(),
        "stranger": factories.make_parent(),
        "on safety duty": factories.make_staff(duties=[Duty.SAFETY]),
        "on support duty": factories.make_staff(duties=[Duty.SUPPORT]),
        "on no duty": factories.make_staff(duties=[]),
    }


def test_for_safety_nothing_opens_but_what_was_left_to_two_kinds_of_people_for_a_day(booking, emergency):
    people = people_around(booking)
    factories.make_on_duty(people["on safety duty"], Duty.SAFETY)
    for (who, viewer), (when, later), item in product(people.items(), MOMENTS.items(), DataItem):
        now = emergency.raised_at + later
        seen = disclosures(viewer=viewer, children=[booking.child], purpose=Purpose.SAFETY, now=now)
        decision = seen.may_see(booking.child, item)
        is_time = when not in ("before", "over")
        by_emergency = who == "provider" and is_time and item == DataItem.CONTACT
        if who == "on safety duty" and abs(later) < timedelta(minutes=30):  # while their shift goes on
            assert (decision.reason == Reason.EMERGENCY) == (is_time and item == DataItem.CONTACT), (when, item)
        else:
            assert bool(decision) == by_emergency, (who, when, item)
            assert (decision.reason == Reason.EMERGENCY) == by_emergency, (who, when, item)


def test_for_care_an_emergency_opens_nothing_more(booking):
    people = people_around(booking)

    def open_for_care():
        return {
            who: disclosures(viewer=viewer, children=[booking.child], purpose=Purpose.CARE).visible(booking.child)
            for who, viewer in people.items()
        }

    before = open_for_care()
    raise_emergency(booking_id=booking.public_id, raised_by=booking.occupancy.provider.user)
    assert open_for_care() == before


def test_the_sheet_is_for_two_kinds_of_people_and_closes_after_a_day(booking, emergency):
    for (who, viewer), (when, later) in product(people_around(booking).items(), MOMENTS.items()):
        now = emergency.raised_at + later
        is_on_shift = who == "on safety duty" and abs(later) < timedelta(minutes=30)
        if not is_on_shift and (who != "provider" or when == "over"):
            with pytest.raises(NoEmergencyHere):
                open_sheet(emergency=emergency, viewer=viewer, now=now)
            continue
        sheet = open_sheet(emergency=emergency, viewer=viewer, now=now)
        is_left_open = when != "before"
        assert sheet.place == (LEFT["place"] if is_left_open else ""), (who, when)
        assert (LEFT["contact_phone"] in [each.phone for each in sheet.contacts]) == is_left_open
        assert sheet.hotlines


def test_our_staff_find_no_more_than_that_it_was_once_a_day_has_passed(booking, emergency):
    keeper = factories.make_staff(duties=[Duty.SAFETY])
    Emergency.objects.filter(pk=emergency.pk).update(raised_at=emergency.raised_at - SHEET_OPEN_FOR)
    emergency.refresh_from_db()
    sheet = open_sheet(emergency=emergency, viewer=keeper)
    assert (sheet.place, sheet.contacts, sheet.known_as) == ("", (), "")
    assert "不再打开" in sheet.closed and sheet.hotlines
    assert not AuditEvent.objects.filter(actor_id=keeper.public_id).exists(), "nothing was looked at"


def test_an_emergency_of_one_session_opens_nothing_left_for_another(booking, emergency):
    """Two providers of one child, each sees what was left for the own session alone."""
    provider = booking.occupancy.provider.user
    after = {"starts_at": booking.ends_at, "service": make_remote_service()}
    other = make_session(child=booking.child, booked_by=booking.booked_by, **after)
    give_whereabouts(occupancy_id=other.occupancy.public_id, given_by=other.booked_by, **LEFT | {"place": "学校操场"})
    assert open_sheet(emergency=emergency, viewer=provider).place == LEFT["place"]
    with pytest.raises(NoEmergencyHere):
        open_sheet(emergency=emergency, viewer=other.occupancy.provider.user)
    seen = disclosures(viewer=other.occupancy.provider.user, children=[booking.child], purpose=Purpose.SAFETY)
    assert not seen.may_see(booking.child, DataItem.CONTACT)


def test_without_an_emergency_nothing_is_open_even_while_they_talk(booking):
    Encounter.objects.create(occupancy=booking.occupancy, status="in-progress", started_at=booking.starts_at)
    provider = booking.occupancy.provider.user
    assert not disclosures(viewer=provider, children=[booking.child], purpose=Purpose.SAFETY).visible(booking.child)


def test_a_booking_that_is_taken_back_closes_it(booking, emergency):
    booking.status = BookingStatus.CANCELLED
    booking.save(update_fields=["status"])
    provider = booking.occupancy.provider.user
    sheet = open_sheet(emergency=emergency, viewer=provider)
    assert (sheet.place, list(sheet.contacts)) == ("", []) and sheet.closed and sheet.hotlines


def test_a_school_counsellor_sees_what_was_left_and_no_other_phone():
    """At school nobody sees a phone without consent; what was left for the session is the consent."""
    booking = make_session()
    partner = booking.occupancy.provider.partner
    partner.organisation_type = "school"
    partner.save(update_fields=["organisation_type"])
    give_whereabouts(occupancy_id=booking.occupancy.public_id, given_by=booking.booked_by, **LEFT)
    provider = booking.occupancy.provider.user
    emergency = raise_emergency(booking_id=booking.public_id, raised_by=provider)
    sheet = open_sheet(emergency=emergency, viewer=provider)
    assert sheet.place == LEFT["place"]
    assert [each.phone for each in sheet.contacts] == [LEFT["contact_phone"]]


def test_the_young_person_reads_of_each_look_afterwards(booking, emergency):
    keeper = factories.make_staff(duties=[Duty.SAFETY])
    for viewer in (booking.occupancy.provider.user, keeper):
        open_sheet(emergency=emergency, viewer=viewer)
    page = reverse("access_log:index")
    html = factories.signed_in(booking.child.account).get(page).content.decode()
    assert html.count("会面中的紧急求助") == 2 and "安全值守" in html
    guardian = factories.signed_in(booking.child.guardians.get())
    assert "会面中的紧急求助" not in guardian.get(page).content.decode()
