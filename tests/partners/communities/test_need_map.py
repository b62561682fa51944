"""The map of needs says where children look for what, and gives nobody away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.core.suppression import suppressed
from partners.communities.need_map import first_cells, last_month, need_map
from tests.factories import (
    make_booking,
    make_category,
    make_parent,
    make_provider,
    make_service,
    shanghai,
    signed_in,
)
from tests.factories.communities import make_community, make_member

TODAY = date(2026, 3, 9)
IN_FEBRUARY = shanghai(date(2026, 2, 10), 12)


def test_the_month_before_is_a_whole_one():
    assert last_month(TODAY) == (date(2026, 2, 1), date(2026, 3, 1))
    assert last_month(date(2026, 1, 31)) == (date(2025, 12, 1), date(2026, 1, 1))


def test_a_child_counts_once_where_they_came_first():
    later = IN_FEBRUARY + timedelta(days=1)
    seen = [(1, later, "湖滨区", "sleep"), (1, IN_FEBRUARY, "南门区", "exams"), (2, later, "湖滨区", "sleep")]
    assert first_cells(seen) == {("南门区", "exams"): 1, ("湖滨区", "sleep"): 1}


def seen(number, district, need, *, start=0):
    return [(start + child, IN_FEBRUARY, district, need) for child in range(number)]


def test_a_small_count_is_not_found_by_taking_one_number_from_another():
    """Nine in one cell: neither its row nor its column may leave a difference of nine."""
    rows = [
        *seen(30, "湖滨区", "exams"),
        *seen(9, "湖滨区", "sleep", start=100),
        *seen(25, "南门区", "exams", start=200),
        *seen(40, "南门区", "sleep", start=300),
    ]
    table = suppressed(first_cells(rows))
    assert table.cells["湖滨区", "sleep"] is None
    row, column = table.row_totals["湖滨区"], table.column_totals["sleep"]
    assert row is None or table.cells["湖滨区", "exams"] is None
    assert column is None or table.cells["南门区", "sleep"] is None


@pytest.fixture
def service(db):
    provider = make_provider()
    provider.partner.district = "湖滨区"
    provider.partner.save()
    service = make_service(provider)
    service.product.needs.set([make_category(slug="sleep")])
    return service


def book(service, number):
    for day in range(number):
        parent = make_parent()
        starts_at = timezone.now().replace(minute=0) + timedelta(days=5 + day)
        booking = make_booking(service=service, child=parent.children.get(), booked_by=parent, starts_at=starts_at)
        Booking.objects.filter(pk=booking.pk).update(created_at=IN_FEBRUARY)


def test_nine_children_are_hidden_and_ten_are_shown(service):
    book(service, 9)
    assert need_map(TODAY).cells["湖滨区", "sleep"] is None
    book_one_more(service)
    assert need_map(TODAY).cells["湖滨区", "sleep"] == 10


def book_one_more(service):
    parent = make_parent()
    booking = make_booking(
        service=service,
        child=parent.children.get(),
        booked_by=parent,
        starts_at=timezone.now().replace(minute=0) + timedelta(days=40),
    )
    Booking.objects.filter(pk=booking.pk).update(created_at=IN_FEBRUARY)


def test_what_happens_this_month_changes_nothing_shown(service):
    book(service, 10)
    before = need_map(TODAY)
    parent = make_parent()
    booking = make_booking(
        service=service,
        child=parent.children.get(),
        booked_by=parent,
        starts_at=timezone.now().replace(minute=0) + timedelta(days=50),
    )
    Booking.objects.filter(pk=booking.pk).update(created_at=shanghai(date(2026, 3, 2), 9))
    assert need_map(TODAY) == before


def test_a_manager_sees_the_page(db):
    client = signed_in(make_member(make_community()))
    assert client.get(reverse("communities:needs")).status_code == 200
