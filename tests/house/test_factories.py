import pytest

from catalog.scheduling.enums import BookingStatus
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_row_is_valid_as_it_comes() -> None:
    parent = factories.make_parent(children=2)
    category = factories.make_category()
    service = factories.make_service(product={"needs": [category]})
    group = factories.make_group_service()
    date = factories.make_group_occupancy(group, starts_at=factories.shanghai(factories.next_weekday(6), 15))
    rows = [
        parent,
        *parent.children.all(),
        category,
        service,
        service.product,
        group,
        date,
        factories.make_partner(),
        factories.make_provider(needs=[category]),
        factories.make_course(),
        factories.make_goods(stock=3),
        factories.make_booking(service=service, booked_by=parent),
        factories.make_booking(occupancy=date, status=BookingStatus.PENDING),
    ]
    for row in rows:
        row.full_clean()


def test_factories_do_not_collide() -> None:
    assert factories.make_user().phone != factories.make_user().phone
    assert factories.make_goods().stockrecords.get().net_stock_level == 1


def test_signed_in_browser_knows_the_person() -> None:
    parent = factories.make_parent()
    assert factories.signed_in(parent).session["_auth_user_id"] == str(parent.pk)
