"""Agreements and debits against the simulated WeChat."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import GatewayRefused, GatewayUnclear, Recurring, Redirect, TradeStatus
from payments.gateways.recurring import AgreementRef, AgreementStatus, AgreementView
from payments.gateways.wechat import agreements
from payments.gateways.wechat.gateway import WechatGateway, build_gateway
from tests.payments.wechat.attempts import BACK, a_refund, agreement_ref, an_agreement, an_attempt, ref
from tests.payments.wechat.simulated import WechatSimulator
from tests.support.waiting import eventually


def today() -> date:
    return timezone.localdate()


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """At night a refusal may only be about the hour; what is refused here is refused by day, whenever the tests run."""
    monkeypatch.setattr(agreements, "_hour", lambda: 12)


@pytest.fixture
def signed(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> AgreementRef:
    """An agreement of a while ago: the freshly signed have rules of their own."""
    agreement = an_agreement()
    wechat_simulator.buy(wechat.sign_agreement(agreement).url, "sign")
    wechat_simulator.advance(days=1)
    return agreement_ref(agreement, wechat_simulator.contract(agreement.out_agreement_no)["contract_id"])


def announced(wechat: WechatGateway, simulator: WechatSimulator, agreement: AgreementRef, fen: int = 9800) -> None:
    """An announcement, two days ago."""
    wechat.announce_charge(agreement, out_trade_no="T1", amount_fen=fen, on=today() + timedelta(days=5))
    simulator.advance(days=2)


def a_debit(**changes: object):
    """A month's attempt."""
    return an_attempt(Method.AGREEMENT, **({"amount_fen": 9800} | changes))


def test_recurring_is_ours_to_do(wechat: WechatGateway, settings) -> None:
    assert wechat.caps.recurring == Recurring.WE_CHARGE
    without = build_gateway(settings.PAYMENT_GATEWAYS["wechat"] | {"plan_id": ""})
    assert without.caps.recurring == Recurring.NONE
    with pytest.raises(GatewayRefused):
        without.sign_agreement(an_agreement())


