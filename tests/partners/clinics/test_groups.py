"""Groups in the clinic portal: planning, the roster, taking a date back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.order.services import cancel_group, lapse_requests
from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import BookingEnded, NotYourBooking, TooLateToChange, TooManySeats
from catalog.scheduling.models import Occupancy
from catalog.scheduling.services import call_off_group, schedule_group_session
from catalog.vouchers.models import Reward
from marketplace.notifications.models import Message
from partners.clinics.services import update_product
from payments.models import Refund
from tests.catalog.order.placed import pay, place, put_session
from tests.factories.catalogue import make_group_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_child, make_parent, make_partner_staff, make_user, signed_in
from tests.factories.scheduling import make_booking, make_group_occupancy, next_weekday, shanghai

pytestmark = pytest.mark.django_db
TEN = shanghai(next_weekday(5, weeks=1), 10)


@pytest.fixture
def partner():
    return make_partner()


@pytest.fixture
def provider(partner):
    return make_provider(partner=partner, user=make_user())


@pytest.fixture
def manager(partner):
    return signed_in(make_partner_staff(partner))


def values(service, provider, **changed):
    return {
        "service": service.pk, "provider": provider.pk, "on": next_weekday(5, weeks=1), "at": "10:00",
        "seats": 6, "minimum_seats": 3,
    } | changed  # fmt: skip


def member(session, nickname: str, **fields):
    parent = make_parent(children=0)
    child = make_child(parent, nickname=nickname)
    return make_booking(occupancy=session, child=child, booked_by=parent, mode=Mode.VIDEO, **fields)


def test_a_date_is_planned_and_shown_with_its_terms(manager, provider):
    service = make_group_service(provider)
    answer = manager.post(reverse("clinics:schedule_group"), values(service, provider))

    session = Occupancy.objects.get()
    assert answer.url == reverse("clinics:roster", args=[session.public_id])
    assert (session.starts_at, session.seats, session.minimum_seats) == (TEN, 6, 3)
    page = manager.get(reverse("clinics:groups")).content.decode()
    assert "已报名 0 / 6 个名额" in page and "至少 3 人" in page and "还差 3 人" in page


def test_more_than_eight_from_afar_are_refused_by_the_form_the_service_and_the_database(manager, provider):
    remote = make_group_service(provider, modes=[Mode.VIDEO])
    page = manager.post(reverse("clinics:schedule_group"), values(remote, provider, seats=9)).content.decode()

    assert "最多 8 个名额" in page and not Occupancy.objects.exists()
    with pytest.raises(TooManySeats):
        schedule_group_session(service=remote, provider=provider, starts_at=TEN, seats=9)
    with pytest.raises(IntegrityError, match="eight seats"), transaction.atomic():
        make_group_occupancy(remote, starts_at=TEN, seats=9)
    at_home = make_group_service(provider, modes=[Mode.IN_PERSON])
    make_group_occupancy(at_home, starts_at=TEN, seats=30)


def test_a_large_group_is_not_opened_to_those_from_afar(provider):
    service = make_group_service(provider, modes=[Mode.IN_PERSON])
    make_group_occupancy(service, starts_at=TEN, seats=9)

    with pytest.raises(TooManySeats):
        update_product(
            product=service.product, stockrecord=service.product.stockrecords.get(), values={"modes": ["video"]}
        )


def test_a_practitioner_plans_for_themselves_only(partner, provider):
    colleague = make_provider(partner=partner)
    service = make_group_service(provider, colleague)
    client = signed_in(provider.user)

    client.post(reverse("clinics:schedule_group"), values(service, colleague))
    assert not Occupancy.objects.exists()
    client.post(reverse("clinics:schedule_group"), values(service, provider))
    assert Occupancy.objects.get().provider == provider


def test_where_something_else_is_no_date_is_planned(manager, provider):
    service = make_group_service(provider)
    make_group_occupancy(service, starts_at=TEN)

    page = manager.post(reverse("clinics:schedule_group"), values(service, provider)).content.decode()

    assert "刚刚被约走了" in page and Occupancy.objects.count() == 1


def test_the_roster_shows_who_comes_to_the_provider_and_to_no_member(manager, provider):
    session = make_group_occupancy(make_group_service(provider), starts_at=TEN)
    first, _second = member(session, "小禾"), member(session, "阿宁")
    url = reverse("clinics:roster", args=[session.public_id])

    page = manager.get(url).content.decode()
    family = signed_in(first.booked_by)
    own = family.get(reverse("bookings:detail", args=[first.public_id])).content.decode()

    assert "小禾" in page and "阿宁" in page
    assert family.get(url).status_code == 404
    assert "小禾" in own and "阿宁" not in own


def test_a_name_the_door_does_not_open_is_not_on_the_roster(manager, provider):
    long_ago = timezone.now() - timedelta(days=400)
    session = make_group_occupancy(make_group_service(provider), starts_at=long_ago)
    member(session, "小禾", status=BookingStatus.FULFILLED)

    page = manager.get(reverse("clinics:roster", args=[session.public_id])).content.decode()

    assert "小禾" not in page and "一位来访者" in page


def test_the_page_says_kindly_that_the_room_opens_once_somebody_is_booked(provider):
    session = make_group_occupancy(make_group_service(provider, modes=[Mode.VIDEO]), starts_at=TEN)
    client, url = signed_in(provider.user), reverse("clinics:roster", args=[session.public_id])

    nobody = client.get(url).content.decode()
    member(session, "小禾")
    somebody = client.get(url).content.decode()

    assert "还没有人在线上报名，所以咨询室还没有开" in nobody and "咨询室在" not in nobody
    assert "所以咨询室还没有开" not in somebody and reverse("room:enter", args=[session.public_id]) in somebody


def joined(session):
    parent = make_parent()
    put_session(parent, session.service, occupancy=session, starts_at=session.starts_at, mode="video")
    order = place(parent)
    pay(order)
    return order


def test_a_date_taken_back_gives_everybody_everything_back_and_a_kind_word(manager, provider):
    session = make_group_occupancy(make_group_service(provider, price_fen=9_900), starts_at=TEN)
    orders = [joined(session) for _ in range(2)]
    url = reverse("clinics:cancel_group", args=[session.public_id])
    assert "2 个名额会全额退款" in manager.get(url).content.decode()

    manager.post(url)

    session.refresh_from_db()
    assert not session.is_live and session.seats_taken == 0
    assert sorted(Refund.objects.values_list("amount_fen", flat=True)) == [9_900, 9_900]
    for order in orders:
        assert order.lines.get().booking.status == BookingStatus.CANCELLED
        said = Message.objects.filter(recipient=order.user, channel="in_app").values_list("body", flat=True)
        assert any("不是你的原因" in body and "¥99" in body for body in said)
    assert "这一场" in manager.get(reverse("clinics:groups")).content.decode()
    assert manager.get(url).status_code == 404


def test_taken_back_late_it_is_made_good_and_nothing_is_done_twice(provider):
    session = make_group_occupancy(
        make_group_service(provider, price_fen=9_900), starts_at=TEN, minimum_seats=1, decided_at=timezone.now()
    )
    order = joined(session)
    now = TEN - timedelta(hours=2)

    assert cancel_group(occupancy_id=session.pk, initiator=provider.user, now=now) == 1

    assert Reward.objects.filter(person=order.user).exists() and lapse_requests(now=now) == 0
    with pytest.raises(BookingEnded):
        cancel_group(occupancy_id=session.pk, initiator=provider.user, now=now)


def test_what_a_stopped_machine_left_undone_is_made_up_for(provider):
    session = make_group_occupancy(make_group_service(provider, price_fen=9_900), starts_at=TEN)
    order = joined(session)
    now = timezone.now()
    call_off_group(occupancy_id=session.pk, called_off_by=provider.user, now=now)  # and here the machine stops

    assert lapse_requests(now=now) == 1
    assert order.lines.get().booking.status == BookingStatus.CANCELLED
    assert any("办不成了" in body for body in Message.objects.values_list("body", flat=True))


def test_whoever_does_not_give_it_or_comes_too_late_takes_nothing_back(provider):
    session = make_group_occupancy(make_group_service(provider), starts_at=TEN)

    with pytest.raises(NotYourBooking):
        call_off_group(occupancy_id=session.pk, called_off_by=make_parent())
    with pytest.raises(TooLateToChange):
        call_off_group(occupancy_id=session.pk, called_off_by=provider.user, now=TEN)


@pytest.mark.parametrize("name", ["roster", "cancel_group"])
def test_another_clinic_finds_no_group(name, provider):
    session = make_group_occupancy(make_group_service(provider), starts_at=TEN)
    url = reverse(f"clinics:{name}", args=[session.public_id])
    stranger = signed_in(make_partner_staff(make_partner()))

    assert stranger.get(url).status_code == 404
    assert signed_in(make_parent()).get(url).status_code == 404
    assert signed_in(make_parent()).get(reverse("clinics:groups")).status_code == 404


def test_one_date_or_three_with_one_member_or_three_cost_the_same_queries(manager, provider):
    def more(hour: int, members: int) -> Occupancy:
        session = make_group_occupancy(make_group_service(provider), starts_at=TEN.replace(hour=hour))
        for number in range(members):
            member(session, f"小{number}")
        return session

    def cost(url: str) -> int:
        manager.get(url)
        with CaptureQueriesContext(connection) as queries:
            manager.get(url)
        return len(queries)

    first, url = more(10, 1), reverse("clinics:groups")
    one = cost(url), cost(reverse("clinics:roster", args=[first.public_id]))
    second = more(12, 3)
    more(14, 1)
    assert (cost(url), cost(reverse("clinics:roster", args=[second.public_id]))) == one
