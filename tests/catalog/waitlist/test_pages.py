"""The pages of the waiting list: what each person sees, and what strangers do not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Line
from catalog.scheduling.models import Booking
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.services import offer_times
from tests.catalog.waitlist.made import TEN, one_hour, short_week
from tests.factories import make_child, make_group_occupancy, make_group_service, make_parent, make_teen, signed_in
from tests.factories.waitlist import make_entry, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def client(parent):
    return signed_in(parent)


@pytest.fixture
def soon():
    """A service that can be had today."""
    return one_hour(horizon_days=28)


def wishes(parent, **changes):
    return {
        "children": [str(child.public_id) for child in parent.children.all()],
        "modes": ["in_person", "phone"],
        "part_of_day": "",
        "provider": "",
    } | changes


def test_one_joins_from_the_product_page(client, parent, soon):
    page = client.get(soon.product.get_absolute_url())
    join = reverse("waitlist:join", args=[soon.pk])
    assert join in page.content.decode()
    assert client.get(join).status_code == 200
    answer = client.post(join, wishes(parent, weekdays=["5", "6"], part_of_day="morning"))
    entry = WaitlistEntry.objects.get()
    assert answer.url == reverse("waitlist:entry", args=[entry.public_id])
    assert (entry.weekdays, f"{entry.to_time:%H:%M}", entry.modes) == ([5, 6], "12:30", ["in_person", "phone"])
    assert (
        reverse("waitlist:entry", args=[entry.public_id])
        in client.get(soon.product.get_absolute_url()).content.decode()
    )


def test_visitors_are_shown_the_way(soon):
    assert "加入候补" in Client().get(soon.product.get_absolute_url()).content.decode()


def test_what_is_wrong_is_said_on_the_form(client, parent, soon):
    url = reverse("waitlist:join", args=[soon.pk])
    for changes, sentence in (
        ({"children": []}, "请选择为谁候补"),
        ({"modes": []}, "请至少选一种方式"),
        ({"to_on": "2020-01-01"}, "不会有合适的时间"),
    ):
        answer = client.post(url, wishes(parent, **changes))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not WaitlistEntry.objects.exists()


def test_only_own_children_are_offered(client, soon):
    stranger = make_child(make_parent())
    answer = client.post(
        reverse("waitlist:join", args=[soon.pk]), {"children": [str(stranger.public_id)], "modes": ["phone"]}
    )
    assert answer.status_code == 422


def test_joining_twice_leads_to_the_list(client, parent, soon):
    make_entry(service=soon, joined_by=parent)
    answer = client.post(reverse("waitlist:join", args=[soon.pk]), wishes(parent))
    assert answer.url == reverse("waitlist:mine")


def test_a_small_child_is_told_that_a_parent_joins(soon):
    answer = signed_in(make_teen(age=7)).get(reverse("waitlist:join", args=[soon.pk]))
    assert "由家长来加入" in answer.content.decode()


def test_a_guardians_seat_is_asked_for_where_there_is_one(client):
    service = make_group_service(admits_guardian=True)
    make_group_occupancy(service, starts_at=TEN)
    assert "with_guardian" in client.get(reverse("waitlist:join", args=[service.pk])).content.decode()


def test_yes_leads_to_the_checkout(client, parent, soon):
    make_entry(service=soon, joined_by=parent)
    [offer] = offer_times()
    page = client.get(reverse("waitlist:entry", args=[offer.entry.public_id])).content.decode()
    assert "要这个时间" in page and "这次不要" in page
    answer = client.post(reverse("waitlist:accept", args=[offer.public_id]))
    assert answer.url == reverse("checkout:index")
    assert Line.objects.get().booking == Booking.objects.get()
    assert client.get(answer.url).status_code == 200
    assert "去付款" in client.get(reverse("waitlist:entry", args=[offer.entry.public_id])).content.decode()


def test_no_says_that_the_place_is_kept(client, parent, soon):
    make_entry(service=soon, joined_by=parent)
    [offer] = offer_times()
    answer = client.post(reverse("waitlist:decline", args=[offer.public_id]), follow=True)
    assert "位置不变" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.DECLINED
    again = client.post(reverse("waitlist:accept", args=[offer.public_id]), follow=True)
    assert "没有在保留" in again.content.decode()


def test_pause_go_on_and_leave(client, parent, service, taken):
    entry = make_entry(service=service, joined_by=parent)
    for act, state in (("pause", EntryState.PAUSED), ("resume", EntryState.WAITING), ("leave", EntryState.LEFT)):
        answer = client.post(reverse(f"waitlist:{act}", args=[entry.public_id]), follow=True)
        assert answer.status_code == 200
        entry.refresh_from_db()
        assert entry.state == state
    assert "已经结束" in client.post(reverse("waitlist:pause", args=[entry.public_id]), follow=True).content.decode()


def test_an_offer_that_lapsed_is_shown_as_waiting_before_anybody_tidies(client, parent, service):
    entry = make_entry(service=service, joined_by=parent)
    offer = make_offer(entry)
    type(offer).objects.filter(pk=offer.pk).update(
        offered_at=timezone.now() - timedelta(hours=3), expires_at=timezone.now() - timedelta(hours=1)
    )
    page = client.get(reverse("waitlist:entry", args=[entry.public_id])).content.decode()
    assert "要这个时间" not in page and "候补中" in page


def test_who_should_have_been_seen_finds_help_and_other_ways(client, parent, service, taken):
    entry = make_entry(service=service, joined_by=parent, unmet_at=timezone.now())
    page = client.get(reverse("waitlist:entry", args=[entry.public_id])).content.decode()
    assert reverse("crisis") in page and "看看别的咨询师" in page


@pytest.mark.parametrize("act", ["entry", "pause", "resume", "leave"])
def test_somebody_elses_place_does_not_exist(client, service, act):
    entry = make_entry(service=service)
    url = reverse(f"waitlist:{act}", args=[entry.public_id])
    assert (client.get(url) if act == "entry" else client.post(url)).status_code == 404
    entry.refresh_from_db()
    assert entry.state == EntryState.WAITING


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_somebody_elses_offer_does_not_exist(client, service, act):
    offer = make_offer(make_entry(service=service))
    assert client.post(reverse(f"waitlist:{act}", args=[offer.public_id])).status_code == 404
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN


def test_what_a_young_person_waits_for_is_not_their_guardians(service):
    guardian = make_parent(children=0)
    teen = make_teen(guardian)
    entry = make_entry(service=service, joined_by=teen, children=[teen.young_profile])
    assert signed_in(guardian).get(reverse("waitlist:entry", args=[entry.public_id])).status_code == 404
    assert service.product.title not in signed_in(guardian).get(reverse("waitlist:mine")).content.decode()


def test_a_young_person_sees_what_a_guardian_waits_for_and_the_guardian_decides(service):
    guardian = make_parent(children=0)
    teen = make_teen(guardian)
    entry = make_entry(service=service, joined_by=guardian, children=[teen.young_profile])
    offer = make_offer(entry)
    page = signed_in(teen).get(reverse("waitlist:entry", args=[entry.public_id])).content.decode()
    assert "由加入候补的家长决定" in page and "要这个时间" not in page
    assert signed_in(teen).post(reverse("waitlist:accept", args=[offer.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["waitlist:mine", "waitlist:join"])
def test_nobody_waits_without_an_account(client, soon, name):
    args = [soon.pk] if name == "waitlist:join" else []
    assert "/accounts/login/" in Client().get(reverse(name, args=args)).url


def test_one_waits_for_the_provider_one_looked_at(client, parent):
    one, other = short_week(), short_week()
    service = one_hour(one, other, horizon_days=28)
    page = client.get(reverse("waitlist:join", args=[service.pk]) + f"?provider={other.public_id}").content.decode()
    assert other.name in page
    client.post(reverse("waitlist:join", args=[service.pk]), wishes(parent, provider=str(other.public_id)))
    assert WaitlistEntry.objects.get().provider == other


def test_what_is_not_on_sale_has_no_list(client, soon):
    type(soon.product).objects.update(is_public=False)
    assert client.get(reverse("waitlist:join", args=[soon.pk])).status_code == 404


def test_the_list_costs_the_same_however_much_one_waits_for(client, parent):
    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("waitlist:mine")).status_code == 200
        return len(found)

    def wait():
        entry = make_entry(service=one_hour(), joined_by=parent, children=[make_child(parent)])
        make_offer(entry, starts_at=TEN)
        make_entry(service=one_hour(), joined_by=parent, state=EntryState.LEFT)
        make_entry(service=one_hour(), joined_by=parent)

    wait()
    cost()
    one = cost()
    wait()
    wait()
    assert cost() == one


def test_an_empty_list_says_what_to_do(client):
    assert "没有在候补" in client.get(reverse("waitlist:mine")).content.decode()


def test_a_time_that_is_kept_is_shown_once_and_among_bookings_when_it_was_taken(client, parent):
    offer = make_offer(make_entry(service=one_hour(), joined_by=parent), starts_at=TEN)
    [booking] = [place.booking for place in offer.places.all()]
    address = reverse("bookings:detail", args=[booking.public_id])

    def shown():
        return client.get(reverse("bookings:list")).content.decode()

    assert address not in shown() and reverse("waitlist:entry", args=[offer.entry.public_id]) in shown()
    client.post(reverse("waitlist:accept", args=[offer.public_id]))
    assert address in shown()
