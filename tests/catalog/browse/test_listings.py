"""Listings are made from the catalogue and from scheduling, and say the same as they do."""

import re
from datetime import date, datetime, time, timedelta

import pytest

from catalog.browse.enums import FacetGroup, PriceBand, Sort, When
from catalog.browse.filters import Filters
from catalog.browse.models import Listing
from catalog.browse.rendering.cards import cards
from catalog.browse.selectors.facets import facet_counts, relaxations
from catalog.browse.selectors.listings import listing_ids, search_listings, weekend_days
from catalog.browse.services import refresh_listings, refresh_stale_listings
from catalog.catalogue.enums import CategoryAxis, ProductKind, SaleState
from catalog.catalogue.models import Category
from catalog.partner.enums import OrganisationType
from catalog.scheduling.enums import Mode
from tests.factories import (
    make_category,
    make_course,
    make_goods,
    make_group_occupancy,
    make_group_service,
    make_partner,
    make_product,
    make_provider,
    make_service,
    shanghai,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
NOON = shanghai(WEDNESDAY, 12)
HOURS = tuple((day, time(9), time(18)) for day in range(7))


def refreshed(*products, now: datetime = NOON) -> list[Listing]:
    ids = [getattr(each, "product_id", None) or each.pk for each in products]
    refresh_listings(product_ids=ids, now=now)
    return [Listing.objects.get(pk=pk) for pk in ids]


def choosing(group: FacetGroup, *values: str, **fields) -> Filters:
    return Filters(**fields).choosing(group, values)


def shown(filters: Filters, today: date = WEDNESDAY) -> list[int]:
    return listing_ids(filters, today=today, offset=0, count=50)


def test_a_session_lists_its_next_free_times():
    service = make_service(minimum_notice_minutes=120)
    [row] = refreshed(service)
    assert row.next_starts[0] == shanghai(WEDNESDAY, 14)
    assert row.next_starts == sorted(row.next_starts)
    assert row.earliest_at == row.next_starts[0]
    assert WEDNESDAY in row.free_on and row.after_school_on[0] == WEDNESDAY
    assert row.stale_at == shanghai(WEDNESDAY, 12)


@pytest.mark.parametrize(
    ("when", "first"),
    [
        ((), shanghai(WEDNESDAY, 14)),
        ((When.TODAY,), shanghai(WEDNESDAY, 14)),
        ((When.AFTER_SCHOOL,), shanghai(WEDNESDAY, 17)),
        ((When.WEEKEND,), shanghai(WEDNESDAY + timedelta(days=3), 9)),
        ((When.WEEKEND, When.AFTER_SCHOOL), shanghai(WEDNESDAY + timedelta(days=3), 17)),
    ],
)
def test_a_card_shows_the_times_that_were_asked_for(when, first):
    [row] = refreshed(make_service(minimum_notice_minutes=120))
    [(_version, html)] = cards([row.pk], now=NOON, when=when).values()
    times = re.findall(r"start=([^&%]+)%2B08:00", html)
    assert times[0] == f"{first:%Y-%m-%dT%H:%M}"
    assert When.AFTER_SCHOOL not in when or min(time[11:] for time in times) >= "17:00"


def test_a_group_lists_the_sessions_with_seats():
    service = make_group_service()
    session = make_group_occupancy(service, starts_at=shanghai(WEDNESDAY + timedelta(days=3), 15), seats=6)
    [row] = refreshed(service)
    assert row.next_starts == [session.starts_at]
    assert row.next_sessions == [session.public_id]


def test_what_is_paused_or_hidden_is_not_listed_and_what_is_coming_is():
    paused = make_course(sale_state=SaleState.PAUSED)
    hidden = make_course(is_public=False)
    coming = make_product(kind=ProductKind.ASSESSMENT, sale_state=SaleState.COMING)
    refreshed(paused, hidden, coming)
    assert shown(Filters()) == [coming.pk]


def test_a_product_is_in_its_categories_and_their_parents_and_in_no_other():
    counselling = Category.objects.get(slug="counselling")
    first_talk = Category.objects.get(slug="first-talk")
    exams, sleep = make_category(slug="exams"), make_category(slug="sleep")
    session = make_service(product={"needs": [exams], "categories": [first_talk]})
    course = make_course(needs=[sleep])
    refreshed(session, course)
    assert shown(Filters(category=exams.pk)) == [session.product_id]
    assert shown(Filters(category=sleep.pk)) == [course.pk]
    assert shown(Filters(category=first_talk.pk)) == shown(Filters(category=counselling.pk)) == [session.product_id]
    assert shown(Filters(category=Category.objects.get(slug="courses").pk)) == [course.pk]


def test_values_of_one_group_add_up_and_groups_narrow_each_other():
    clinic, hospital = make_partner(), make_partner(organisation_type=OrganisationType.HOSPITAL)
    near = make_service(make_provider(partner=clinic), modes=[Mode.IN_PERSON], price_fen=18_000)
    far = make_service(make_provider(partner=clinic), modes=[Mode.PHONE], price_fen=36_000)
    doctor = make_service(make_provider(partner=hospital), modes=[Mode.IN_PERSON], price_fen=12_000)
    refreshed(near, far, doctor)
    in_person = choosing(FacetGroup.MODE, Mode.IN_PERSON)
    assert set(shown(in_person)) == {near.product_id, doctor.product_id}
    assert len(shown(choosing(FacetGroup.MODE, Mode.IN_PERSON, Mode.PHONE))) == 3
    assert shown(in_person.choosing(FacetGroup.ORGANISATION, ["hospital"])) == [doctor.product_id]
    assert shown(choosing(FacetGroup.PRICE, PriceBand.MIDDLE)) == [far.product_id]


def test_counts_say_what_each_choice_would_leave():
    near = make_service(modes=[Mode.IN_PERSON], price_fen=18_000)
    far = make_service(modes=[Mode.PHONE], price_fen=36_000)
    refreshed(near, far)
    counts = facet_counts(choosing(FacetGroup.MODE, Mode.PHONE), today=WEDNESDAY)
    assert counts.total == 1
    assert counts.of(FacetGroup.MODE, Mode.IN_PERSON) == counts.of(FacetGroup.MODE, Mode.PHONE) == 1
    assert counts.of(FacetGroup.PRICE, PriceBand.LOW) == 0
    assert counts.of(FacetGroup.PRICE, PriceBand.MIDDLE) == 1
    assert counts.values(FacetGroup.LANGUAGE) == ["普通话"]


def test_counts_equal_what_the_choice_then_shows():
    make_all = [make_service(weekly) for weekly in (make_provider(weekly=HOURS[:3]), make_provider(weekly=HOURS[5:]))]
    refreshed(*make_all, make_goods())
    for value in When.values:
        filters = choosing(FacetGroup.WHEN, value)
        counts = facet_counts(Filters(), today=WEDNESDAY)
        assert counts.of(FacetGroup.WHEN, value) == len(shown(filters)) == facet_counts(filters, today=WEDNESDAY).total


def test_orders():
    soon = make_service(make_provider(weekly=HOURS), price_fen=50_000)
    late = make_service(make_provider(weekly=HOURS[:1]), price_fen=10_000)
    course = make_course(price_fen=20_000)
    coming = make_product(kind=ProductKind.ASSESSMENT, sale_state=SaleState.COMING, price_fen=30_000)
    refreshed(soon, late, course, coming)
    soon, late, course, coming = soon.product_id, late.product_id, course.pk, coming.pk
    assert shown(Filters()) == [soon, course, late, coming]
    assert shown(Filters(sort=Sort.SOONEST))[:2] == [soon, late]
    assert shown(Filters(sort=Sort.CHEAPEST)) == [late, course, coming, soon]
    assert shown(Filters(sort=Sort.DEAREST)) == [soon, coming, course, late]


def test_age_leaves_what_fits_the_child():
    small, teen = make_course(age_from=6, age_to=9), make_course(age_from=12, age_to=18)
    refreshed(small, teen)
    assert shown(Filters(age=14)) == [teen.pk]
    assert shown(Filters(age=9)) == [small.pk]


@pytest.mark.parametrize(
    ("now", "values", "is_shown"),
    [
        (shanghai(WEDNESDAY, 8), [When.TODAY], True),
        (shanghai(WEDNESDAY, 23, 59), [When.TODAY], False),
        (shanghai(WEDNESDAY + timedelta(days=1), 0, 0), [When.TODAY], True),
        (shanghai(WEDNESDAY, 12), [When.WEEKEND], True),
        (shanghai(WEDNESDAY, 12), [When.AFTER_SCHOOL], True),
        (shanghai(WEDNESDAY, 16), [When.TODAY, When.AFTER_SCHOOL], False),
        (shanghai(WEDNESDAY + timedelta(days=4), 12), [When.WEEKEND], True),
        (shanghai(WEDNESDAY + timedelta(days=4), 20), [When.WEEKEND], False),
    ],
)
def test_days_are_those_of_shanghai(now, values, is_shown):
    """Open from 9 to 18 every day, 50 minutes, two hours' notice: the last start is 17:00."""
    refreshed(make_service(make_provider(weekly=HOURS)), now=now)
    filters = Filters().choosing(FacetGroup.WHEN, values)
    assert bool(shown(filters, today=now.date())) is is_shown


def test_the_weekend_is_what_is_left_of_it():
    saturday = date(2026, 11, 28)
    sunday = saturday + timedelta(days=1)
    assert weekend_days(WEDNESDAY) == weekend_days(saturday) == [saturday, sunday]
    assert weekend_days(sunday) == [sunday]
    assert weekend_days(sunday + timedelta(days=1)) == [saturday + timedelta(days=7), sunday + timedelta(days=7)]


def test_a_passed_time_makes_a_row_stale_and_the_refresh_mends_it():
    service = make_service(minimum_notice_minutes=0)
    [before] = refreshed(service, now=shanghai(WEDNESDAY, 9))
    later = shanghai(WEDNESDAY, 9, 40)
    assert before.next_starts[0] < later
    assert refresh_stale_listings(now=later) == 1
    assert Listing.objects.get().next_starts[0] == shanghai(WEDNESDAY, 10)
    assert refresh_stale_listings(now=later) == 0


def test_a_new_day_and_a_missing_row_are_stale():
    course = make_course()
    assert refresh_stale_listings(now=NOON) == 1
    Listing.objects.update(refreshed_at=NOON + timedelta(days=400))
    assert refresh_stale_listings(now=NOON) == 0
    assert refresh_stale_listings(now=shanghai(WEDNESDAY + timedelta(days=1), 0)) == 1
    assert shown(Filters()) == [course.pk]


def test_a_refresh_is_as_many_queries_for_many_as_for_one(django_assert_max_num_queries):
    services = [make_service(make_provider(weekly=HOURS)) for _ in range(6)]
    with django_assert_max_num_queries(22):
        refreshed_count = refresh_listings(product_ids=[services[0].product_id], now=NOON)
    with django_assert_max_num_queries(22):
        refreshed_count += refresh_listings(product_ids=[service.product_id for service in services[1:]], now=NOON)
    assert refreshed_count == 6


def test_nothing_left_says_what_to_take_back():
    cheap = make_service(modes=[Mode.IN_PERSON], price_fen=18_000)
    refreshed(cheap)
    filters = choosing(FacetGroup.MODE, Mode.PHONE).choosing(FacetGroup.PRICE, [PriceBand.LOW])
    assert shown(filters) == []
    assert relaxations(filters, today=WEDNESDAY) == [(FacetGroup.MODE, "phone", 1)]


class TestSearch:
    def test_a_sentence_finds_the_words_inside_it(self):
        exams = make_category(slug="exams", name="考试与学业压力")
        wanted = make_service(product={"title": "考前心理支持", "needs": [exams]})
        other = make_course(title="睡前放松音频")
        refreshed(wanted, other)
        assert search_listings("快要考试了怎么办") == [wanted.product_id]

    def test_names_of_providers_and_partners_are_found(self):
        provider = make_provider(name="周岚", partner=make_partner(name="青禾心理"))
        service = make_service(provider)
        refreshed(service, make_course())
        assert search_listings("周岚") == search_listings("青禾心理") == [service.product_id]

    def test_all_words_come_first_and_any_word_is_better_than_nothing(self):
        both, one = make_course(title="睡眠与专注"), make_course(title="睡眠小课")
        refreshed(both, one)
        assert search_listings("睡眠 专注") == [both.pk]
        assert search_listings("睡眠 骑马") == [one.pk, both.pk] or set(search_listings("睡眠 骑马")) == {
            one.pk,
            both.pk,
        }

    @pytest.mark.parametrize(
        ("question", "title"), [("考试焦虑", "考试压力小课"), ("睡不着", "睡眠小课"), ("CBT", "认知行为练习")]
    )
    def test_synonyms_find_each_other(self, question, title):
        wanted = make_course(title=title)
        refreshed(wanted, make_course(title="亲子沟通小课"))
        assert search_listings(question) == [wanted.pk]

    def test_new_words_replace_the_old_ones(self):
        course = make_course(title="呼吸练习")
        refreshed(course)
        course.title = "散步日记"
        course.save()
        refreshed(course)
        assert search_listings("呼吸") == []
        assert search_listings("散步") == [course.pk]

    def test_signs_and_quotes_are_no_query_language(self):
        refreshed(make_course(title="呼吸练习"))
        for question in ("'", "呼吸'", "a & !b | (c", "\\", ":*", "？？"):
            search_listings(question)


def test_kind_axis_exists():
    assert Category.objects.filter(axis=CategoryAxis.KIND).exists()
