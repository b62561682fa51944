"""One page of all desks: what a colleague finds there, what is counted, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.order.models import OrderQuestion
from marketplace.accounts.duty.desks import all_desks
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift
from partners.backoffice.selectors import overview
from tests.catalog.order import placed
from tests.catalog.queries import queries_of
from tests.factories import make_course, make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db
HOME = "/backoffice/"


def asked(ago: timedelta = timedelta(hours=3)) -> OrderQuestion:
    parent = make_parent()
    order = placed.order_of(parent, make_course())
    return OrderQuestion.objects.create(
        order=order, asked_by=parent, body="可以改成电话吗？", asked_at=timezone.now() - ago
    )


def queues(user) -> dict[str, int | None]:
    places = [place for _group, places in overview(user).groups for place in places]
    return {place.desk.url_name: place.queue.count if place.queue else None for place in places}


def test_what_waits_is_counted_with_the_age_of_the_oldest():
    asked(timedelta(hours=1))
    asked(timedelta(hours=26))
    text = signed_in(make_staff(duties=[Duty.SUPPORT])).get(HOME).content.decode()

    assert "订单问题" in text and "最早的等了 1" in text
    assert ">2<span" in text
    assert "可以改成电话吗" not in text


def test_only_ones_own_desks_are_shown():
    found = queues(make_staff(duties=[Duty.SUPPORT]))

    assert "backoffice:questions" in found and "backoffice:shifts" in found
    assert not {"finance:home", "concerns:desk", "complaints:queue", "admin:index", "backoffice:people"} & set(found)


def test_off_duty_a_desk_is_named_but_neither_opened_nor_counted():
    staff = make_staff(duties=[])
    staff.duties = [Duty.SUPPORT]
    staff.save()
    DutyShift.objects.create(
        user=staff,
        duty=Duty.SUPPORT,
        begins_at=timezone.now() + timedelta(hours=5),
        ends_at=timezone.now() + timedelta(hours=9),
    )
    asked()
    text = signed_in(staff).get(HOME).content.decode()

    assert queues(staff)["backoffice:questions"] is None
    assert "值班时打开" in text and "下一个班次" in text
    assert f'class="card card--pad desk" href="{reverse("backoffice:questions")}"' not in text


def test_every_link_on_the_page_opens():
    staff = make_staff(is_superuser=True)
    browser = signed_in(staff)
    places = [place for _group, places in overview(staff).groups for place in places]

    assert len(places) == len(all_desks())
    shut = {place.desk.href for place in places if browser.get(place.desk.href).status_code != 200}
    assert not shut


def test_three_things_waiting_cost_as_much_as_one():
    staff = make_staff(is_superuser=True)
    browser = signed_in(staff)
    asked()
    browser.get(HOME)
    one = queries_of(lambda: browser.get(HOME))
    asked()
    asked()

    assert queries_of(lambda: browser.get(HOME)) == one


def test_signing_in_leads_here_and_strangers_find_nothing():
    assert signed_in(make_parent()).get(HOME).status_code == 404
    assert signed_in(make_staff(), second_step=False).get(HOME).status_code == 302
