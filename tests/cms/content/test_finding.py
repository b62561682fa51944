"""Finding items: by words of two characters, by facets with counts, in the reader's language, never by popularity."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cms.content.enums import Kind
from cms.content.models import ItemSave
from cms.content.reading.bands import COOKIE
from cms.content.selectors import item_for_reader, published_items, related_to
from cms.content.selectors.finding import Choice, find_items, items_in_order
from cms.content.selectors.library import read_next
from cms.content.selectors.shelves import items_of, picks_of_the_day, shown_collections
from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need
from tests.factories import make_teen, make_user, signed_in
from tests.factories.library import make_draft
from tests.factories.reading import make_collection, make_course, make_text

pytestmark = pytest.mark.django_db


def _titles(question: str, *values: tuple[str, str]) -> list[str]:
    return [item.title for item in items_in_order(find_items(Choice(question, values)).ids)]


def _text(words: str) -> list[dict[str, object]]:
    return [{"type": "text", "value": f"<p>{words}</p>"}]


@pytest.fixture
def shelf():
    make_text(title="夜里醒着", summary="睡不着的时候。", needs=["sleep"], skills=["mindfulness"])
    make_text(title="考前一晚", summary="明天就考了。", needs=["exams", "sleep"], age_from=15)
    make_text(
        title="爸妈吵架", needs=["home"], audience="child", age_from=8, age_to=11, body=_text("先捂住耳朵也可以。")
    )
    make_text(title="听他说", kind="guide", needs=["home"], audience="parent")
    make_course(title="情绪三课", needs=["feelings"], subject="心理健康")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("考前", "考前一晚"),
        ("吵架", "爸妈吵架"),
        ("耳朵", "爸妈吵架"),
        ("失眠", "夜里醒着"),
        ("听他说", "听他说"),
        ("情绪", "情绪三课"),
    ],
)
def test_a_word_of_two_characters_finds(shelf, question, title):
    assert title in _titles(question)


def test_what_the_dictionary_does_not_know_is_found_as_it_stands():
    make_text(title="阿毛和喵喵", body=_text("今天皮皮虾同学来了。"))
    assert _titles("皮皮虾同学") == ["阿毛和喵喵"]
    assert _titles("没有这样的话") == []


def test_a_title_counts_more_than_a_mention():
    make_text(title="别的事", body=_text("说到手机，放远一点。"))
    make_text(title="手机放哪儿", body=_text("放客厅。"))
    assert _titles("手机")[0] == "手机放哪儿"


def test_drafts_are_never_found(shelf):
    make_draft(title="还没有审的失眠")
    assert "还没有审的失眠" not in _titles("失眠") + _titles("")


def test_facets_narrow_and_count_what_a_change_would_leave(shelf):
    found = find_items(Choice("", (("need", "sleep"),)))
    assert len(found.ids) == 2
    assert found.counts["need"] == {"sleep": 2, "exams": 1, "home": 2, "feelings": 1}
    assert found.counts["band"] == {"12-14": 1, "15-18": 2}
    assert found.counts["skill"] == {"mindfulness": 1}
    assert _titles("", ("need", "home"), ("band", "adult")) == ["听他说"]
    assert _titles("", ("grade", "8"), ("subject", "心理健康")) == ["情绪三课"]


def test_finding_costs_the_same_however_many_there_are(shelf):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            items_in_order(find_items(Choice("睡不着", (("need", "sleep"),))).ids)
        return len(queries)

    cost()
    few = cost()
    for _ in range(3):
        make_text(title="又睡不着")
    assert cost() == few <= 4


@pytest.mark.parametrize("path", ["/library/", "/library/?all=1", "/library/?q=睡不着"])
def test_pages_of_many_cost_what_pages_of_few_do(client, path):
    shelf = make_collection(make_text())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for order in range(3):
        item = make_text()
        shelf.entries.create(item=item, sort_order=order)
    assert cost() == few <= 14


def test_each_item_once_and_in_the_readers_language():
    both = make_text(title="夜里醒着", slug="awake")
    english = make_text(title="Awake at night", slug="awake", language="en", translation_key=both.translation_key)
    only = make_text(title="只有中文")
    assert set(published_items(language="zh-hans")) == {both, only}
    assert set(published_items(language="en")) == {english, only}
    assert item_for_reader("awake", language="en") == english
    assert item_for_reader("awake", language="zh-hans") == both
    assert item_for_reader(only.slug, language="en") == only
    assert item_for_reader("nothing") is None


def test_an_english_reader_is_told_calmly_when_there_is_only_chinese(client):
    both = make_text(title="夜里醒着", slug="awake")
    make_text(title="Awake at night", slug="awake", language="en", translation_key=both.translation_key)
    only = make_text(title="只有中文")
    client.cookies["django_language"] = "en"
    assert "Awake at night" in client.get("/library/awake/").content.decode()
    page = client.get(f"/library/{only.slug}/").content.decode()
    assert "只有中文" in page and 'lang="zh-Hans"' in page
    with override("en"):
        assert client.get("/library/").status_code == 200


def test_published_items_by_need_band_and_kind(shelf):
    assert published_items(need=Need.SLEEP).count() == 2
    assert published_items(band=AgeBand.CHILD).get().title == "爸妈吵架"
    assert published_items(kind=Kind.COURSE).get().title == "情绪三课"
    assert [item.title for item in related_to(Need.SLEEP, limit=2)] == ["夜里醒着", "考前一晚"]


def test_what_to_read_next_shares_a_need_and_the_readers(shelf):
    here = published_items().get(title="夜里醒着")
    assert [item.title for item in read_next(here)] == ["考前一晚"]


def test_what_lies_on_the_table_is_drawn_by_lot_for_the_day(shelf):
    from datetime import date

    first = picks_of_the_day(AgeBand.YOUNGER_TEEN, date(2026, 11, 22))
    assert first == picks_of_the_day(AgeBand.YOUNGER_TEEN, date(2026, 11, 22))
    assert all("12-14" in item.bands and item.kind != "course" for item in first)


def test_collections_keep_their_order_and_what_may_be_read():
    one, two = make_text(), make_text()
    shelf = make_collection(two, one, make_draft(), audience="parent")
    make_collection(one, audience="teen")
    assert items_of([shelf]) == {shelf.pk: [two, one]}
    assert shown_collections(AgeBand.ADULT)[0] == shelf


def test_a_band_is_chosen_once_and_forgotten_on_request(client):
    make_text(title="给小学生", audience="child", age_from=8, age_to=11)
    make_text(title="给中学生")
    page = client.get("/library/?band=8-11")
    assert client.cookies[COOKIE].value == "8-11" and "给小学生" in page.content.decode()
    assert "给中学生" not in client.get("/library/").content.decode()
    client.get("/library/?band=")
    assert client.cookies[COOKIE].value == ""
    assert "给中学生" in client.get("/library/").content.decode()
    assert client.get("/library/?band=old").status_code == 200


def test_a_young_person_reads_for_their_age():
    make_text(title="给小学生", audience="child", age_from=8, age_to=11)
    make_text(title="给中学生")
    page = signed_in(make_teen(age=15)).get("/library/").content.decode()
    assert "给中学生" in page and "给小学生" not in page


def test_somebody_in_danger_sees_the_numbers_first(client):
    page = client.get("/library/", {"q": "不想活了"}).content.decode()
    assert page.index("12356", page.index("<main")) < page.index('id="found"')
    assert "crisis-card" not in client.get("/library/", {"q": "睡不着"}).content.decode()


def test_nonsense_in_the_address_is_left_out(client, shelf):
    page = client.get("/library/?need=x&kind=y&grade=99&page=zz&all=1")
    assert page.status_code == 200 and "夜里醒着" in page.content.decode()


def test_saves_change_nothing_in_the_order(shelf):
    before = find_items(Choice("", (("need", "sleep"),))).ids
    ItemSave.objects.create(user=make_user(), item_id=before[-1])
    assert find_items(Choice("", (("need", "sleep"),))).ids == before
