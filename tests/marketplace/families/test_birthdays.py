"""Birthdays change rules by themselves, at midnight in Shanghai; people are told before, each time once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.core.formatting import SHANGHAI
from marketplace.families import services, tasks
from marketplace.families.age_rules import CHANGES_AT, birthday
from marketplace.families.ages import age_on, latest_birth_of_age
from marketplace.families.enums import EndReason, GuardianshipStatus
from marketplace.families.models import BirthdayNotice, Child, Guardianship
from marketplace.families.selectors import children_of
from marketplace.families.signals import came_of_age
from marketplace.notifications.models import Message
from tests.factories import make_child, make_user

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


@pytest.fixture
def mother():
    return make_user(nickname="林女士")


@pytest.fixture
def teen():
    return make_user(role=Role.TEEN)


@pytest.fixture
def heard():
    """Who came of age, as the signal told."""
    found: list[tuple[int, int]] = []

    def hear(child, age, **_):
        found.append((child.pk, age))

    came_of_age.connect(hear)
    yield found
    came_of_age.disconnect(hear)


def child_born(born_on: date, *guardians, **fields) -> Child:
    return make_child(*guardians, born_on=born_on, created_at=LONG_AGO, **fields)


@pytest.mark.parametrize("age", CHANGES_AT)
def test_both_sides_are_told_a_month_before_days_before_and_on_the_day(mother, teen, heard, age):
    born_on = date(2012, 6, 15)
    child = child_born(born_on, mother, account=teen)
    turns = birthday(born_on, age)
    told = {}
    for days in range(40, -5, -1):
        before = Message.objects.count()
        services.tell_coming_birthdays(now=noon(turns - timedelta(days=days)))
        if Message.objects.count() > before:
            told[days] = set(
                Message.objects.filter(key__startswith="birthday")
                .order_by("-pk")[:4]
                .values_list("recipient", flat=True)
            )
    assert list(told) == [30, 3, 0]
    assert all(people == {mother.pk, teen.pk} for people in told.values())
    assert heard == [(child.pk, age)]


def test_the_words_say_no_name_and_no_age(mother, teen):
    child = child_born(date(2012, 6, 15), mother, account=teen, nickname="小禾")
    services.tell_coming_birthdays(now=noon(birthday(child.born_on, 14) - timedelta(days=30)))
    bodies = list(Message.objects.values_list("body", "subject"))
    assert bodies and not any(word in text for pair in bodies for text in pair for word in ("小禾", "14", "心理"))


def test_it_is_told_once_however_often_the_task_runs(mother):
    child = child_born(date(2012, 6, 15), mother)
    now = noon(birthday(child.born_on, 14) - timedelta(days=30))
    for hours in range(30):
        services.tell_coming_birthdays(now=now + timedelta(hours=hours))
    assert BirthdayNotice.objects.count() == 1


def test_a_clock_that_jumps_tells_the_latest_moment_only(mother, heard):
    child = child_born(date(2012, 6, 15), mother)
    turns = birthday(child.born_on, 14)
    services.tell_coming_birthdays(now=noon(turns - timedelta(days=31)))
    services.tell_coming_birthdays(now=noon(turns + timedelta(days=20)))
    services.tell_coming_birthdays(now=noon(turns - timedelta(days=3)))  # and back again
    assert list(BirthdayNotice.objects.values_list("age", "days_before")) == [(14, 0)]
    assert heard == [(child.pk, 14)]


def test_a_clock_that_jumps_over_months_still_ends_guardianships(mother, teen, heard):
    child = child_born(date(2008, 6, 15), mother, account=teen)
    services.tell_coming_birthdays(now=noon(date(2027, 3, 1)))
    services.tell_coming_birthdays(now=noon(date(2027, 3, 2)))
    row = Guardianship.objects.get(child=child)
    assert (row.status, row.ended_because) == (GuardianshipStatus.ENDED, EndReason.CAME_OF_AGE)
    assert heard == [(child.pk, 18)]


def test_who_was_added_after_the_birthday_hears_nothing_of_it(mother, heard):
    born_on = latest_birth_of_age(14, timezone.localdate()) - timedelta(days=5)
    make_child(mother, born_on=born_on)
    assert services.tell_coming_birthdays() == 0 and heard == []


def test_a_profile_put_away_is_left_alone(mother):
    child = child_born(date(2012, 6, 15), mother, archived_at=timezone.now())
    assert services.tell_coming_birthdays(now=noon(birthday(child.born_on, 14))) == 0


def test_at_eighteen_the_account_is_the_persons_own(mother, teen):
    child = child_born(date(2008, 11, 30), mother, account=teen)
    services.tell_coming_birthdays(now=noon(date(2026, 11, 30)))
    teen.refresh_from_db()
    child.refresh_from_db()
    assert teen.role == Role.FAMILY and child.account == teen
    assert not Guardianship.objects.filter(status=GuardianshipStatus.ACTIVE).exists()


@pytest.mark.parametrize(
    ("moment", "is_child"),
    [
        (datetime(2026, 11, 29, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 29, 16, 0, 0, tzinfo=UTC), False),  # midnight in Shanghai
    ],
)
def test_the_birthday_begins_in_shanghai_without_any_task(mother, monkeypatch, moment, is_child):
    child = child_born(date(2008, 11, 30), mother)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert list(children_of(mother)) == ([child] if is_child else [])


@pytest.mark.parametrize(
    ("day", "is_child"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False), (date(2028, 2, 29), False)]
)
def test_born_on_29_february_one_is_eighteen_on_1_march(mother, monkeypatch, day, is_child):
    child_born(date(2008, 2, 29), mother)
    monkeypatch.setattr(timezone, "now", lambda: noon(day))
    assert children_of(mother).exists() is is_child


def test_born_on_29_february_one_is_told_for_1_march(mother, heard):
    child = child_born(date(2012, 2, 29), mother)
    services.tell_coming_birthdays(now=noon(date(2026, 2, 28)))
    assert heard == []
    services.tell_coming_birthdays(now=noon(date(2026, 3, 1)))
    assert heard == [(child.pk, 14)]


def test_the_limit_of_births_agrees_with_the_age_on_every_day():
    day = date(2023, 1, 1)
    while day < date(2029, 1, 1):
        limit = latest_birth_of_age(18, day)
        assert age_on(limit, day) >= 18 > age_on(limit + timedelta(days=1), day)
        day += timedelta(days=1)


def test_the_task_tells_every_family(mother, monkeypatch):
    first, second = (child_born(date(2012, 6, 15), mother) for _ in range(2))
    turns = noon(birthday(second.born_on, 14) - timedelta(days=30))
    monkeypatch.setattr(timezone, "now", lambda: turns)
    assert tasks.tell_coming_birthdays() == 2
    assert set(BirthdayNotice.objects.values_list("child", flat=True)) == {first.pk, second.pk}
