"""Bills of the family: what others paid for a young person, as far as age and sharing let one see."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.consent.enums import DataItem
from marketplace.core.audit.models import AuditEvent
from marketplace.families.models import Guardianship
from tests.catalog.order.placed import free_start, order_of, pay, place, put_session
from tests.factories import make_child, make_partner, make_provider, make_service, make_user, signed_in

pytestmark = pytest.mark.django_db

TITLE, PERSON, PLACE = "给考试睡不着的你", "周医生", "青禾示例机构"


@pytest.fixture
def mother():
    return make_user(nickname="林女士")


@pytest.fixture
def father():
    return make_user(nickname="何先生")


@pytest.fixture
def service():
    provider = make_provider(partner=make_partner(name=PLACE), name=PERSON)
    return make_service(provider, product={"title": TITLE}, price_fen=36_000)


def paid_for(mother, father, service, age):
    """A child of this age, with an account and two guardians, and an order the mother paid for it."""
    born_on = date(timezone.localdate().year - age, 1, 1)
    child = make_child(mother, nickname="小禾", born_on=born_on, account=make_user(role=Role.TEEN))
    Guardianship.objects.create(guardian=father, child=child)
    order = order_of(mother, service)
    pay(order)
    return child, order


def page_of(user):
    return signed_in(user).get("/orders/?tab=family").content.decode()


def test_below_fourteen_the_other_guardian_sees_what_it_was(mother, father, service):
    paid_for(mother, father, service, 13)
    page = page_of(father)
    assert TITLE in page and "¥360" in page


@pytest.mark.parametrize("age", [14, 15])
def test_from_fourteen_when_where_and_how_much(mother, father, service, age):
    paid_for(mother, father, service, age)
    page = page_of(father)
    assert PLACE in page and "¥360" in page
    assert TITLE not in page and PERSON not in page


@pytest.mark.parametrize("age", [16, 17, 18])
def test_from_sixteen_nothing_unasked(mother, father, service, age):
    if age == 18:
        child, _ = paid_for(mother, father, service, 17)
        type(child).objects.filter(pk=child.pk).update(born_on=date(timezone.localdate().year - 18, 1, 1))
    else:
        paid_for(mother, father, service, age)
    assert "¥360" not in page_of(father)
    assert "家人付的" not in signed_in(father).get("/orders/").content.decode()


def test_the_young_person_sees_their_own_bills(mother, father, service):
    child, _ = paid_for(mother, father, service, 15)
    page = page_of(child.account)
    assert TITLE in page and "¥360" in page


def test_who_paid_sees_the_order_and_no_bill_beside_it(mother, father, service):
    _, order = paid_for(mother, father, service, 15)
    client = signed_in(mother)
    assert TITLE in client.get(f"/orders/{order.public_id}/").content.decode()
    assert "家人付的" not in client.get("/orders/").content.decode()


@pytest.mark.parametrize("who", ["father", "teen", "stranger"])
def test_the_order_itself_is_the_buyers(mother, father, service, who):
    child, order = paid_for(mother, father, service, 13)
    user = {"father": father, "teen": child.account, "stranger": make_user()}[who]
    client = signed_in(user)
    for tail in ("", "cancel/"):
        assert client.get(f"/orders/{order.public_id}/{tail}").status_code == 404
    assert client.get(f"/orders/bookings/{order.lines.get().booking.public_id}/cancel/").status_code == 404


def test_a_stranger_sees_no_bills(mother, father, service):
    paid_for(mother, father, service, 13)
    page = page_of(make_user())
    assert "¥360" not in page and TITLE not in page


def test_a_look_at_bills_is_written_down(mother, father, service):
    child, order = paid_for(mother, father, service, 15)
    page_of(father)
    event = AuditEvent.objects.get(subject_id=child.public_id)
    assert (event.actor_id, event.items) == (father.public_id, [DataItem.BILL])
    assert event.records == [order.lines.get().booking.public_id]


def test_many_bills_cost_no_more_queries(mother, father, service):
    paid_for(mother, father, service, 15)
    client = signed_in(father)
    client.get("/orders/?tab=family")
    with CaptureQueriesContext(connection) as one:
        client.get("/orders/?tab=family")
    for hour in (12, 14, 16):
        put_session(mother, service, starts_at=free_start(hour=hour))
        pay(place(mother))
    with CaptureQueriesContext(connection) as many:
        assert client.get("/orders/?tab=family").content.decode().count("<article") == 4
    assert len(many) == len(one)
