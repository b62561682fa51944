"""The pages as people get them, and what they never get: somebody else's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from catalog.browse.models import Listing
from catalog.browse.services import refresh_listings
from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Category
from catalog.scheduling.enums import Mode
from marketplace.accounts.models import User
from tests.factories import (
    make_category,
    make_child,
    make_course,
    make_goods,
    make_group_occupancy,
    make_group_service,
    make_parent,
    make_product,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """Two sessions, a course, goods and an assessment to come, listed."""
    exams = make_category(slug="exams")
    made = {
        "near": make_service(
            make_provider(name="周岚"),
            modes=[Mode.IN_PERSON],
            price_fen=18_000,
            product={"title": "考前谈话", "needs": [exams]},
        ),
        "far": make_service(
            make_provider(name="陈一鸣"), modes=[Mode.PHONE, Mode.VIDEO], product={"title": "电话谈话"}
        ),
        "course": make_course(title="呼吸小课", needs=[exams]),
        "goods": make_goods(title="安心毯", stock=2),
        "coming": make_product(kind=ProductKind.ASSESSMENT, title="压力自评", sale_state=SaleState.COMING),
    }
    refresh_listings()
    return made


def page(path: str, client: Client | None = None, **headers) -> str:
    response = (client or Client()).get(path, headers=headers)
    assert response.status_code == 200, path
    return response.content.decode()


class TestListing:
    def test_everything_with_counts_and_links_to_times(self, shop):
        html = page("/services/")
        for title in ("周岚", "陈一鸣", "呼吸小课", "安心毯", "压力自评"):
            assert title in html
        near = shop["near"]
        start = Listing.objects.get(pk=near.product_id).next_starts[0].astimezone(timezone.get_default_timezone())
        assert (
            f"service={near.pk}&amp;provider={near.providers.get().pk}&amp;start={start:%Y-%m-%dT%H:%M}%2B08:00" in html
        )
        assert "5 项" in html

    def test_the_address_says_what_is_shown_and_chips_take_it_back(self, shop):
        html = page("/services/?mode=phone&price=500&sort=price")
        assert "陈一鸣" in html and "周岚" not in html
        assert 'value="phone" id="f-mode-phone" checked' in html
        assert 'href="?price=500&amp;sort=price"' in html and 'href="?mode=phone&amp;sort=price"' in html

    def test_every_mode_can_be_chosen(self, shop):
        html = page("/services/?mode=video")
        assert 'value="video" id="f-mode-video" checked' in html
        assert "陈一鸣" in html and "周岚" not in html

    def test_nonsense_in_the_address_is_dropped(self, shop):
        html = page(
            "/services/?mode=%00&need=x&price=1&page=-3&sort=stars&org=moon&lang=%00&child=1&page=99999999999999999999"
        )
        assert "周岚" in html

    def test_each_category_lists_only_its_own_and_empty_ones_have_no_card(self, shop):
        html = page("/services/exams/")
        assert "周岚" in html and "呼吸小课" in html and "陈一鸣" not in html
        front = page("/services/")
        assert 'href="/services/exams/"' in front and 'href="/services/courses/"' in front
        assert 'href="/services/sleep/"' not in front
        assert Client().get("/services/no-such-thing/").status_code == 404

    def test_nothing_found_offers_the_nearest(self, shop):
        html = page("/services/?mode=phone&price=200")
        assert "去掉「电话」有" in html and "去掉「¥200 以内」有" in html

    def test_pages_follow_each_other_without_gaps(self):
        courses = [make_course() for _ in range(23)]
        refresh_listings()
        first, second = page("/services/"), page("/services/?page=2")
        assert first.count("<article") == 20 and second.count("<article") == 3
        assert all((course.title + "<" in first) != (course.title + "<" in second) for course in courses)
        assert 'rel="next" href="?page=2"' in first and 'rel="prev" href="?"' in second

    def test_htmx_gets_the_results_and_a_clean_address(self, shop):
        response = Client().get(
            "/services/?mode=phone&price=&q=", headers={"HX-Request": "true", "HX-Target": "results"}
        )
        html = response.content.decode()
        assert response["HX-Push-Url"] == "/services/?mode=phone"
        assert "<html" not in html and 'id="facet-groups" hx-swap-oob' in html
        whole = page(
            "/services/", **{"HX-Request": "true", "HX-Target": "results", "HX-History-Restore-Request": "true"}
        )
        assert "<html" in whole

    def test_for_a_child_of_ones_own_only(self, shop):
        parent, other = make_parent(), make_parent()
        Listing.objects.filter(pk=shop["course"].pk).update(age_to=10)
        child, stranger = parent.children.get(), other.children.get()
        html = page(f"/services/?child={child.public_id}", signed_in(parent))
        assert child.nickname in html and "14岁" in html and "呼吸小课" not in html
        html = page(f"/services/?child={stranger.public_id}", signed_in(parent))
        assert stranger.nickname not in html and "呼吸小课" in html

    def test_a_search_finds_and_keeps_its_words_out_of_the_cache(self, shop):
        response = Client().get("/services/?q=考试焦虑")
        html = response.content.decode()
        assert "周岚" in html and "陈一鸣" not in html
        assert not any("考试焦虑".encode() in key for key in cache._cache.get_client().keys("*"))

    @pytest.mark.parametrize("words", ["不想活了", "我 想 死", "suicide", "自残怎么办"])
    def test_words_of_danger_show_help_first(self, shop, words):
        html = page(f"/services/?q={words}")
        assert html.index("tel:12356", html.index("<main")) < html.index('id="results"')

    def test_other_words_do_not(self, shop):
        assert 'id="help-now"' not in page("/services/?q=考试")


class TestQueries:
    """The number of queries does not depend on how much there is."""

    @pytest.mark.parametrize("count", [1, 3, 20])
    def test_listing(self, count, django_assert_max_num_queries):
        for _ in range(count):
            make_service()
        refresh_listings()
        parent = signed_in(make_parent(children=2))
        cache.clear()
        with django_assert_max_num_queries(13):
            page("/services/", parent)
        with django_assert_max_num_queries(5):
            page("/services/", parent)

    @pytest.mark.parametrize("count", [1, 3])
    def test_product(self, count, django_assert_max_num_queries):
        service = make_service(*(make_provider() for _ in range(count)))
        refresh_listings()
        parent = signed_in(make_parent())
        with django_assert_max_num_queries(14):
            page(service.product.get_absolute_url(), parent)


class TestVisitors:
    def test_nobody_sees_what_was_made_for_somebody(self, shop):
        parent = make_parent(nickname="林女士")
        client = signed_in(parent)
        for path in ("/services/", "/services/?mode=phone", shop["near"].product.get_absolute_url()):
            assert "林女士" in page(path, client)
            assert "林女士" not in page(path)
            assert "林女士" in page(path, client)

    def test_a_kept_page_is_shown_again_without_a_query_and_sets_no_cookie(self, shop, django_assert_num_queries):
        paths = ("/services/", "/services/exams/", shop["goods"].get_absolute_url())
        first = [Client().get(path) for path in paths]
        with django_assert_num_queries(0):
            again = [Client().get(path) for path in paths]
        for one, other in zip(first, again, strict=True):
            assert one.content == other.content
            assert not one.cookies and not other.cookies
            assert "csrfmiddlewaretoken" not in one.content.decode()
            assert one["Content-Security-Policy"] == other["Content-Security-Policy"]

    def test_language_and_looks_have_pages_of_their_own(self, shop):
        page("/services/")
        client = Client()
        client.cookies["theme"] = "dark"
        assert 'data-theme="dark"' in page("/services/", client)
        assert 'data-theme="dark"' not in page("/services/")
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert 'lang="en"' in page("/services/", client)
        assert 'lang="zh-hans"' in page("/services/")

    def test_a_change_is_seen_at_once(self, shop):
        assert "呼吸小课" in page("/services/")
        shop["course"].sale_state = SaleState.PAUSED
        shop["course"].save()
        refresh_listings(product_ids=[shop["course"].pk])
        assert "呼吸小课" not in page("/services/")

    def test_strange_cookies_and_posts_go_past_it(self, shop, django_assert_max_num_queries):
        client = Client()
        client.cookies["something"] = "else"
        page("/services/")
        before = User.objects.count()
        assert "找服务" in page("/services/", client)
        assert Client().post("/services/").status_code in (403, 405)
        assert User.objects.count() == before


class TestProduct:
    def test_a_session_shows_who_how_and_when(self, shop):
        near = shop["near"]
        html = page(near.product.get_absolute_url())
        for words in ("周岚", "怎么进行", "可约时间", "开始前 24 小时以上取消，全额退款", "退 50%", "¥180", "到店"):
            assert words in html
        assert f"/basket/choose/?service={near.pk}&amp;start=" in html

    def test_weeks_go_on_until_the_horizon_and_not_before_today(self, shop):
        path = shop["near"].product.get_absolute_url()
        assert "前一周" not in page(path) and "后一周" in page(path)
        today = timezone.localdate()
        later = page(f"{path}?week={today + timedelta(days=28)}")
        assert "前一周" in later and "后一周" not in later
        assert "后一周" in page(f"{path}?week=2000-01-01") and "可约时间" in page(f"{path}?week=nonsense")

    def test_one_provider_of_several(self):
        first, second = make_provider(name="甲老师"), make_provider(name="乙老师", weekly=())
        service = make_service(first, second)
        refresh_listings()
        path = service.product.get_absolute_url()
        assert "任意咨询师" in page(path)
        assert "这一周没有空闲" in page(f"{path}?provider={second.public_id}")
        part = page(f"{path}?provider={first.public_id}", **{"HX-Request": "true", "HX-Target": "times"})
        assert "<html" not in part and f"provider={first.pk}" in part

    def test_a_group_lists_its_sessions(self):
        service = make_group_service()
        session = make_group_occupancy(service, starts_at=shanghai(next_weekday(5), 15), seats=6)
        refresh_listings()
        html = page(service.product.get_absolute_url())
        assert "还有 6 个名额" in html and f"occupancy={session.public_id}" in html
        assert f"occupancy={session.public_id}" in page("/services/")

    def test_courses_and_goods_go_into_the_basket_and_what_is_coming_does_not(self, shop):
        client = signed_in(make_parent())
        for name in ("course", "goods"):
            assert f'name="product" value="{shop[name].pk}"' in page(shop[name].get_absolute_url(), client)
            assert "登录后购买" in page(shop[name].get_absolute_url())
        coming = page(shop["coming"].get_absolute_url(), client)
        assert "即将开放" in coming and 'name="product"' not in coming

    def test_sold_out(self):
        goods = make_goods(stock=0)
        refresh_listings()
        assert "暂时卖完了" in page(goods.get_absolute_url())

    def test_what_a_toy_collects_is_said(self):
        toy = make_goods(is_electronic=True, data_collected="只在灯里处理声音。")
        refresh_listings()
        html = page(toy.get_absolute_url())
        assert "收集哪些数据" in html and "只在灯里处理声音。" in html
        assert "带电子功能" in page(f"/services/{Category.objects.get(slug='companions').slug}/")

    def test_hidden_products_and_wrong_addresses(self, shop):
        hidden = make_course(is_public=False)
        assert Client().get(hidden.get_absolute_url()).status_code == 404
        wrong = shop["course"].get_absolute_url().replace("/services/", "/services/old-")
        assert Client().get(wrong)["Location"] == shop["course"].get_absolute_url()

    def test_a_title_in_chinese_alone_has_an_address(self):
        course = make_course(slug="")
        assert page(course.get_absolute_url())


class TestProvider:
    def test_who_and_what(self, shop):
        provider = shop["near"].providers.get()
        html = page(f"/services/people/{provider.public_id}/")
        assert "周岚" in html and "考前谈话" in html and "电话谈话" not in html

    def test_inactive_ones_are_gone(self):
        provider = make_provider(is_active=False)
        assert Client().get(f"/services/people/{provider.public_id}/").status_code == 404


def test_a_second_child_is_offered_too(shop):
    parent = make_parent()
    make_child(parent, nickname="小禾")
    assert "小禾" in page("/services/", signed_in(parent))
