"""收藏: what somebody puts aside, theirs alone; pressed with scripts or without."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.browse.errors import TooManySaved
from catalog.browse.models import SavedProduct
from catalog.browse.selectors import saved
from catalog.browse.services import drop_saved_product, refresh_listings, save_product
from catalog.catalogue.enums import SaleState
from tests.catalog.queries import queries_of
from tests.factories import make_course, make_parent, make_provider, make_service, make_teen, signed_in

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/services/saved/", "/services/saved/change/"


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def service():
    made = make_service(make_provider(name="周岚"), product={"title": "考前谈话"})
    refresh_listings()
    return made


def page(client: Client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


class TestSaving:
    def test_twice_is_once_and_gone_is_gone(self, parent, service):
        for _ in range(2):
            save_product(product=service.product, saved_by=parent)
        assert saved.saved_ids(parent) == [service.product_id]
        for _ in range(2):
            drop_saved_product(product=service.product, dropped_by=parent)
        assert saved.saved_ids(parent) == []

    def test_the_newest_comes_first(self, parent):
        first, second = make_course(), make_course()
        SavedProduct.objects.create(saved_by=parent, product=first, saved_at=timezone.now() - timedelta(days=1))
        save_product(product=second, saved_by=parent)
        assert saved.saved_ids(parent) == [second.pk, first.pk]

    def test_there_is_an_end_to_it(self, parent, service, monkeypatch):
        monkeypatch.setattr("catalog.browse.services.saving.MOST_SAVED", 1)
        save_product(product=service.product, saved_by=parent)
        with pytest.raises(TooManySaved):
            save_product(product=make_course(), saved_by=parent)
        save_product(product=service.product, saved_by=parent)  # what is there already stays


class TestHeart:
    def test_without_scripts_it_leads_back_to_where_it_was_pressed(self, parent, service):
        client = signed_in(parent)
        answer = client.post(CHANGE, {"keep": service.product_id, "next": "/services/?mode=phone"})
        assert answer["Location"] == f"/services/?mode=phone#heart-{service.product_id}"
        assert saved.saved_ids(parent) == [service.product_id]
        answer = client.post(CHANGE, {"drop": service.product_id, "next": PAGE})
        assert answer["Location"] == f"{PAGE}?dropped={service.product_id}"
        assert saved.saved_ids(parent) == []

    def test_nobody_is_led_to_another_site(self, parent, service):
        answer = signed_in(parent).post(CHANGE, {"keep": service.product_id, "next": "https://elsewhere.example/"})
        assert answer["Location"] == PAGE

    def test_with_scripts_only_the_heart_comes_back(self, parent, service):
        client = signed_in(parent)
        answer = client.post(CHANGE, {"keep": service.product_id}, headers={"HX-Request": "true"})
        html = answer.content.decode()
        assert html.strip().startswith('<button class="heart"') and 'aria-pressed="true"' in html
        assert 'name="drop"' in html and "考前谈话" in html

    def test_on_cards_and_the_products_page_it_is_pressed_for_its_owner_alone(self, parent, service):
        save_product(product=service.product, saved_by=parent)
        pressed = f'id="heart-{service.product_id}" name="drop" value="{service.product_id}" aria-pressed="true"'
        plain = f'id="heart-{service.product_id}" name="keep" value="{service.product_id}" aria-pressed="false"'
        provider = f"/services/people/{service.providers.get().public_id}/"
        for path in ("/services/", "/services/?q=考前", provider, service.product.get_absolute_url()):
            for _ in range(2):  # made, and taken from what is kept
                assert pressed in page(signed_in(parent), path), path
                assert plain in page(signed_in(make_parent()), path), path
                assert 'form="saving"' not in page(Client(), path), path

    def test_visitors_are_asked_to_sign_in_on_the_products_page(self, service):
        path = service.product.get_absolute_url()
        assert "登录后收藏" in page(Client(), path)
        assert Client().post(CHANGE, {"keep": service.product_id})["Location"].startswith("/accounts/login/")
        assert SavedProduct.objects.count() == 0

    @pytest.mark.parametrize("sent", [{}, {"keep": "x"}, {"keep": "0"}, {"drop": "99999999999"}, {"keep": "-1"}])
    def test_nonsense_is_not_found(self, parent, service, sent):
        assert signed_in(parent).post(CHANGE, sent).status_code == 404

    def test_what_is_not_public_cannot_be_saved(self, parent):
        hidden = make_course(is_public=False)
        assert signed_in(parent).post(CHANGE, {"keep": hidden.pk}).status_code == 404

    def test_when_it_is_full_it_says_so_where_something_can_be_taken_away(self, parent, service, monkeypatch):
        monkeypatch.setattr("catalog.browse.services.saving.MOST_SAVED", 0)
        client = signed_in(parent)
        assert client.post(CHANGE, {"keep": service.product_id})["Location"] == PAGE
        assert "收藏已经满了" in page(client)
        answer = client.post(CHANGE, {"keep": service.product_id}, headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == PAGE


class TestPage:
    def test_empty_it_says_what_to_do(self, parent):
        assert "还没有收藏" in page(signed_in(parent))

    def test_it_shows_cards_with_times_and_leads_to_compare(self, parent, service):
        other = make_service(make_provider(name="陈一鸣"))
        refresh_listings()
        for each in (service, other):
            save_product(product=each.product, saved_by=parent)
        html = page(signed_in(parent))
        assert html.index("陈一鸣") < html.index("周岚")
        assert f'name="p" value="{service.product_id}" form="comparing"' in html and 'class="slot"' in html

    def test_what_is_not_on_offer_stays_by_name(self, parent, service):
        save_product(product=service.product, saved_by=parent)
        service.product.sale_state = SaleState.PAUSED
        service.product.save()
        refresh_listings()
        html = page(signed_in(parent))
        assert "现在没有开放的" in html and "考前谈话" in html and 'class="slot"' not in html

    def test_what_was_taken_away_can_be_put_back(self, parent, service):
        html = page(signed_in(parent), f"{PAGE}?dropped={service.product_id}")
        assert "拿掉了「考前谈话」" in html and f'name="keep" value="{service.product_id}"' in html
        assert "拿掉了" not in page(signed_in(parent), f"{PAGE}?dropped=x")

    def test_a_stranger_and_the_family_see_nothing_of_it(self, service):
        parent = make_parent()
        teen = make_teen(parent, age=17)
        save_product(product=service.product, saved_by=teen)
        assert "周岚" in page(signed_in(teen))
        for other in (parent, make_parent()):
            assert "周岚" not in page(signed_in(other))
        assert Client().get(PAGE).status_code == 302

    def test_three_cost_as_many_queries_as_one(self, parent):
        client = signed_in(parent)
        counts = []
        for _ in range(2):
            for _ in range(1 + len(counts)):
                save_product(product=make_service(make_provider()).product, saved_by=parent)
            refresh_listings()
            page(client)
            counts.append(queries_of(lambda: page(client)))
        assert counts[0] == counts[1]

    def test_a_listing_asks_once_more_for_whoever_is_signed_in(self, parent):
        for _ in range(3):
            save_product(product=make_service(make_provider()).product, saved_by=parent)
        refresh_listings()
        client = signed_in(parent)
        cache.clear()
        page(client, "/services/")
        with CaptureQueriesContext(connection) as asked:
            page(client, "/services/")
        assert sum("browse_savedproduct" in query["sql"] for query in asked) == 1
        assert len(asked) <= 5
