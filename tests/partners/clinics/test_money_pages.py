"""What a partner sees of its money: its own alone, neutral, the same to take away; and a community's funds."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from marketplace.notifications.models import Message
from payments.grants.models import SpendRequest
from payments.settlement.models import PayoutAccount
from payments.settlement.services import claw_back
from tests import factories
from tests.catalog.queries import queries_of
from tests.payments.grants.made import PDF, ask, make_allocation, make_fund
from tests.payments.settlement.made import approved, earned, last_month, make_account, make_fees, stated

pytestmark = pytest.mark.django_db
ACCOUNT = {"channel": "alipay", "holder": "青禾", "number": "qinghe@example.com", "bank": ""}


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def partner():
    return factories.make_partner()


@pytest.fixture
def manager(partner):
    return factories.make_partner_staff(partner)


@pytest.fixture
def browser(manager):
    return factories.signed_in(manager)


def test_a_partner_reads_what_it_earned_and_what_comes(browser, partner):
    fees = make_fees()
    payee = partner.public_id
    first = earned(100_000, payee=payee, fees=fees)
    claw_back(source=("thing", first.source_id), key="r", paid_left_fen=50_000, now=last_month())
    earned(20_000, payee=payee, fees=fees, at=timezone.now() + timedelta(days=2))
    statement = stated(payee)
    make_account(payee)
    approved(payee)
    page = browser.get(reverse("clinics:money")).content.decode()
    for text in ("¥180.80", "¥452.00", "处理中", f"{statement.period_on:%Y-%m}", "pay****.com"):
        assert text in page
    detail = browser.get(reverse("clinics:statement", args=[statement.public_id])).content.decode()
    for text in ("¥1,000.00", "场次退款", "¥452.00", "platform"):
        assert text in detail


def test_the_table_to_take_away_says_the_same(browser, partner):
    earned(10_000, payee=partner.public_id, fees=make_fees())
    statement = stated(partner.public_id)
    response = browser.get(reverse("clinics:statement_csv", args=[statement.public_id]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][1:] == ["场次", "X1", "100.00", "9.60", "90.40"]
    assert rows[-1][0] == "结余" and rows[-1][-1] == "90.40"


def test_an_account_is_named_and_its_change_can_be_stopped(browser, partner, manager):
    colleague = factories.make_partner_staff(partner)
    url = reverse("clinics:change_account")
    assert browser.post(url, ACCOUNT | {"channel": "bank"}).status_code == 400
    browser.post(url, ACCOUNT)
    change = PayoutAccount.objects.get()
    assert (change.payee, change.holder, change.asked_by) == (partner.public_id, "青禾", manager)
    heard = Message.objects.filter(subject="收款账户要变更", channel="in_app").values_list("recipient", flat=True)
    assert set(heard) == {manager.pk, colleague.pk}
    assert "qinghe" not in "".join(Message.objects.values_list("body", flat=True))
    other = factories.signed_in(colleague)
    assert "停止变更" in other.get(reverse("clinics:money")).content.decode()
    stop = reverse("clinics:stop_account", args=[change.public_id])
    assert factories.signed_in(factories.make_partner_staff(factories.make_partner())).post(stop).status_code == 404
    other.post(stop)
    change.refresh_from_db()
    assert change.stopped_at


def test_a_community_asks_for_money_with_a_receipt(browser, partner, manager):
    fund = make_fund(partner.public_id)
    make_allocation(fund, 50_000)
    assert fund.title in browser.get(reverse("clinics:funds")).content.decode()
    url = reverse("clinics:fund", args=[fund.public_id])
    data = {"amount": "120", "purpose": "水果"}
    assert browser.post(url, data).status_code == 400
    wrong = SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")
    assert browser.post(url, {**data, "evidence": wrong}).status_code == 400
    much = {**data, "amount": "501", "evidence": SimpleUploadedFile("x.pdf", PDF)}
    assert "余额不够" in browser.post(url, much).content.decode()
    browser.post(url, {**data, "evidence": SimpleUploadedFile("发票.pdf", PDF)})
    asked = SpendRequest.objects.get()
    assert (asked.amount_fen, asked.asked_by, asked.evidence_type) == (12_000, manager, "application/pdf")
    assert "水果" in browser.get(url).content.decode()
    assert browser.get(reverse("clinics:evidence", args=[asked.public_id])).content == PDF


def test_strangers_find_nothing(partner):
    earned(50_000, payee=partner.public_id)
    statement = stated(partner.public_id)
    fund = make_fund(partner.public_id)
    make_allocation(fund, 10_000)
    asked = ask(fund, 100)
    urls = [
        reverse("clinics:statement", args=[statement.public_id]),
        reverse("clinics:statement_csv", args=[statement.public_id]),
        reverse("clinics:fund", args=[fund.public_id]),
        reverse("clinics:evidence", args=[asked.public_id]),
    ]
    practitioner = factories.make_provider(partner=partner, user=factories.make_user(role="practitioner")).user
    others = [
        factories.make_partner_staff(factories.make_partner()),
        factories.make_parent(),
        factories.make_staff(),
        practitioner,
    ]
    for user in others:
        browser = factories.signed_in(user)
        assert [browser.get(url).status_code for url in urls] == [404] * len(urls)
    assert factories.signed_in(practitioner).get(reverse("clinics:money")).status_code == 404


@pytest.mark.parametrize("name", ["money", "statement", "funds", "fund"])
def test_three_rows_cost_no_more_queries_than_one(browser, partner, name):
    payee, fees = partner.public_id, make_fees()
    fund = make_fund(payee)
    make_allocation(fund, 10_000)
    ask(fund, 10)

    def add() -> None:
        earned(1_000, payee=payee, fees=fees, at=timezone.now())
        make_fund(payee)
        ask(fund, 10)

    earned(1_000, payee=payee, fees=fees)
    if name == "statement":
        for _ in range(2):
            earned(1_000, payee=payee, fees=fees)
    statement = stated(payee)
    add()
    args = {"statement": [statement.public_id], "fund": [fund.public_id]}.get(name, [])
    url = reverse(f"clinics:{name}", args=args)
    one = queries_of(lambda: browser.get(url))
    add()
    add()
    assert queries_of(lambda: browser.get(url)) == one
