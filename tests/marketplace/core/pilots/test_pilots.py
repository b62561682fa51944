"""A pilot is on where and while it was opened, and off everywhere else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from marketplace.core.pilots.models import Pilot
from marketplace.core.pilots.selectors import is_open
from marketplace.core.pilots.services import open_pilot, stop_pilot

pytestmark = pytest.mark.django_db


def pilot(**changes):
    given = {
        "slug": "vr-relaxation",
        "title": "虚拟现实放松练习",
        "purpose": "看看一起练习会不会更容易坚持",
        "districts": ["洪山区"],
        "evaluated_by": "一所大学",
        "begins_on": date(2026, 11, 1),
        "ends_on": date(2026, 11, 30),
    }
    return open_pilot(**(given | changes))


def test_it_is_on_in_its_district_and_off_elsewhere():
    pilot()
    assert is_open("vr-relaxation", "洪山区", date(2026, 11, 30))
    assert not is_open("vr-relaxation", "武昌区", date(2026, 11, 30))
    assert not is_open("vr-relaxation", "", date(2026, 11, 30))
    assert not is_open("another", "洪山区", date(2026, 11, 30))


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2026, 12, 1)])
def test_it_ends_by_itself(day):
    pilot()
    assert not is_open("vr-relaxation", "洪山区", day)


def test_it_is_stopped_for_everybody():
    stop_pilot(pilot())
    assert not is_open("vr-relaxation", "洪山区", date(2026, 11, 15))


def test_opening_it_again_changes_nothing():
    assert pilot() == pilot(title="别的")
    assert Pilot.objects.count() == 1


@pytest.mark.parametrize("fault", [{"districts": []}, {"evaluated_by": ""}, {"ends_on": date(2026, 10, 1)}])
def test_it_has_a_place_an_end_and_somebody_who_judges_it(fault):
    with pytest.raises(IntegrityError), transaction.atomic():
        pilot(**fault)
