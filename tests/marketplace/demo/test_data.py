"""What the demo says, read without a database."""

import re
from collections import Counter
from pathlib import Path

import pytest

from catalog.catalogue.enums import ProductKind
from marketplace.demo.data.everything import COURSES, ITEMS, ORGANISATIONS, PEOPLE, SESSIONS
from marketplace.demo.data.shapes import Course, Goods, Group, Item, Organisation, Person
from marketplace.demo.services.products import kind_of

ROOT = Path(__file__).resolve().parents[3]
DRAWINGS = ROOT / "catalog" / "browse" / "static" / "illustrations"
CLINICAL_WORDS = re.compile("治疗|诊断|治愈|疗愈|痊愈|康复率")
EFFECT_FIGURES = re.compile(r"\d+\s*[%％]|百分之|有效率|成功率|好评率|疗效")
REAL_REGISTERS = re.compile("注册心理师|中国心理学会|国家二级|国家三级|人社部|卫健委|备案号|执业证")
PRESSURE = re.compile("最后机会|马上抢|错过|仅剩|限时|倒计时")


def said_by(thing: Item | Person | Organisation) -> str:
    return repr(thing)


def test_sizes() -> None:
    kinds = Counter(kind_of(item) for item in ITEMS)
    assert (len(ORGANISATIONS), len(PEOPLE), len(ITEMS)) == (6, 24, 61)
    assert kinds == {
        ProductKind.SESSION: 34,
        ProductKind.GROUP: 6,
        ProductKind.ASSESSMENT: 5,
        ProductKind.COURSE: 8,
        ProductKind.GOODS: 7,
        ProductKind.PACKAGE: 1,
    }
    assert {organisation.organisation_type for organisation in ORGANISATIONS} == {
        "clinic", "hospital", "school", "community", "maker",
    }  # fmt: skip


@pytest.mark.parametrize("things", [ORGANISATIONS, PEOPLE, ITEMS])
def test_keys_are_natural_keys(things: tuple[Item | Person | Organisation, ...]) -> None:
    assert len({thing.key for thing in things}) == len(things)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_people_are_distinct_and_marked_as_examples(person: Person) -> None:
    assert 80 <= len(person.biography) <= 160
    assert "示例" in person.credential
    assert not REAL_REGISTERS.search(said_by(person))
    assert 1 <= person.tone <= 6
    assert person.hours and person.needs and person.approaches and person.languages
    assert sum(other.biography[:12] == person.biography[:12] for other in PEOPLE) == 1


def test_organisations_claim_no_register() -> None:
    for organisation in ORGANISATIONS:
        assert "示例" in organisation.license_note
        assert organisation.places


@pytest.mark.parametrize("thing", [*ORGANISATIONS, *PEOPLE, *ITEMS], ids=lambda thing: thing.key)
def test_wording(thing: Item | Person | Organisation) -> None:
    text = said_by(thing)
    organisation = thing.key if isinstance(thing, Organisation) else thing.organisation
    if organisation != "children-hospital":
        assert not CLINICAL_WORDS.search(text)
    assert not EFFECT_FIGURES.search(text)
    assert not PRESSURE.search(text)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_every_product_fills_a_page(item: Item) -> None:
    assert 3 <= len(item.steps) <= 5
    assert len(item.description) >= 40
    assert 10 <= len(item.summary) <= 160
    assert item.ages[0] < item.ages[1]
    sessions = getattr(item, "sessions", 1)
    assert 2_000 <= item.price_fen // sessions <= 68_000
    assert (DRAWINGS / f"{item.illustration}.svg").is_file()


def test_sessions_are_given_by_people_of_the_house() -> None:
    houses = {person.key: person.organisation for person in PEOPLE}
    for session in SESSIONS:
        assert session.people
        assert {houses[key] for key in session.people} == {session.organisation}
        assert session.place or session.modes == ("phone",)
    assert sum(len(session.people) > 1 for session in SESSIONS) >= 4
    assert {key for session in SESSIONS for key in session.people} == set(houses)


def test_groups_have_seats_and_a_leader() -> None:
    for group in (session for session in SESSIONS if isinstance(session, Group)):
        assert group.seats >= 6
        assert len(group.people) == 1


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.key)
def test_courses_have_real_lessons(course: Course) -> None:
    assert 4 <= len(course.lessons) <= 8
    for lesson in course.lessons:
        assert 80 <= len(lesson.body) <= 250


def test_what_is_electronic_says_which_data_it_collects() -> None:
    toys = [item for item in ITEMS if isinstance(item, Goods) and "companions" in item.shelves]
    assert len(toys) >= 3
    for toy in toys:
        assert toy.is_electronic
    for item in (toy for toy in toys if toy.key != "breathing-pebble"):
        assert all(word in item.data_collected for word in ("收集", "存在哪里", "发给谁", "怎么删除"))
        assert "岁" in item.summary


def test_drawings_carry_nothing_but_shapes() -> None:
    for drawing in DRAWINGS.glob("*.svg"):
        text = drawing.read_text("utf-8")
        assert 'viewBox="0 0 400 300"' in text
        assert not re.search("<script|<style|style=|href|<image|<text|url\\(", text)
