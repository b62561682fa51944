"""The waiting list in the clinic portal: order, reasons, bands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.waitlist.enums import NeedBand
from tests.factories.catalogue import make_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_child, make_parent, make_partner_staff, make_user, signed_in
from tests.factories.scheduling import make_booking
from tests.factories.waitlist import make_entry, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    return make_provider(partner=make_partner(), user=make_user())


@pytest.fixture
def service(provider):
    return make_service(provider)


@pytest.fixture
def manager(provider):
    return signed_in(make_partner_staff(provider.partner))


def waits(service, nickname: str, **fields):
    parent = make_parent(children=0)
    return make_entry(service=service, joined_by=parent, children=[make_child(parent, nickname=nickname)], **fields)


def shown(client) -> list:
    return [row for queue in client.get(reverse("clinics:waiting")).context["queues"] for row in queue.rows]


def test_they_stand_in_the_order_of_serving_and_the_page_says_why(manager, service):
    today = timezone.localdate()
    late, long = waits(service, "晚来", days=1), waits(service, "久等", days=9)
    needy = waits(service, "先来", need_band=NeedBand.FIRST)
    by_a_day = waits(service, "有日子", needed_by=today + timedelta(days=3))

    rows = shown(manager)
    page = manager.get(reverse("clinics:waiting")).content.decode()

    assert [row.row.entry for row in rows] == [needy, by_a_day, long, late]
    assert [row.row.place for row in rows] == [1, 2, 3, 4]
    assert "需要「优先」" in page and "见面；" in page and "9 天" in page


def test_who_never_came_waits_without_a_name_and_who_has_a_booking_with_one(manager, service):
    known, _unknown = waits(service, "小禾"), waits(service, "阿宁")
    make_booking(service=service, child=known.children.get(), booked_by=known.joined_by)

    page = manager.get(reverse("clinics:waiting")).content.decode()

    assert "小禾" in page and "阿宁" not in page and "一个孩子" in page


def test_a_day_gone_by_without_a_time_is_flagged(manager, service):
    entry = waits(service, "小禾", needed_by=timezone.localdate() - timedelta(days=1))
    before = manager.get(reverse("clinics:waiting"))
    make_offer(entry)
    after = manager.get(reverse("clinics:waiting"))

    assert before.context["unmet"] == 1 and "过了日子还没约上" in before.content.decode()
    assert after.context["unmet"] == 0 and after.context["kept"] == 1 and "留到" in after.content.decode()


def test_setting_a_band_changes_the_order(manager, service):
    first, second = waits(service, "久等", days=9), waits(service, "晚来", days=1)
    url = reverse("clinics:set_band", args=[second.public_id])

    manager.post(url, {"band": "2"})
    assert [row.row.entry for row in shown(manager)] == [second, first]
    manager.post(url, {"band": ""})
    assert [row.row.entry for row in shown(manager)] == [first, second]
    second.refresh_from_db()
    assert second.need_band is None


def test_a_practitioner_sees_who_waits_for_them(provider, service):
    colleague = make_provider(partner=provider.partner)
    mine, theirs = waits(service, "小禾"), waits(make_service(colleague), "阿宁")

    assert [row.row.entry for row in shown(signed_in(provider.user))] == [mine]
    answer = signed_in(provider.user).post(reverse("clinics:set_band", args=[theirs.public_id]), {"band": "2"})
    assert answer.status_code == 404


def test_strangers_find_nothing(service):
    entry = waits(service, "小禾")
    other, family = signed_in(make_partner_staff(make_partner())), signed_in(entry.joined_by)

    assert shown(other) == []
    for client in (other, family):
        assert client.post(reverse("clinics:set_band", args=[entry.public_id]), {"band": "2"}).status_code == 404
    assert family.get(reverse("clinics:waiting")).status_code == 404
    entry.refresh_from_db()
    assert entry.need_band is None


def test_nobody_waiting_says_so(manager, provider):
    assert "没有人在候补" in manager.get(reverse("clinics:waiting")).content.decode()


def test_one_family_or_three_cost_the_same_queries(manager, service, django_assert_num_queries):
    make_offer(waits(service, "小一"))
    manager.get(reverse("clinics:waiting"))
    with CaptureQueriesContext(connection) as one:
        manager.get(reverse("clinics:waiting"))
    for name in ("小二", "小三"):
        waits(make_service(service.providers.get()), name)
    with django_assert_num_queries(len(one)):
        manager.get(reverse("clinics:waiting"))
