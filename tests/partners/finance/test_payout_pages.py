"""Finance's pages on payouts, rules and funds: two people, a click each; a list costs the same for one and for three."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.settlement.enums import Channel, PayoutState
from payments.settlement.models import FeeVersion, Payout, PayoutAccount
from payments.settlement.services import ask_account_change, draft_payout
from payments.settlement.services.fees import TEXTS
from tests import factories
from tests.catalog.queries import queries_of
from tests.payments.grants.made import ask, make_allocation, make_fund
from tests.payments.settlement.made import DETAILS, approved, earned, make_account, make_fees, stated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def people():
    return factories.make_staff(duties=[Duty.FINANCE]), factories.make_staff(duties=[Duty.FINANCE])


@pytest.fixture
def browsers(people):
    return [factories.signed_in(each) for each in people]


def make_owed(fen: int = 50_000, *, channel: Channel = Channel.ALIPAY):
    """A partner with money on a statement, and an account."""
    partner = factories.make_partner()
    earned(fen, payee=partner.public_id)
    stated(partner.public_id)
    make_account(partner.public_id, channel=channel)
    return partner


def test_a_payout_by_two_people(browsers, company):
    first, second = browsers
    partner = make_owed()
    page = first.get(reverse("finance:payouts")).content.decode()
    assert partner.name in page and "¥500.00" in page
    first.post(reverse("finance:payout_draft", args=[partner.public_id]))
    payout = Payout.objects.get()
    url = reverse("finance:payout", args=[payout.public_id])
    assert "复核通过" not in first.get(url).content.decode()
    first.post(reverse("finance:payout_step", args=[payout.public_id, "approve"]))
    payout.refresh_from_db()
    assert payout.state == PayoutState.DRAFT
    assert "复核通过" in second.get(url).content.decode()
    second.post(reverse("finance:payout_step", args=[payout.public_id, "approve"]))
    second.post(reverse("finance:payout_step", args=[payout.public_id, "send"]))
    payout.refresh_from_db()
    assert payout.state == PayoutState.PAID
    assert payout.out_payout_no in first.get(reverse("finance:payout_history")).content.decode()
    assert second.post(reverse("finance:payout_step", args=[payout.public_id, "burn"])).status_code == 404


def test_a_bank_transfer_is_noted_by_another_person(browsers):
    first, second = browsers
    payout = approved(make_owed(channel=Channel.BANK).public_id)
    first.post(reverse("finance:payout_step", args=[payout.public_id, "send"]))
    bank = reverse("finance:payout_bank", args=[payout.public_id])
    url = reverse("finance:payout", args=[payout.public_id])
    assert "银行流水号" not in first.get(url).content.decode()
    assert "银行流水号" in second.get(url).content.decode()
    assert second.post(bank, {"arrived": "yes"}).status_code == 400
    second.post(bank, {"arrived": "yes", "reference": "B9"})
    payout.refresh_from_db()
    assert (payout.state, payout.provider_ref) == (PayoutState.PAID, "B9")


def test_an_account_change_is_confirmed_by_somebody_else(browsers, people):
    partner = factories.make_partner()
    change = ask_account_change(payee=partner.public_id, details=DETAILS, asked_by=people[0])
    page = browsers[0].get(reverse("finance:payouts")).content.decode()
    assert partner.name in page and "已核实，确认" not in page
    assert "已核实，确认" in browsers[1].get(reverse("finance:payouts")).content.decode()
    browsers[1].post(reverse("finance:account", args=[change.public_id, "confirm"]))
    browsers[0].post(reverse("finance:account", args=[change.public_id, "stop"]))
    change = PayoutAccount.objects.get()
    assert change.confirmed_by == people[1] and change.stopped_at


def fee_data(**changes):
    when = timezone.localtime(timezone.now() + timedelta(days=9))
    return {
        "valid_from": f"{when:%Y-%m-%dT%H:%M}",
        **dict.fromkeys(TEXTS, "规则"),
        "code_0": "platform",
        "label_0": "平台服务费",
        "label_en_0": "Platform fee",
        "percent_0": "8.5",
    } | changes


def test_rules_are_drafted_by_one_and_published_by_another(browsers):
    first, second = browsers
    make_fees()
    assert "平台服务费" not in first.get(reverse("finance:fee_new")).content.decode()
    assert first.post(reverse("finance:fee_new"), fee_data(percent_0="")).status_code == 400
    first.post(reverse("finance:fee_new"), fee_data())
    version = FeeVersion.objects.get(published_at=None)
    url = reverse("finance:fee", args=[version.public_id])
    assert first.post(url, fee_data(percent_0="9")).status_code == 302
    assert version.lines.get().bps == 900
    assert "核对无误，公布" not in first.get(url).content.decode()
    assert "核对无误，公布" in second.get(url).content.decode()
    first.post(reverse("finance:fee_publish", args=[version.public_id]))
    second.post(reverse("finance:fee_publish", args=[version.public_id]))
    version.refresh_from_db()
    assert version.is_published
    assert "存为草稿" not in second.get(url).content.decode()
    assert str(version.number) in first.get(reverse("finance:fees")).content.decode()


def test_a_fund_from_its_opening_to_a_receipt(browsers, people):
    first, second = browsers
    community = factories.make_partner(organisation_type="community")
    today = timezone.localdate()
    data = {"payee": community.pk, "title": "秋季活动", "budget": "2000", "starts_on": today, "ends_on": today}
    assert first.post(reverse("finance:fund_new"), {**data, "title": ""}).status_code == 400
    first.post(reverse("finance:fund_new"), data)
    fund = Fund.objects.get()
    url = reverse("finance:fund", args=[fund.public_id])
    first.post(url, {"amount": "1500", "money_from": "donation"})
    assert first.post(url, {"amount": "1500.001", "money_from": "donation"}).status_code == 400
    asked = Allocation.objects.get()
    decide = reverse("finance:decide_allocation", args=[asked.public_id])
    assert "批准拨入" not in first.get(url).content.decode()
    assert "批准拨入" in second.get(url).content.decode()
    second.post(decide, {"say": "yes"})
    spend = ask(fund, 30_000)
    assert "点心和水果" in second.get(url).content.decode()
    evidence = second.get(reverse("finance:evidence", args=[spend.public_id]))
    assert evidence["Content-Type"] == "application/pdf" and evidence.content.startswith(b"%PDF")
    assert evidence["Content-Disposition"] == "attachment"
    second.post(reverse("finance:decide_request", args=[spend.public_id]), {"say": "yes", "answer": "好"})
    assert SpendRequest.objects.get().state == "approved"
    assert "¥1,200" in second.get(reverse("finance:funds")).content.decode()


@pytest.mark.parametrize("name", ["payouts", "payout_history", "fees", "funds"])
def test_three_rows_cost_no_more_queries_than_one(browsers, name):
    def add() -> None:
        partner = make_owed()
        draft_payout(payee=partner.public_id, drafted_by=factories.make_staff())
        other = factories.make_partner()
        ask_account_change(payee=other.public_id, details=DETAILS, asked_by=factories.make_user())
        make_fees(valid_from=timezone.now() - timedelta(days=factories.next_number()))
        make_fees(published=False)
        ask(filled(make_fund(partner.public_id)), 100)

    add()
    url = reverse(f"finance:{name}")
    one = queries_of(lambda: browsers[0].get(url))
    add()
    add()
    assert queries_of(lambda: browsers[0].get(url)) == one


def filled(fund: Fund) -> Fund:
    make_allocation(fund, 10_000)
    return fund


def test_three_requests_cost_no_more_queries_than_one(browsers):
    fund = filled(make_fund())
    ask(fund, 100)
    url = reverse("finance:fund", args=[fund.public_id])
    one = queries_of(lambda: browsers[0].get(url))
    for _ in range(2):
        ask(fund, 100)
        make_allocation(fund, 100)
    assert queries_of(lambda: browsers[0].get(url)) == one


def test_strangers_find_nothing(people):
    fund = filled(make_fund())
    spend = ask(fund, 100)
    urls = [
        reverse("finance:payouts"),
        reverse("finance:fees"),
        reverse("finance:fund", args=[fund.public_id]),
        reverse("finance:evidence", args=[spend.public_id]),
    ]
    others = [
        (factories.make_parent(), 404),
        (factories.make_partner_staff(factories.make_partner()), 404),
        (factories.make_staff(duties=[Duty.SUPPORT]), 403),
    ]
    for user, status in others:
        browser = factories.signed_in(user)
        assert [browser.get(url).status_code for url in urls] == [status] * len(urls)
    browser = factories.signed_in(people[0])
    assert browser.get(reverse("finance:payout", args=[uuid4()])).status_code == 404
