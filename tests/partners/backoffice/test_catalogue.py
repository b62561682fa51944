"""The desk for what is sold: found by name, taken off sale, put where families look."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from catalog.catalogue.enums import CategoryAxis, SaleState
from catalog.catalogue.services import WrongTree, place_product
from marketplace.accounts.enums import Duty
from tests.catalog.queries import queries_of
from tests.factories import make_category, make_parent, make_service, make_staff, signed_in

pytestmark = pytest.mark.django_db
DESK = "/backoffice/catalogue/"


def reviewer(**fields):
    return make_staff(duties=[Duty.REVIEW], **fields)


def test_taking_a_service_off_sale_is_kept_with_who_did_it():
    staff, product = reviewer(), make_service().product
    need = make_category(slug="exam", axis=CategoryAxis.NEED)
    page = reverse("backoffice:product", args=[product.pk])
    answer = signed_in(staff).post(page, {"sale_state": "paused", "needs": [need.pk]}, follow=True)

    product.refresh_from_db()
    assert "已保存" in answer.content.decode()
    assert product.sale_state == SaleState.PAUSED and list(product.needs.all()) == [need]
    entry = LogEntry.objects.get()
    assert entry.user == staff and "paused" in entry.get_change_message()


def test_saving_without_a_change_leaves_no_trace():
    product = make_service().product
    place_product(
        product_id=product.pk,
        sale_state=SaleState(product.sale_state),
        needs=list(product.needs.all()),
        categories=list(product.categories.all()),
        placed_by=reviewer(),
    )
    assert not LogEntry.objects.exists()


def test_a_kind_is_no_need():
    kind = make_category(slug="course", axis=CategoryAxis.KIND)
    with pytest.raises(WrongTree):
        place_product(
            product_id=make_service().product.pk,
            sale_state=SaleState.ON_SALE,
            needs=[kind],
            categories=[],
            placed_by=reviewer(),
        )


def test_products_are_found_by_name_and_state():
    product, other = make_service().product, make_service().product
    other.title, other.sale_state = "沙盘游戏", SaleState.PAUSED
    other.save()
    browser = signed_in(reviewer())
    assert product.title not in browser.get(DESK, {"q": "沙盘"}).content.decode()
    assert "沙盘游戏" in browser.get(DESK, {"state": "paused"}).content.decode()


def test_others_find_nothing_and_three_cost_as_much_as_one():
    make_service()
    assert signed_in(make_parent()).get(DESK).status_code == 404
    assert signed_in(make_staff(duties=[Duty.SUPPORT])).get(DESK).status_code == 403
    browser = signed_in(reviewer())
    browser.get(DESK)
    one = queries_of(lambda: browser.get(DESK))
    make_service()
    make_service()
    assert queries_of(lambda: browser.get(DESK)) == one
