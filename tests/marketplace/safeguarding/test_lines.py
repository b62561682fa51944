"""The lines by place: only numbers that hold in the whole country, each with where it is announced."""

import re
from datetime import date

from django.urls import reverse

from marketplace.safeguarding.hotlines import ALL_LINES, HOTLINES
from marketplace.safeguarding.places import provinces


def test_only_public_numbers_of_the_whole_country_are_listed():
    assert {line.number for line in ALL_LINES} == {"12356", "110", "120", "12355", "12338", "12345"}
    assert HOTLINES[0].number == "12356"


def test_every_line_says_its_hours_its_source_and_when_it_was_checked():
    for line in ALL_LINES:
        assert line.hours and line.source and line.checked_on >= date(2026, 11, 1)


def test_places_are_all_provinces_of_the_mainland_with_codes_of_the_plan():
    names = [province.name for province in provinces()]
    assert len(names) == len(set(names)) == 31
    cities = [city for province in provinces() for city in province.cities]
    assert len(cities) > 300
    for city in cities:
        assert city.name and re.fullmatch(r"0(10|2\d|[3-9]\d{2})", city.code), city


def test_codes_of_different_provinces_differ():
    seen: dict[str, str] = {}
    for province in provinces():
        for city in province.cities:
            assert seen.setdefault(city.code, province.name) == province.name, city


def test_a_text_to_the_police_goes_to_the_place():
    codes = {city.name: city for province in provinces() for city in province.cities}
    sent = {name: codes[name].text_to_police for name in ("北京", "上海", "广州", "深圳", "南宁")}
    assert sent == {"北京": "12110010", "上海": "12110021", "广州": "12110020", "深圳": "12110755", "南宁": "12110771"}


def test_anybody_reads_the_page_and_nothing_asks_for_the_place(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(reverse("hotlines"))
    page = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert all(f'href="tel:{line.number}"' in page for line in ALL_LINES)
    assert "12110755" in page and not client.cookies
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_the_crisis_page_leads_there(client, db):
    page = client.get(reverse("crisis")).content.decode()
    assert reverse("hotlines") in page and reverse("reports:new") in page