def test_signing(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    agreement = an_agreement()
    action = wechat.sign_agreement(agreement)
    assert isinstance(action, Redirect)
    assert action.handle
    assert wechat.sign_agreement(agreement) == action
    assert wechat.query_agreement(agreement_ref(agreement)).status == AgreementStatus.NOT_FOUND
    mother = wechat_simulator.become("mother")
    assert wechat_simulator.buy(action.url, "sign") == BACK
    truth = wechat.query_agreement(agreement_ref(agreement))
    assert (truth.status, truth.instrument, truth.foreign) == (AgreementStatus.SIGNED, mother, "")
    assert truth.provider_ref == wechat_simulator.contract(agreement.out_agreement_no)["contract_id"]
    assert abs(truth.signed_at - timezone.now()) < timedelta(seconds=10)


def test_not_signing(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    agreement = an_agreement()
    assert wechat_simulator.buy(wechat.sign_agreement(agreement).url, "leave") == BACK
    assert wechat.query_agreement(agreement_ref(agreement)).status == AgreementStatus.NOT_FOUND
    assert wechat.end_agreement(agreement_ref(agreement)).status == AgreementStatus.ENDED


def test_session_for_signing_lasts_ten_minutes(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    agreement = an_agreement()
    page = wechat.sign_agreement(agreement).url
    wechat_simulator.advance(seconds=601)
    wechat_simulator.buy(page, "sign")
    assert wechat.query_agreement(agreement_ref(agreement)).status == AgreementStatus.NOT_FOUND
    wechat_simulator.buy(wechat.sign_agreement(agreement).url, "sign")
    assert wechat.query_agreement(agreement_ref(agreement)).status == AgreementStatus.SIGNED


def test_number_signs_once(wechat: WechatGateway, signed: AgreementRef) -> None:
    with pytest.raises(GatewayRefused):
        wechat.sign_agreement(an_agreement(out_agreement_no=signed.out_agreement_no))


@pytest.mark.parametrize("change", [{"out_agreement_no": "A-1"}, {"subject": ""}, {"notify_url": ""}])
def test_agreements_that_cannot_be(wechat: WechatGateway, wechat_simulator: WechatSimulator, change) -> None:
    with pytest.raises(GatewayRefused):
        wechat.sign_agreement(an_agreement(**change))


def test_ending(wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef) -> None:
    assert wechat.end_agreement(signed).status == AgreementStatus.ENDED
    assert wechat.end_agreement(signed).status == AgreementStatus.ENDED
    assert wechat_simulator.calls().count("terminate") == 1
    with pytest.raises(GatewayRefused):
        wechat.charge_agreement(signed, a_debit())


def test_payer_ends_it_in_wechat(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    wechat_simulator.command("agreement", out_contract_code=signed.out_agreement_no, act="end")
    assert wechat.query_agreement(signed).status == AgreementStatus.ENDED


def test_ending_with_the_answer_lost(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    wechat_simulator.fault("terminate", "lost_answer")
    with pytest.raises(GatewayUnclear):
        wechat.end_agreement(signed)
    assert wechat.end_agreement(signed).status == AgreementStatus.ENDED


def test_debit_is_taken_in_and_done_later(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    announced(wechat, wechat_simulator, signed)
    debit = a_debit()
    assert wechat.charge_agreement(signed, debit).status == TradeStatus.WAITING
    assert wechat_simulator.trade(debit.out_trade_no)["status"] == "ACCEPT"
    assert wechat.query(ref(debit)).status == TradeStatus.WAITING
    # Asked for again, nothing more happens.
    assert wechat.charge_agreement(signed, debit).status == TradeStatus.WAITING
    wechat_simulator.advance(seconds=2)
    truth = wechat.query(ref(debit))
    assert (truth.status, truth.amount_fen) == (TradeStatus.PAID, 9800)
    with pytest.raises(GatewayUnclear):
        wechat.charge_agreement(signed, debit)
    assert wechat.refund(a_refund(debit, 9800)).amount_fen == 9800


def test_debit_needs_an_announcement(wechat: WechatGateway, signed: AgreementRef) -> None:
    with pytest.raises(GatewayRefused) as refused:
        wechat.charge_agreement(signed, a_debit())
    assert refused.value.code == "RULE_LIMIT"


@pytest.mark.parametrize(("days", "is_taken"), [(0, False), (1, False), (2, True), (8, True), (9, False)])
def test_debit_comes_on_the_third_to_ninth_day(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef, days: int, is_taken: bool
) -> None:
    wechat.announce_charge(signed, out_trade_no="T1", amount_fen=9800, on=today() + timedelta(days=5))
    wechat_simulator.advance(days=days)
    if is_taken:
        assert wechat.charge_agreement(signed, a_debit())
    else:
        with pytest.raises(GatewayRefused):
            wechat.charge_agreement(signed, a_debit())


def test_first_debit_right_after_signing_needs_none(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    agreement = an_agreement(trial_days=0)
    wechat_simulator.buy(wechat.sign_agreement(agreement).url, "sign")
    signed = agreement_ref(agreement, wechat.query_agreement(agreement_ref(agreement)).provider_ref)
    first = a_debit()
    assert wechat.charge_agreement(signed, first).status == TradeStatus.WAITING
    wechat_simulator.advance(seconds=2)
    eventually(lambda: wechat_simulator.contract(agreement.out_agreement_no)["debits"] == 1)
    with pytest.raises(GatewayRefused):
        wechat.charge_agreement(signed, a_debit())


def test_announcing_the_first_debit_at_once_does_not_hold_it_up(
    wechat: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    agreement = an_agreement(trial_days=0, first_charge_on=today())
    wechat_simulator.buy(wechat.sign_agreement(agreement).url, "sign")
    signed = agreement_ref(agreement, wechat.query_agreement(agreement_ref(agreement)).provider_ref)
    wechat.announce_charge(signed, out_trade_no="T1", amount_fen=9800, on=today())
    assert "notice" not in wechat_simulator.calls()
    assert wechat.charge_agreement(signed, a_debit()).status == TradeStatus.WAITING


def test_announcing_again_is_harmless(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    announced(wechat, wechat_simulator, signed)
    wechat.announce_charge(signed, out_trade_no="T1", amount_fen=9800, on=today() + timedelta(days=5))
    assert wechat.charge_agreement(signed, a_debit())


def test_announcing_too_early_would_lapse(wechat: WechatGateway, signed: AgreementRef) -> None:
    with pytest.raises(GatewayRefused) as refused:
        wechat.announce_charge(signed, out_trade_no="T1", amount_fen=9800, on=today() + timedelta(days=10))
    assert refused.value.code == "TOO_EARLY"


def test_one_announcement_one_debit_of_at_most_its_sum(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    announced(wechat, wechat_simulator, signed)
    with pytest.raises(GatewayRefused):
        wechat.charge_agreement(signed, a_debit(amount_fen=9801))
    wechat.charge_agreement(signed, a_debit())
    with pytest.raises(GatewayRefused):
        wechat.charge_agreement(signed, a_debit())
    wechat_simulator.advance(seconds=2)
    eventually(lambda: not wechat_simulator.contract(signed.out_agreement_no)["notice_at"])
    with pytest.raises(GatewayRefused):
        wechat.charge_agreement(signed, a_debit())


def test_too_little_money_and_more_the_next_day(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    wechat_simulator.command("agreement", out_contract_code=signed.out_agreement_no, funds="short")
    announced(wechat, wechat_simulator, signed)
    debit = a_debit()
    wechat.charge_agreement(signed, debit)
    wechat_simulator.advance(seconds=2)
    assert wechat.query(ref(debit)).status == TradeStatus.CLOSED
    eventually(lambda: wechat_simulator.messages()[-1]["event_type"] == "TRANSACTION.FAIL")
    wechat_simulator.command("agreement", out_contract_code=signed.out_agreement_no, funds="enough")
    wechat_simulator.advance(days=1)
    again = a_debit()
    wechat.charge_agreement(signed, again)
    wechat_simulator.advance(seconds=2)
    assert wechat.query(ref(again)).status == TradeStatus.PAID


def test_too_little_money_said_at_once(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef
) -> None:
    wechat_simulator.command("agreement", out_contract_code=signed.out_agreement_no, funds="short_at_once")
    announced(wechat, wechat_simulator, signed)
    with pytest.raises(GatewayRefused) as refused:
        wechat.charge_agreement(signed, a_debit())
    assert refused.value.code == "NOT_ENOUGH"


@pytest.mark.parametrize(("hour", "expected"), [(6, GatewayUnclear), (7, None), (21, None), (22, GatewayUnclear)])
def test_nobody_is_woken_at_night(
    wechat: WechatGateway,
    wechat_simulator: WechatSimulator,
    signed: AgreementRef,
    monkeypatch: pytest.MonkeyPatch,
    hour: int,
    expected: type[Exception] | None,
) -> None:
    """At night nothing is refused for good: whoever asks asks again by day."""
    wechat_simulator.command("hours", kept=True)
    wechat_simulator.advance(seconds=(hour - datetime.now(ZoneInfo("Asia/Shanghai")).hour) % 24 * 3600)
    monkeypatch.setattr(agreements, "_hour", lambda: hour)

    def announce() -> None:
        wechat.announce_charge(signed, out_trade_no="T1", amount_fen=9800, on=today() + timedelta(days=5))

    if expected is None:
        announce()
        with pytest.raises(GatewayRefused):
            wechat.charge_agreement(signed, a_debit())
    else:
        with pytest.raises(expected):
            announce()
        with pytest.raises(expected):
            wechat.charge_agreement(signed, a_debit())


@pytest.mark.parametrize("kind", ["http_500", "lost_answer", "wrong_signature"])
def test_debit_with_the_answer_lost_is_unclear(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, signed: AgreementRef, kind: str
) -> None:
    announced(wechat, wechat_simulator, signed)
    debit = a_debit()
    wechat_simulator.fault("debit", kind)
    with pytest.raises(GatewayUnclear):
        wechat.charge_agreement(signed, debit)
    expected = TradeStatus.NOT_FOUND if kind == "http_500" else TradeStatus.WAITING
    assert wechat.query(ref(debit)).status == expected


def test_nothing_is_taken_without_a_contract(wechat: WechatGateway, signed: AgreementRef) -> None:
    with pytest.raises(GatewayRefused) as refused:
        wechat.charge_agreement(AgreementRef(signed.out_agreement_no), a_debit())
    assert refused.value.code == "NO_CONTRACT"


def test_words_of_the_agreement_are_neutral(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    agreement: AgreementView = an_agreement(subject="健康服务 <会员>")
    wechat.sign_agreement(agreement)
    kept = wechat_simulator.contract(agreement.out_agreement_no)
    assert (kept["display_account"], kept["out_user_code"]) == ("健康服务 会员", "u4f2a")
