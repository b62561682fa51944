"""Reading an item: what stands on its page, what it says of itself, printing, saving, and the way to help."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cms.content.models import HelpReach, Item, ItemSave
from cms.content.plain_text import reading_minutes_of
from cms.content.reading.pdf import item_pdf
from cms.content.selectors.reach import help_reach
from cms.content.services.reaching import count_shown, fold_help_reach
from tests.factories import make_user, signed_in
from tests.factories.library import make_draft, make_reviewed
from tests.factories.reading import make_course, make_text, rows

pytestmark = pytest.mark.django_db

NOTE = {"title": "", "body": "<p>慢慢来。</p>"}
BODY = [
    {"type": "text", "value": "<p>一段。</p><h2>小标题</h2>"},
    *({"type": name, "value": NOTE} for name in ("tip", "exercise", "ask", "pre_work", "class_activity")),
    {
        "type": "talk",
        "value": {
            "title": "",
            "lines": rows({"who": "我", "says": "我睡不着。"}, {"who": "妈妈", "says": "我陪你。"}),
        },
    },
]


def _page(client, item: Item) -> str:
    answer = client.get(item.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_of_part_is_shown_without_an_account(client):
    page = _page(client, make_text(body=BODY))
    for title in ("小提示", "试一试", "想一想", "可以这样说"):
        assert title in page
    assert "spoken__line--me" in page and "课堂活动" not in page
    assert "csrfmiddlewaretoken" not in page and not client.cookies


def test_a_page_asks_no_other_host_and_has_nothing_inline(client):
    page = _page(client, make_text(body=BODY))
    main = page[page.index("<main") : page.index("</main>")]
    assert "style=" not in main and "<script" not in main
    assert not re.search(r"(src|href|action)=.https?:", main)


def test_an_item_says_what_it_is(client):
    page = _page(client, make_text(machine_written=True, skills=["mindfulness"]))
    for words in (
        "这篇文字由机器写成",
        "还未经专业人员审核",
        "（示例）",
        "睡眠小册",
        "CC BY-NC-SA",
        "12–14 岁",
        "留意当下",
        "约 1 分钟",
    ):
        assert words in page, words


def test_a_reviewed_item_names_who_and_when(client):
    page = _page(client, make_reviewed())
    assert "注册心理师" in page and timezone.localdate().isoformat() in page
    assert "未经专业人员审核" not in page


def test_a_review_that_is_over_is_said(client):
    item = make_text()
    Item.objects.filter(pk=item.pk).update(review_due_on=timezone.localdate() - timedelta(days=1))
    assert "再审核一次" in _page(client, item)


def test_every_item_ends_with_help_even_where_an_editor_forgot(client):
    page = _page(client, make_reviewed(in_demo=True))
    assert reverse("library-to-help", args=["article"]) in page and "tel:12356" in page


@pytest.mark.parametrize("name", ["library-item", "library-print", "library-pdf", "library-class", "library-precheck"])
def test_a_draft_is_nobodys_to_read(client, name):
    item = make_draft(kind="course", grade_from=7, grade_to=9)
    assert client.get(reverse(name, args=[item.slug])).status_code == 404
    assert signed_in(make_user()).get(reverse(name, args=[item.slug])).status_code == 404


def test_reading_time_counts_characters_and_words():
    assert reading_minutes_of("") == 1
    assert reading_minutes_of("字" * 301) == 2
    assert reading_minutes_of("word " * 300) == 2


def test_a_course_printed_is_whole_and_a_text_for_class_says_how(client):
    course = make_course()
    printed = client.get(reverse("library-print", args=[course.slug])).content.decode()
    assert all(f"第{number}课的正文" in printed for number in (1, 2, 3))
    for_class = client.get(reverse("library-class", args=[course.slug])).content.decode()
    assert "两人一组" in for_class and f"http://testserver{course.url}" in for_class
    assert client.get(reverse("library-class", args=[make_text().slug])).status_code == 404


def test_a_guide_goes_out_as_pdf_with_its_version(client):
    guide = make_text(kind="role_guide", audience="teacher", body=BODY, machine_written=True)
    answer = client.get(reverse("library-pdf", args=[guide.slug]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert f"{guide.slug}-v1.pdf" in answer["Content-Disposition"]
    assert client.get(reverse("library-pdf", args=[make_text().slug])).status_code == 404


def test_a_pdf_holds_what_must_stay_with_the_text():
    pdf = item_pdf(make_course())
    assert len(pdf) > 3000 and b"STSong-Light" in pdf


def test_saving_and_taking_back():
    user, item = make_user(), make_text()
    client = signed_in(user)
    assert "收藏" in _page(client, item)
    assert client.post(reverse("library-save", args=[item.slug]), {"keep": "1"}).url == item.url
    client.post(reverse("library-save", args=[item.slug]), {"keep": "1"})
    assert ItemSave.objects.get().user == user
    assert item.title in client.get(reverse("library-saved")).content.decode()
    fragment = client.post(reverse("library-save", args=[item.slug]), {"drop": "1"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in fragment.content.decode()
    assert not ItemSave.objects.exists()


def test_what_one_saved_is_nobody_elses():
    item = make_text(title="一件私事")
    client = signed_in(make_user())
    client.post(reverse("library-save", args=[item.slug]), {"keep": "1"})
    other = signed_in(make_user())
    assert "一件私事" not in other.get(reverse("library-saved")).content.decode()
    other.post(reverse("library-save", args=[item.slug]), {"drop": "1"})
    assert ItemSave.objects.count() == 1


def test_saving_leads_nowhere_else():
    item = make_text()
    answer = signed_in(make_user()).post(reverse("library-save", args=[item.slug]), {"next": "https://evil.example/"})
    assert answer.url == item.url


def test_a_save_holds_across_languages():
    both = make_text(title="夜里醒着", slug="awake")
    english = make_text(title="Awake", slug="awake", language="en", translation_key=both.translation_key)
    client = signed_in(make_user())
    client.cookies["django_language"] = "en"
    client.post(reverse("library-save", args=["awake"]), {"keep": "1"})
    assert ItemSave.objects.get().item_id == both.pk
    assert english.title in client.get(reverse("library-saved")).content.decode()


def test_help_reached_is_counted_by_kind_and_never_by_person(client, django_assert_num_queries):
    item = make_text()
    client.get(item.url)
    signed_in(make_user()).get(item.url)
    with django_assert_num_queries(0):
        answer = client.get(reverse("library-to-help", args=["article"]))
    assert answer.url == reverse("crisis")
    assert fold_help_reach() == 1
    row = HelpReach.objects.get()
    assert (row.kind, row.shown, row.reached) == ("article", 2, 1)
    assert fold_help_reach() == 0
    count_shown("article")
    fold_help_reach()
    assert help_reach(timezone.localdate()) == [{"kind": "article", "shown": 3, "reached": 1}]
    assert {field.name for field in HelpReach._meta.fields} == {"id", "day", "kind", "shown", "reached"}


def test_the_way_to_help_stands_when_counting_fails(client, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", fail)
    assert client.get(reverse("library-to-help", args=["article"])).url == reverse("crisis")
    assert client.get(reverse("library-to-help", args=["nonsense"])).url == reverse("crisis")
