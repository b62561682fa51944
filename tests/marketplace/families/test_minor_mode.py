"""Minor mode: minutes of young accounts, nights, the calm page; help always open, grown-ups untouched. Clocks jump."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from marketplace.families import services
from marketplace.families.age_rules import rules_at
from marketplace.families.errors import BeyondTheRules, NotYourChild
from marketplace.families.minor_mode import Limits, Standing, counted, limits_for
from marketplace.families.models import GuardianLimits, ScreenTime
from marketplace.families.selectors import day_of, self_pay_of
from marketplace.notifications.models import Message
from tests.factories import make_child, make_parent, make_teen, make_user, signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)  # Wednesday 12:00 in Shanghai
NIGHT = (time(22), time(6))


class Clock:
    def __init__(self, monkeypatch, at=NOON):
        self.at = at
        monkeypatch.setattr(timezone, "now", lambda: self.at)

    def forward(self, **span):
        self.at += timedelta(**span)

    def jump(self, at):
        self.at = at


@pytest.fixture
def clock(monkeypatch, settings):
    settings.MINOR_MODE = settings.MINOR_MODE_NIGHTS = True
    settings.SESSION_COOKIE_AGE = 10**9  # the session does not end where the clock jumps
    return Clock(monkeypatch)


@pytest.fixture
def teen(clock):
    return make_teen(age=15)


def spend(client, clock, minutes):
    """Turn pages for so many minutes, one every two."""
    for _ in range(minutes // 2):
        clock.forward(minutes=2)
        client.get("/me/")


def shanghai_clock(hour, minute=0, day=25):
    return timezone.make_aware(datetime(2026, 11, day, hour, minute))


# --- the pure part -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "minutes"),
    [(30, 10), (60, 11), (119, 11), (299, 14), (300, 15), (301, 10), (3600, 10)],
)
def test_reading_counts_and_absence_does_not(gap, minutes):
    assert counted(minutes=10, last_seen_at=NOON, now=NOON + timedelta(seconds=gap)) == minutes


@pytest.mark.parametrize(
    ("hour", "minute", "is_night"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True), (5, 59, True), (6, 0, False)],
)
def test_night_is_shanghais(hour, minute, is_night):
    standing = Standing(0, Limits(60, NIGHT), shanghai_clock(hour, minute).astimezone(UTC))
    assert standing.is_night == standing.is_over == is_night


@pytest.mark.parametrize(
    ("minutes", "hour", "minute", "back"),
    [
        (60, 15, 0, shanghai_clock(6, day=26)),
        (0, 22, 30, shanghai_clock(6, day=26)),
        (0, 2, 0, shanghai_clock(6)),
        (60, 0, 0, shanghai_clock(6)),
    ],
)
def test_when_one_may_come_back(minutes, hour, minute, back):
    assert Standing(minutes, Limits(60, NIGHT), shanghai_clock(hour, minute)).back_at == back


@pytest.mark.parametrize(
    ("minutes", "hour", "minute", "soon"),
    [
        (49, 12, 0, False),
        (50, 12, 0, True),
        (60, 12, 0, False),
        (0, 21, 49, False),
        (0, 21, 50, True),
        (0, 22, 0, False),
    ],
)
def test_the_last_ten_minutes(minutes, hour, minute, soon):
    assert Standing(minutes, Limits(60, NIGHT), shanghai_clock(hour, minute)).ends_soon == soon


def test_of_two_limits_the_stricter_holds():
    chosen = GuardianLimits(daily_minutes=45, night_from=time(21), night_until=time(7))
    assert limits_for(rules_at(15), chosen) == Limits(45, (time(21), time(7)))
    lax = GuardianLimits(daily_minutes=600, night_from=time(23), night_until=time(5))
    assert limits_for(rules_at(15), lax) == Limits(60, NIGHT)
    assert limits_for(rules_at(18), chosen) == Limits(None, None)


# --- at the door of every page --------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "allowed"), [(13, 60), (15, 60), (16, 120), (17, 120)])
def test_the_day_ends_with_the_minutes_of_the_age(clock, age, allowed):
    client = signed_in(make_teen(age=age))
    assert client.get("/me/").status_code == 200
    spend(client, clock, allowed - 2)
    assert client.get("/me/").status_code == 200
    spend(client, clock, 2)
    assert client.get("/me/")["Location"] == "/family/rest/"
    page = client.get("/family/rest/").content.decode()
    assert "今天先到这里" in page and "明天 06:00" in page and 'href="/help/now/"' in page


def test_a_new_shanghai_day_begins_anew(clock, teen):
    client = signed_in(teen)
    client.get("/me/")
    spend(client, clock, 60)
    assert client.get("/me/").status_code == 302
    clock.jump(shanghai_clock(5, 59, day=26))
    assert client.get("/me/").status_code == 302
    clock.jump(shanghai_clock(6, 0, day=26))
    assert client.get("/me/").status_code == 200
    assert client.get("/family/rest/")["Location"] == "/"


def test_the_day_of_the_18th_birthday_has_no_limits(clock):
    teen = make_teen(born_on=datetime(2008, 11, 26).date())
    client = signed_in(teen)
    clock.jump(shanghai_clock(23, 59))
    assert client.get("/me/").status_code == 302
    clock.jump(shanghai_clock(0, 0, day=26))
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("path", ["/help/now/", "/accounts/logout/", "/family/rest/"])
def test_help_and_the_way_out_are_never_closed(clock, teen, path):
    client = signed_in(teen)
    clock.jump(shanghai_clock(23))
    assert client.get(path).status_code == 200


def test_help_does_not_count(clock, teen):
    client = signed_in(teen)
    for _ in range(40):
        clock.forward(minutes=2)
        client.get("/help/now/")
    assert not ScreenTime.objects.exists()


def test_language_can_be_changed_at_night(clock, teen):
    client = signed_in(teen)
    clock.jump(shanghai_clock(23))
    assert client.post("/display/", {"language": "en"})["Location"] != "/family/rest/"


def test_complaints_are_never_closed(clock, teen):
    from django.urls import NoReverseMatch, reverse

    try:
        path = reverse("complaints:new")
    except NoReverseMatch:
        pytest.skip("no complaints yet")
    clock.jump(shanghai_clock(23))
    assert signed_in(teen).get(path).status_code == 200


def test_what_was_begun_may_be_finished(clock, teen):
    client = signed_in(teen)
    client.get("/me/")
    clock.jump(shanghai_clock(22, 5))
    assert client.post("/accounts/settings/", {"nickname": "小禾"})["Location"] == "/accounts/settings/"
    clock.jump(shanghai_clock(22, 11))
    assert client.post("/accounts/settings/", {"nickname": "小苗"})["Location"] == "/family/rest/"


def test_a_part_of_a_page_is_led_away_as_a_whole(clock, teen):
    clock.jump(shanghai_clock(23))
    response = signed_in(teen).get("/me/", headers={"HX-Request": "true"})
    assert response.status_code == 200 and response["HX-Redirect"] == "/family/rest/"


def test_a_part_that_renews_itself_does_not_count(clock, teen):
    client = signed_in(teen)
    client.get("/me/")
    for _ in range(5):
        clock.forward(minutes=2)
        client.get("/me/", headers={"HX-Request": "true"})
    assert ScreenTime.objects.get().minutes == 0


def test_the_frame_says_it_in_the_last_ten_minutes_only(clock, teen):
    client = signed_in(teen)
    client.get("/me/")
    spend(client, clock, 48)
    assert "frame-note" not in client.get("/me/").content.decode()
    spend(client, clock, 2)
    assert "慢慢收尾就好" in client.get("/me/").content.decode()


def test_at_most_one_write_a_minute(clock, teen, django_assert_num_queries):
    services.note_presence(user=teen, now=NOON)
    with django_assert_num_queries(1):
        services.note_presence(user=teen, now=NOON + timedelta(seconds=59))
    with django_assert_num_queries(2):
        services.note_presence(user=teen, now=NOON + timedelta(seconds=60))
    assert ScreenTime.objects.get().minutes == 1


def test_two_pages_at_once_count_a_minute_once(clock, teen):
    services.note_presence(user=teen, now=NOON)
    day = day_of(teen, now=NOON)
    later = NOON + timedelta(minutes=1)
    services.note_presence(user=teen, now=later)
    ScreenTime.objects.filter(child_id=day.child_id, last_seen_at=NOON).update(minutes=9)
    services.note_presence(user=teen, now=later)
    assert ScreenTime.objects.get().minutes == 1


@pytest.mark.parametrize("make", [make_user, make_parent])
def test_grown_ups_pay_no_query_for_it(clock, settings, make, django_assert_num_queries):
    client = signed_in(make())
    client.get("/me/")
    counts = []
    for is_on in (False, True):
        settings.MINOR_MODE = is_on
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/me/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not ScreenTime.objects.exists()


def test_a_young_account_without_a_profile_is_let_in(clock):
    from marketplace.accounts.enums import Role

    assert signed_in(make_user(role=Role.TEEN)).get("/accounts/settings/").status_code == 200


# --- what a guardian chooses ----------------------------------------------------------------------------------


def choose(guardian, child, **fields):
    return services.set_guardian_limits(guardian=guardian, public_id=child.public_id, **fields)


def test_a_guardian_tightens_and_loosens_inside_the_rules_and_the_teen_is_told(clock):
    mother = make_user()
    teen = make_teen(mother)
    choose(mother, teen.young_profile, daily_minutes=30, night_from=time(21))
    assert day_of(teen, now=NOON).limits == Limits(30, (time(21), time(6)))
    clock.forward(seconds=2)
    choose(mother, teen.young_profile, daily_minutes=60)
    assert day_of(teen, now=NOON).limits == Limits(60, NIGHT)
    assert Message.objects.filter(recipient=teen, subject="使用设置有变化").count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"daily_minutes": 61},
        {"daily_minutes": 0},
        {"night_from": time(22, 30)},
        {"night_from": time(12)},
        {"night_until": time(5)},
        {"night_until": time(12)},
        {"self_pay_once_fen": 5001},
        {"self_pay_month_fen": 20001},
    ],
)
def test_beyond_the_rules_nobody_goes(clock, fields):
    mother = make_user()
    teen = make_teen(mother, age=15)
    with pytest.raises(BeyondTheRules):
        choose(mother, teen.young_profile, **fields)
    assert not GuardianLimits.objects.exists()


def test_only_a_full_guardian_chooses(clock):
    from marketplace.families.enums import GuardianshipScope

    aunt = make_user()
    teen = make_teen(aunt)
    teen.young_profile.guardianships.update(scope=GuardianshipScope.BOOKING)
    for person in (aunt, make_user(), teen):
        with pytest.raises(NotYourChild):
            choose(person, teen.young_profile, daily_minutes=30)


def test_pocket_money_is_the_rule_until_a_guardian_chooses(clock):
    mother = make_user()
    teen = make_teen(mother, age=15)
    child = teen.young_profile
    assert (self_pay_of(child).once_fen, self_pay_of(child).month_fen) == (0, 0)
    choose(mother, child, self_pay_once_fen=2000, self_pay_month_fen=5000)
    child = type(child).objects.get(pk=child.pk)
    assert (self_pay_of(child).once_fen, self_pay_of(child).month_fen) == (2000, 5000)


def test_the_page_offers_only_what_is_allowed(clock):
    mother = make_user()
    child = make_teen(mother, age=15).young_profile
    page = signed_in(mother).get(f"/family/{child.public_id}/limits/").content.decode()
    assert "（60 分钟）" in page and ">45 分钟<" in page and ">75 分钟<" not in page
    assert ">¥50<" in page and ">¥100<" not in page.split("一次")[1].split("</select>")[0]
    response = signed_in(mother).post(
        f"/family/{child.public_id}/limits/", {"daily_minutes": "45", "night_from": "21:00"}
    )
    assert response["Location"] == "/family/"
    assert GuardianLimits.objects.get().daily_minutes == 45


def test_younger_children_have_no_money_of_their_own(clock):
    mother = make_user()
    child = make_teen(mother, age=12).young_profile
    page = signed_in(mother).get(f"/family/{child.public_id}/limits/").content.decode()
    assert "自己一次" not in page and "不能自己付款" in page


@pytest.mark.parametrize("tail", ["limits", "password"])
def test_somebody_elses_child_is_not_found(clock, tail):
    child = make_teen(make_user()).young_profile
    path = f"/family/{child.public_id}/{tail}/"
    for person in (make_user(), make_parent(), make_teen()):
        client = signed_in(person)
        assert client.get(path).status_code == 404
        assert client.post(path, {"daily_minutes": "15"}).status_code in (302, 404)
    assert not GuardianLimits.objects.exists()
    assert make_child  # a profile without an account has no password to help with
    lonely = make_child(mother := make_user())
    assert signed_in(mother).get(f"/family/{lonely.public_id}/password/").status_code == 404
