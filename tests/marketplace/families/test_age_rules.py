"""The age rules at each birthday: the day before, the day, the day after; midnight in Shanghai; 29 February."""

from dataclasses import astuple
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from marketplace.consent.enums import DataItem
from marketplace.families.age_rules import (
    CHANGES_AT,
    NIGHT,
    AccountRule,
    CommunityRule,
    CompanionRule,
    birthday,
    next_change,
    rules_at,
    rules_on,
)
from marketplace.families.models import Child

BORN = date(2010, 11, 22)
ALL_BUT_CONCERNS = set(DataItem.values) - {"concern"}
UNTIL_14 = {"profile", "contact", "booking", "booking_detail", "bill", "plan"}

#: The table by hand, once more: age, account, self-pay (once, month, the most of both), what a guardian sees,
#: companion, community, minutes a day.
TABLE = {
    7: ("parent_only", (0, 0, 0, 0), ALL_BUT_CONCERNS, "off", "off", 60),
    8: ("guardian_consent", (0, 0, 0, 0), UNTIL_14, "guardian_consent", "read_only", 60),
    13: ("guardian_consent", (0, 0, 0, 0), UNTIL_14, "guardian_consent", "read_only", 60),
    14: ("own_with_notice", (0, 0, 5000, 20000), {"profile", "booking", "bill"}, "guardian_consent", "pre_moderated", 60),
    15: ("own_with_notice", (0, 0, 5000, 20000), {"profile", "booking", "bill"}, "guardian_consent", "pre_moderated", 60),
    16: ("own", (10000, 40000, 10000, 40000), {"profile"}, "guardian_consent", "pre_moderated", 120),
    17: ("own", (10000, 40000, 10000, 40000), {"profile"}, "guardian_consent", "pre_moderated", 120),
    18: ("own", (None, None, None, None), set(), "open", "post_moderated", None),
}  # fmt: skip


@pytest.mark.parametrize("age", TABLE)
def test_the_table(age):
    rules = rules_at(age)
    account, self_pay, sees, companion, community, minutes = TABLE[age]
    assert rules.age == age and rules.account == AccountRule(account)
    assert (rules.self_pay_once_fen, rules.self_pay_month_fen, *astuple(rules.self_pay_most)) == self_pay
    assert rules.guardian_sees == sees
    assert rules.companion == CompanionRule(companion) and rules.community == CommunityRule(community)
    assert rules.daily_minutes == minutes
    assert rules.night == (None if age >= 18 else (time(22), time(6)) == NIGHT and NIGHT)
    assert rules.decides_alone == (age >= 14) and rules.is_adult == (age >= 18)


@pytest.mark.parametrize("age", CHANGES_AT)
def test_rules_change_on_the_birthday_and_not_a_day_sooner(age):
    turns = date(BORN.year + age, 11, 22)
    assert rules_on(BORN, turns - timedelta(days=1)) == rules_at(age - 1)
    assert rules_on(BORN, turns) == rules_at(age)
    assert rules_on(BORN, turns + timedelta(days=1)) == rules_at(age)
    assert rules_at(age).account != rules_at(age - 1).account or rules_at(age).community != rules_at(age - 1).community


@pytest.mark.parametrize("age", CHANGES_AT)
def test_who_is_born_on_29_february_turns_older_on_1_march_of_other_years(age):
    born_on = date(2012, 2, 29)
    turns = birthday(born_on, age)
    assert turns == (date(2012 + age, 2, 29) if (2012 + age) % 4 == 0 else date(2012 + age, 3, 1))
    assert rules_on(born_on, turns - timedelta(days=1)).age == age - 1
    assert rules_on(born_on, turns).age == age


@pytest.mark.parametrize(
    ("moment", "age"),
    [
        (datetime(2024, 11, 21, 15, 59, 59, tzinfo=UTC), 13),  # 23:59:59 in Shanghai
        (datetime(2024, 11, 21, 16, 0, 0, tzinfo=UTC), 14),  # the birthday begins in Shanghai, not yet in London
        (datetime(2024, 11, 21, 23, 59, 59, tzinfo=UTC), 14),
        (datetime(2024, 11, 22, 0, 0, 0, tzinfo=UTC), 14),
    ],
)
def test_the_day_is_shanghais(monkeypatch, moment, age):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    child = Child(nickname="小禾", born_on=BORN)
    assert child.age == age and child.rules == rules_at(age)


def test_a_birth_date_to_come_has_the_rules_of_a_newborn():
    assert rules_on(date(2026, 12, 1), date(2026, 11, 22)) == rules_at(0)


@pytest.mark.parametrize(
    ("day", "change"),
    [
        (date(2010, 11, 22), date(2018, 11, 22)),
        (date(2018, 11, 21), date(2018, 11, 22)),
        (date(2018, 11, 22), date(2024, 11, 22)),
        (date(2025, 1, 1), date(2026, 11, 22)),
        (date(2028, 11, 21), date(2028, 11, 22)),
        (date(2028, 11, 22), None),
        (date(2050, 1, 1), None),
    ],
)
def test_the_next_change(day, change):
    assert next_change(BORN, day) == change


def test_a_guardian_never_sees_more_with_age():
    seen = [rules_at(age).guardian_sees for age in range(20)]
    assert all(later <= earlier for earlier, later in zip(seen, seen[1:], strict=False))


def test_what_a_guardian_sees_are_items_that_there_are():
    assert all(rules_at(age).guardian_sees <= set(DataItem.values) for age in range(20))
    assert not any("concern" in rules_at(age).guardian_sees for age in range(20))


def test_a_guardian_may_never_allow_more_money_than_the_law():
    for age in range(18):
        rules = rules_at(age)
        assert rules.self_pay_once_fen <= rules.self_pay_most.once_fen
        assert rules.self_pay_month_fen <= rules.self_pay_most.month_fen
