"""The room's pages: who finds them, what they say and when, and what they may ask a browser for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.consultations.models import Emergency, Whereabouts
from catalog.consultations.services import give_whereabouts
from catalog.scheduling.enums import BookingStatus, Mode
from tests import factories
from tests.factories.rooms import make_group_session, make_member, make_session

pytestmark = pytest.mark.django_db(transaction=True)


def address(booking, name="enter"):
    return reverse(f"room:{name}", args=[booking.occupancy.public_id])


def text_of(user, path):
    return factories.signed_in(user).get(path).content.decode()


def test_both_find_the_room():
    booking = make_session()
    provider = booking.occupancy.provider
    family, giver = text_of(booking.booked_by, address(booking)), text_of(provider.user, address(booking))
    assert 'data-role="family"' in family and provider.name in family and "data-emergency-form" not in family
    assert 'data-role="provider"' in giver and "data-emergency-form" in giver and "data-whereabouts" not in giver
    for page in (family, giver):
        assert "这里没有录音，也没有录像" in page and "data-too-early" not in page


@pytest.mark.parametrize("name", ["enter", "whereabouts", "emergency"])
def test_strangers_find_nothing(name):
    booking = make_session()
    provider = booking.occupancy.provider
    strangers = [
        factories.make_parent(),
        booking.child.guardians.first(),  # a young person of 15 comes alone
        factories.make_partner_staff(provider.partner),
        factories.make_staff(is_superuser=True),
        factories.make_provider(partner=provider.partner, user=factories.make_user(role="practitioner")).user,
    ]
    for stranger in strangers:
        browser = factories.signed_in(stranger)
        for response in (browser.get(address(booking, name)), browser.post(address(booking, name))):
            assert response.status_code in (404, 405)
            assert provider.name not in response.content.decode()


def test_a_family_has_no_emergency_and_a_provider_no_whereabouts():
    booking = make_session()
    assert factories.signed_in(booking.booked_by).get(address(booking, "emergency")).status_code == 404
    provider = factories.signed_in(booking.occupancy.provider.user)
    assert provider.post(address(booking, "whereabouts"), {"place": "家里"}).status_code == 404


def test_a_provider_takes_the_second_step_first():
    booking = make_session()
    browser = factories.signed_in(booking.occupancy.provider.user, second_step=False)
    for name in ("enter", "emergency"):
        assert "/accounts/2fa/" in browser.get(address(booking, name)).headers["Location"]


def test_too_early_says_when_and_lets_devices_be_tried():
    booking = make_session(starts_at=timezone.now() + timedelta(hours=3))
    page = text_of(booking.booked_by, address(booking))
    opens_at = timezone.localtime(booking.starts_at - timedelta(minutes=15))
    assert "data-too-early" in page and f"{opens_at:%H:%M}" in page
    assert 'data-turn="camera"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": timezone.now() - timedelta(hours=4)}, "已经过去"),
        ({"status": BookingStatus.CANCELLED}, "已经取消"),
        ({"mode": Mode.IN_PERSON}, "线下见面"),
    ],
)
def test_a_closed_room_says_why(fields, sentence):
    booking = make_session(**fields)
    response = factories.signed_in(booking.booked_by).get(address(booking))
    assert sentence in response.content.decode()
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_the_room_alone_opens_camera_and_microphone():
    booking = make_session()
    browser = factories.signed_in(booking.booked_by)
    opened = browser.get(address(booking)).headers["Permissions-Policy"].split(", ")
    assert {"camera=(self)", "microphone=(self)", "screen-wake-lock=(self)", "geolocation=()"} <= set(opened)
    for path in (reverse("bookings:detail", args=[booking.public_id]), reverse("home")):
        assert "camera=()" in browser.get(path).headers["Permissions-Policy"].split(", ")


@pytest.mark.parametrize(("mode", "most"), [(Mode.VIDEO, "video"), (Mode.PHONE, "voice"), (Mode.TEXT, "text")])
def test_nobody_is_asked_for_more_than_was_booked(mode, most):
    page = text_of((booking := make_session(mode=mode)).booked_by, address(booking))
    assert f'data-most="{most}"' in page
    assert ('data-turn="camera"' in page) == (most == "video")
    assert ('data-turn="microphone"' in page) == (most != "text")


def test_whereabouts_are_kept_and_shown_to_who_gave_them():
    booking = make_session()
    browser = factories.signed_in(booking.booked_by)
    given = {"place": "家里，绿苑小区", "contact_name": "外婆", "contact_phone": "13800000000"}
    assert browser.post(address(booking, "whereabouts"), given).status_code == 302
    assert Whereabouts.objects.get().place == "家里，绿苑小区"
    assert "绿苑小区" in browser.get(address(booking)).content.decode()
    assert "绿苑小区" not in text_of(booking.occupancy.provider.user, address(booking))
    refused = browser.post(
        address(booking, "whereabouts"), {"contact_phone": "外婆"}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 422 and refused.json()["refused"]
    taken_back = browser.post(address(booking, "whereabouts"), {}, headers={"accept": "application/json"})
    assert taken_back.json()["said"] and not Whereabouts.objects.exists()


def test_an_emergency_opens_the_sheet():
    booking = make_session()
    give_whereabouts(
        occupancy_id=booking.occupancy.public_id,
        given_by=booking.booked_by,
        place="家里",
        contact_name="外婆",
        contact_phone="13800000000",
    )
    browser = factories.signed_in(booking.occupancy.provider.user)
    before = browser.get(address(booking, "emergency")).content.decode()
    assert "外婆" not in before and "tel:120" in before and "tel:110" in before
    sent = {"booking": str(booking.public_id)}
    sheet = browser.post(address(booking, "emergency"), sent, headers={"x-requested-with": "fetch"}).content.decode()
    assert "家里" in sheet and "tel:13800000000" in sheet and "<html" not in sheet
    assert "外婆" in browser.get(address(booking, "emergency")).content.decode()
    assert Emergency.objects.count() == 1


def test_an_emergency_names_somebody_of_this_session():
    booking, other = make_session(), make_session()
    browser = factories.signed_in(booking.occupancy.provider.user)
    for sent in ({}, {"booking": str(other.public_id)}, {"booking": "x"}):
        assert browser.post(address(booking, "emergency"), sent).status_code == 422
    assert not Emergency.objects.exists()


def test_in_a_group_the_provider_chooses_who():
    occupancy = make_group_session()
    members = [make_member(occupancy) for _ in range(2)]
    page = text_of(occupancy.provider.user, reverse("room:enter", args=[occupancy.public_id]))
    assert all(f'value="{member.public_id}"' in page for member in members)
    seen = text_of(members[0].booked_by, reverse("room:enter", args=[occupancy.public_id]))
    assert members[1].child.nickname not in seen
