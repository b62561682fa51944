"""A manager puts something new on offer, and takes prices out to a table and back."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.catalogue.models import Product
from catalog.partner.enums import TeamRole
from partners.clinics.tables import harmless, is_formula
from tests.factories import (
    make_booking,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    product_class,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def browser(clinic):
    return signed_in(make_partner_staff(clinic))


def words(**fields):
    return {"title": "青少年支持", "price": "300", "age_from": "10", "age_to": "17"} | fields


def test_a_new_session_waits_until_somebody_puts_it_on_sale(clinic, browser, client):
    product_class(ProductKind.SESSION)
    provider = make_provider(partner=clinic)
    data = words(providers=[provider.pk], modes=["video"], duration_minutes="50")

    answer = browser.post(reverse("clinics:service_new", args=["session"]), data)

    product = Product.objects.get(title="青少年支持")
    assert answer["Location"] == reverse("clinics:service_edit", args=[product.pk])
    assert product.sale_state == SaleState.PAUSED
    assert list(product.service.providers.all()) == [provider]
    assert product.stockrecords.get().price == Decimal(300) and product.stockrecords.get().partner == clinic
    assert browser.get(answer["Location"]).status_code == 200


def test_a_new_package_is_good_for_own_services(clinic, browser):
    product_class(ProductKind.PACKAGE)
    service = make_service(make_provider(partner=clinic))
    data = words(sessions="5", valid_days="180", services=[service.pk])

    browser.post(reverse("clinics:service_new", args=["package"]), data)

    package = Product.objects.get(title="青少年支持").package
    assert package.sessions == 5 and list(package.services.all()) == [service]


def test_another_houses_people_cannot_be_sold(clinic, browser):
    product_class(ProductKind.SESSION)
    stranger = make_provider()
    data = words(providers=[stranger.pk], modes=["video"], duration_minutes="50")

    assert browser.post(reverse("clinics:service_new", args=["session"]), data).status_code == 400
    assert not Product.objects.filter(title="青少年支持").exists()


def test_a_place_is_needed_where_one_comes_to(clinic, browser):
    data = words(providers=[make_provider(partner=clinic).pk], modes=["in_person"], duration_minutes="50")

    answer = browser.post(reverse("clinics:service_new", args=["session"]), data)

    assert answer.status_code == 400 and "写明地点" in answer.content.decode()


@pytest.mark.parametrize("kind", ["goods", "course", "nonsense"])
def test_other_kinds_are_not_made_here(browser, kind):
    assert browser.get(reverse("clinics:service_new", args=[kind])).status_code == 404


@pytest.mark.parametrize("role", [role for role in TeamRole if role != TeamRole.MANAGER])
def test_only_managers_put_something_on_offer(clinic, role):
    colleague = signed_in(make_partner_staff(clinic, team_role=role))

    assert colleague.get(reverse("clinics:service_new", args=["session"])).status_code == 404
    assert colleague.get(reverse("clinics:services_csv")).status_code == 404


class TestTables:
    @pytest.fixture
    def service(self, clinic):
        return make_service(make_provider(partner=clinic))

    def upload(self, browser, text, encoding="utf-8-sig"):
        content = text if isinstance(text, bytes) else text.encode(encoding)
        file = SimpleUploadedFile("prices.csv", content, content_type="text/csv")
        return browser.post(reverse("clinics:read_services_csv"), {"file": file}, follow=True).content.decode()

    def price(self, service):
        return service.product.stockrecords.get().price

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
    def test_prices_go_out_and_come_back(self, browser, service, encoding):
        table = browser.get(reverse("clinics:services_csv")).content.decode("utf-8-sig")
        old = f",{self.price(service)},"
        assert old in table

        self.upload(browser, table.replace(old, ",288.50,"), encoding)

        assert self.price(service) == Decimal("288.50")

    def test_one_wrong_line_changes_nothing(self, browser, service):
        rows = f"编号,名称,类型,状态,价格\n{service.product.pk},甲,乙,丙,100\n{service.product.pk},甲,乙,丙,很贵\n"
        before = self.price(service)

        page = self.upload(browser, rows)

        assert "第 3 行" in page and self.price(service) == before

    @pytest.mark.parametrize("price", ["-5", "NaN", "Infinity", "1e9", "100001", "1.234", "=1+1", "＝1", ""])
    def test_no_price_is_no_price(self, browser, service, price):
        before = self.price(service)

        self.upload(browser, f"编号,名称,类型,状态,价格\n{service.product.pk},甲,乙,丙,{price}\n")

        assert self.price(service) == before

    def test_another_houses_prices_stay(self, browser):
        other = make_service(make_provider())
        before = self.price(other)

        page = self.upload(browser, f"编号,名称,类型,状态,价格\n{other.product.pk},甲,乙,丙,1\n")

        assert "没有这项服务" in page and self.price(other) == before

    @pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff\xfe\x00a", b"x" * 300_000])
    def test_what_is_no_table_is_said_kindly(self, browser, service, content):
        page = self.upload(browser, content)

        assert "什么都没有改" in page

    def test_a_name_never_becomes_a_formula(self, browser, service):
        Product.objects.filter(pk=service.product.pk).update(title='=HYPERLINK("http://x","点我")')

        table = browser.get(reverse("clinics:services_csv")).content.decode("utf-8-sig")

        assert "'=HYPERLINK" in table

    @pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
    def test_every_way_to_begin_a_formula_is_known(self, cell):
        assert is_formula(cell) and harmless(cell) == f"'{cell}"

    def test_bookings_name_only_whom_one_may_know(self, clinic, browser):
        parent = make_parent()
        booking = make_booking(service=make_service(make_provider(partner=clinic)), child=parent.children.get())
        other = make_booking(service=make_service(make_provider()), child=make_parent().children.get())
        on = timezone.localtime(booking.occupancy.starts_at).date().isoformat()

        table = browser.get(reverse("clinics:bookings_csv"), {"on": on}).content.decode("utf-8-sig")

        assert booking.child.nickname in table and other.child.nickname not in table
