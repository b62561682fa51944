"""现在想找人聊聊: lines that answer and the next free times, for anybody; never a dead end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.browse.services import refresh_listings
from catalog.scheduling.enums import Mode
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift
from tests.factories import make_provider, make_service, make_user

pytestmark = pytest.mark.django_db
PAGE = "/help/talk/"


def test_with_nobody_free_there_are_still_the_lines_and_a_way_on(client):
    shown = client.get(PAGE).content.decode()
    assert 'href="tel:12356"' in shown and "现在没有空的时间" in shown
    assert "/help/now/" in shown and "/services/" in shown and "现在不在岗" in shown


def test_the_next_free_time_without_a_journey_leads_to_its_booking(client):
    far = make_service(make_provider(), modes=[Mode.IN_PERSON])
    near = make_service(make_provider(), modes=[Mode.IN_PERSON, Mode.VIDEO])
    refresh_listings()
    shown = client.get(PAGE).content.decode()
    assert near.product.title in shown and f"/basket/choose/?service={near.pk}" in shown
    assert far.product.title not in shown


def test_many_services_take_as_many_queries_as_one(client):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            make_service(make_provider(), modes=[Mode.VIDEO])
        refresh_listings()
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_says_who_is_on_duty_and_when_the_next_shift_begins(client):
    now = timezone.now()
    person = make_user(role="staff", duties=[str(Duty.SAFETY)])
    shift = DutyShift.objects.create(
        user=person, duty=Duty.SAFETY, begins_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=4)
    )
    assert "下一班" in client.get(PAGE).content.decode()
    shift.begins_at = now - timedelta(hours=1)
    shift.save()
    assert "现在在岗" in client.get(PAGE).content.decode()
