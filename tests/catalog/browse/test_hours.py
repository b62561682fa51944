"""Times outside a school day: found where a provider opens them, and taken like any other (SCH-04)."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from catalog.browse.enums import When
from catalog.browse.services import refresh_listings
from catalog.scheduling.models import Booking
from marketplace.core.formatting import SHANGHAI
from tests.factories import make_parent, make_provider, make_service, signed_in

pytestmark = pytest.mark.django_db
EVERY_DAY = range(7)


def open_between(name: str, begin: time, end: time):
    return make_service(make_provider(name=name, weekly=[(day, begin, end) for day in EVERY_DAY]))


@pytest.fixture
def shop():
    """Somebody before school, somebody in school hours, somebody in the evening."""
    made = {
        "early": open_between("早班老师", time(6, 30), time(8, 30)),
        "day": open_between("白班老师", time(9), time(16)),
        "late": open_between("晚班老师", time(18), time(21)),
    }
    refresh_listings()
    return made


def names(client, query: str) -> set[str]:
    html = client.get(f"/services/{query}").content.decode()
    return {name for name in ("早班老师", "白班老师", "晚班老师") if name in html}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?when=before_school", {"早班老师"}),
        ("?when=after_school", {"晚班老师"}),
        ("?when=before_school&when=after_school", {"早班老师", "晚班老师"}),
        ("?when=weekend&when=before_school", {"早班老师"}),
        ("", {"早班老师", "白班老师", "晚班老师"}),
    ],
)
def test_hours_add_up_and_narrow_the_days(client, shop, query, found):
    assert names(client, query) == found


def test_cards_show_times_in_these_hours_only(client, shop):
    html = client.get("/services/?when=before_school").content.decode()
    card = html[html.index("<article") : html.index("</article>")]
    starts = [part.split("<")[0] for part in card.split('rel="nofollow">')[1:]]
    assert starts and all(start < "08:00" for start in starts), starts


def test_each_box_says_how_many_it_leaves(client, shop):
    html = client.get("/services/?when=after_school").content.decode()
    for value in (When.BEFORE_SCHOOL, When.AFTER_SCHOOL):
        box = html[html.index(f'id="f-when-{value}"') :][:400]
        assert ">1<" in box, box


def test_an_early_time_is_held_like_any_other(shop):
    parent = make_parent()
    day = timezone.localdate() + timedelta(days=3)
    start = datetime.combine(day, time(7), SHANGHAI)
    client = signed_in(parent)
    address = f"/basket/choose/?service={shop['early'].pk}&start={start:%Y-%m-%dT%H:%M}%2B08:00"
    child = parent.children.get()
    answer = client.post(address, {"child": str(child.public_id), "mode": shop["early"].modes[0]})
    assert answer.status_code == 302
    assert timezone.localtime(Booking.objects.get().occupancy.starts_at).hour == 7
