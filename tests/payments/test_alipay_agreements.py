"""Agreements: agreed to once, debited every period, ended by either side."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from django.utils import timezone

from payments.enums import EventAbout, Method
from payments.gateways.alipay.agreements import first_day
from payments.gateways.base import (
    AttemptView,
    BadSignature,
    Gateway,
    GatewayRefused,
    GatewayUnclear,
    Recurring,
    Redirect,
    TradeRef,
    TradeStatus,
)
from payments.gateways.recurring import AgreementRef, AgreementStatus, AgreementView
from tests.payments.simulated import Simulator, visit
from tests.payments.test_alipay_gateway import an_attempt
from tests.support.waiting import eventually

_numbers = count(1)
RETURN = "http://127.0.0.1:9/plan/"
NOBODY = "http://127.0.0.1:9/pay/notify/alipay/"


def an_agreement(**changes: object) -> AgreementView:
    """¥19 every month from today on."""
    view = AgreementView(
        out_agreement_no=f"A{next(_numbers):08d}",
        subject="家庭会员",
        amount_fen=1900,
        period_months=1,
        first_charge_on=timezone.localdate(),
        trial_days=0,
        renews=True,
        payer_ref="payer1",
        return_url=RETURN,
        notify_url=NOBODY,
    )
    return replace(view, **changes)


def a_charge(**changes: object) -> AttemptView:
    """A debit of ¥19."""
    return an_attempt(Method.AGREEMENT, **({"amount_fen": 1900} | changes))


def open_page(alipay: Gateway, view: AgreementView) -> str:
    """Open the page on which to agree; returns its address."""
    action = alipay.sign_agreement(view)
    assert isinstance(action, Redirect)
    status, body, location = visit(action.url)
    assert status == 302, body
    return location


def signed(alipay: Gateway, simulator: Simulator, **changes: object) -> AgreementRef:
    """An agreement somebody agreed to."""
    view = an_agreement(**changes)
    simulator.choose(open_page(alipay, view), "sign_a")
    truth = alipay.query_agreement(AgreementRef(view.out_agreement_no))
    return AgreementRef(view.out_agreement_no, truth.provider_ref)


def test_agreed_on_the_page_and_known_afterwards(alipay: Gateway, simulator: Simulator) -> None:
    assert alipay.caps.recurring == Recurring.WE_CHARGE
    view = an_agreement()
    ref = AgreementRef(view.out_agreement_no)
    assert alipay.query_agreement(ref).status == AgreementStatus.NOT_FOUND
    page = open_page(alipay, view)
    assert alipay.query_agreement(ref).status == AgreementStatus.WAITING
    assert open_page(alipay, view) == page
    status, _, location = simulator.choose(page, "sign_a")
    assert status == 302 and location.startswith(RETURN)
    truth = alipay.query_agreement(ref)
    assert truth.status == AgreementStatus.SIGNED
    assert truth.instrument == "2088000000001001"
    assert truth.provider_ref == simulator.command("agreements")["agreements"][view.out_agreement_no]["agreement_no"]
    assert abs(truth.signed_at - timezone.now()) < timedelta(seconds=10)


def test_two_wallets_are_two_instruments(alipay: Gateway, simulator: Simulator) -> None:
    found = []
    for act in ("sign_a", "sign_b", "sign_a"):
        view = an_agreement()
        simulator.choose(open_page(alipay, view), act)
        found.append(alipay.query_agreement(AgreementRef(view.out_agreement_no)).instrument)
    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize(
    ("day", "sent"), [("2026-01-28", 28), ("2026-01-29", 28), ("2026-01-31", 28), ("2026-02-01", 1)]
)
def test_no_day_after_the_28th_is_asked_for(alipay: Gateway, simulator: Simulator, day: str, sent: int) -> None:
    assert first_day(date.fromisoformat(day)).day == sent
    view = an_agreement(first_charge_on=date.fromisoformat(day))
    open_page(alipay, view)
    rule = simulator.command("agreements")["agreements"][view.out_agreement_no]["rule"]
    assert rule["starts_on"] == f"{day[:8]}{sent:02d}"
    assert rule["single_fen"] == 1900


def test_not_agreed_goes_back_and_takes_nothing(alipay: Gateway, simulator: Simulator) -> None:
    view = an_agreement()
    assert simulator.choose(open_page(alipay, view), "leave")[2] == RETURN
    assert alipay.query_agreement(AgreementRef(view.out_agreement_no)).status == AgreementStatus.WAITING


def test_money_is_taken_once_per_period(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator)
    charge = a_charge()
    truth = alipay.charge_agreement(ref, charge)
    assert (truth.status, truth.amount_fen, truth.foreign) == (TradeStatus.PAID, 1900, "")
    assert alipay.charge_agreement(ref, charge).provider_ref == truth.provider_ref
    assert alipay.query(TradeRef(charge.out_trade_no)).status == TradeStatus.PAID
    with pytest.raises(GatewayRefused) as refused:
        alipay.charge_agreement(ref, a_charge())
    assert refused.value.code == "ACQ.CYCLE_PAY_DATE_NOT_MATCH"
    simulator.command("clock", advance=32 * 86400)
    assert alipay.charge_agreement(ref, a_charge()).status == TradeStatus.PAID


def test_nothing_is_taken_before_the_agreed_day(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator, first_charge_on=timezone.localdate() + timedelta(days=40))
    charge = a_charge()
    with pytest.raises(GatewayRefused) as refused:
        alipay.charge_agreement(ref, charge)
    assert refused.value.code == "ACQ.CYCLE_PAY_DATE_NOT_MATCH"
    assert alipay.query(TradeRef(charge.out_trade_no)).status == TradeStatus.NOT_FOUND
    simulator.command("clock", advance=41 * 86400)
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.PAID


def test_no_more_than_agreed_is_taken(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator)
    with pytest.raises(GatewayRefused) as refused:
        alipay.charge_agreement(ref, a_charge(amount_fen=1901))
    assert refused.value.code == "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED"


@pytest.mark.parametrize(
    ("state", "code"), [("empty", "ACQ.BUYER_BALANCE_NOT_ENOUGH"), ("frozen", "ACQ.BUYER_ENABLE_STATUS_FORBID")]
)
def test_a_wallet_that_cannot_pay_says_so_and_may_pay_later(
    alipay: Gateway, simulator: Simulator, state: str, code: str
) -> None:
    ref = signed(alipay, simulator)
    simulator.command("wallet", external_no=ref.out_agreement_no, state=state)
    charge = a_charge()
    with pytest.raises(GatewayRefused) as refused:
        alipay.charge_agreement(ref, charge)
    assert refused.value.code == code
    simulator.command("wallet", external_no=ref.out_agreement_no, state="ok")
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.PAID


def test_taken_in_and_paid_later(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator)
    simulator.fault("debit", "pending", seconds=100)
    charge = a_charge()
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.WAITING
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.WAITING
    assert alipay.query(TradeRef(charge.out_trade_no)).status == TradeStatus.WAITING
    simulator.command("clock", advance=101)
    assert alipay.query(TradeRef(charge.out_trade_no)).status == TradeStatus.PAID
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.PAID


@pytest.mark.parametrize("kind", ["http_500", "system_error", "garbage", "wrong_signature", "lost_answer"])
def test_a_cut_debit_is_unclear_and_taken_once(alipay: Gateway, simulator: Simulator, kind: str) -> None:
    ref = signed(alipay, simulator)
    charge = a_charge()
    simulator.fault("alipay.trade.pay", kind)
    with pytest.raises(GatewayUnclear):
        alipay.charge_agreement(ref, charge)
    assert alipay.charge_agreement(ref, charge).status == TradeStatus.PAID
    assert len(simulator.trades()) == 1


def test_either_side_ends_it(alipay: Gateway, simulator: Simulator) -> None:
    ours, theirs = signed(alipay, simulator), signed(alipay, simulator)
    assert alipay.end_agreement(ours).status == AgreementStatus.ENDED
    assert alipay.end_agreement(ours).status == AgreementStatus.ENDED
    assert alipay.end_agreement(AgreementRef("A_never")).status == AgreementStatus.ENDED
    simulator.command("unsign", external_no=theirs.out_agreement_no)
    for ref in (ours, theirs):
        assert alipay.query_agreement(ref).status == AgreementStatus.ENDED
        with pytest.raises(GatewayRefused):
            alipay.charge_agreement(ref, a_charge())


def test_announcing_says_nothing_to_alipay(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator)
    before = simulator.calls()
    alipay.announce_charge(ref, out_trade_no="T1", amount_fen=1900, on=timezone.localdate())
    assert simulator.calls() == before


def test_messages_name_the_agreement(alipay: Gateway, simulator: Simulator) -> None:
    from urllib.parse import urlencode

    ref = signed(alipay, simulator)
    alipay.end_agreement(ref)
    begun, ended = eventually(lambda: simulator.messages() if len(simulator.messages()) == 2 else None)
    for message, status in ((begun, "NORMAL"), (ended, "UNSIGN")):
        hint = alipay.parse_webhook({}, urlencode(message).encode())
        assert (hint.about, hint.ref, hint.out_trade_no) == (EventAbout.AGREEMENT, ref.out_agreement_no, "")
        assert hint.kind.endswith(status) and not hint.foreign
    with pytest.raises(BadSignature):
        alipay.parse_webhook({}, urlencode(begun | {"external_agreement_no": "A9"}).encode())


def test_foreign_messages_are_named(alipay: Gateway, simulator: Simulator) -> None:
    from urllib.parse import urlencode

    simulator.fault("notify", "foreign_app")
    signed(alipay, simulator)
    (message,) = simulator.messages()
    assert alipay.parse_webhook({}, urlencode(message).encode()).foreign == "app_id"


def test_the_page_says_nothing_but_neutral_facts(alipay: Gateway, simulator: Simulator) -> None:
    page = visit(open_page(alipay, an_agreement()))[1]
    assert "¥19.00" in page and "心桥" in page and "payer1" not in page


@pytest.mark.parametrize("splits", [True, False])
def test_shared_money_is_marked_when_it_is_paid(alipay: Gateway, simulator: Simulator, splits: bool) -> None:
    attempts = [an_attempt(method, splits=splits) for method in (Method.PAGE, Method.WAP, Method.QR)]
    for attempt in attempts:
        action = alipay.create(attempt)
        simulator.open_cashier(getattr(action, "url", None) or action.text)
    charge = a_charge(splits=splits)
    alipay.charge_agreement(signed(alipay, simulator), charge)
    marks = {simulator.trade(each.out_trade_no)["offer"]["royalty_freeze"] for each in [*attempts, charge]}
    assert marks == {splits}
