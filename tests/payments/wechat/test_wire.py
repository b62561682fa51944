"""Whatever goes wrong between WeChat and us is unclear, never a yes and never a no; and both ways of signing."""

import threading
from collections.abc import Callable

import pytest

from payments.enums import Method
from payments.gateways.base import Gateway, GatewayRefused, GatewayUnclear, TradeStatus
from payments.gateways.wechat import platform_keys, sdk
from payments.gateways.wechat.gateway import WechatGateway, build_gateway
from tests.payments.wechat.attempts import a_paid, a_refund, an_attempt, ref
from tests.payments.wechat.simulated import WechatSimulator

UNDONE = ("http_500", "system_error", "frequency")
DONE = ("lost_answer", "garbage", "wrong_signature", "unsigned", "old_answer")


@pytest.mark.parametrize("kind", [*UNDONE, *DONE])
def test_whatever_goes_wrong_on_the_way_is_unclear(
    wechat: Gateway, wechat_simulator: WechatSimulator, kind: str
) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    asked: dict[str, Callable[[], object]] = {
        "query": lambda: wechat.query(ref(attempt)),
        "close": lambda: wechat.close(ref(attempt)),
        "refund": lambda: wechat.refund(a_refund(attempt, 100)),
        "native": lambda: wechat.create(an_attempt()),
    }
    for call, ask in asked.items():
        wechat_simulator.fault(call, kind)
        with pytest.raises(GatewayUnclear):
            ask()
    assert wechat_simulator.trade(attempt.out_trade_no)["refunded_fen"] == (100 if kind in DONE else 0)


@pytest.mark.parametrize("kind", ["unsigned", "wrong_signature", "garbage"])
def test_a_no_that_is_not_signed_is_no_no(wechat: Gateway, wechat_simulator: WechatSimulator, kind: str) -> None:
    """Whoever stands between us could otherwise make a paid order look unknown."""
    with pytest.raises(GatewayRefused):
        wechat.refund(a_refund(an_attempt(), 1))
    wechat_simulator.fault("refund", kind)
    with pytest.raises(GatewayUnclear):
        wechat.refund(a_refund(an_attempt(), 1))


def test_our_own_bad_signature_is_unclear(wechat_simulator: WechatSimulator, settings, other_key: str) -> None:
    config = settings.PAYMENT_GATEWAYS["wechat"] | {"private_key": other_key}
    with pytest.raises(GatewayUnclear, match="401"):
        build_gateway(config).query(ref(an_attempt()))


def test_nobody_listening_is_unclear(wechat_simulator: WechatSimulator, settings) -> None:
    config = settings.PAYMENT_GATEWAYS["wechat"] | {"gateway_url": "http://127.0.0.1:9"}
    with pytest.raises(GatewayUnclear):
        build_gateway(config).query(ref(an_attempt()))


def test_nobody_is_waited_for_without_end(
    wechat: Gateway, wechat_simulator: WechatSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sdk._TIMEOUT_SECONDS == (3, 10)
    monkeypatch.setattr(sdk, "_TIMEOUT_SECONDS", (3, 0.2))
    wechat_simulator.fault("native", "slow", seconds=0.5)
    with pytest.raises(GatewayUnclear):
        wechat.create(an_attempt())


def test_answers_about_other_sums_are_told_as_they_are(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.fault("query", "wrong_amount")
    assert wechat.query(ref(attempt)).amount_fen == 1


def test_certificates_are_fetched_before_the_first_call(
    by_certificate: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    attempt = a_paid(by_certificate, wechat_simulator)
    by_certificate.refund(a_refund(attempt, 100))
    assert by_certificate.query(ref(attempt)).status == TradeStatus.PAID
    assert wechat_simulator.calls() == ["certificates", "native", "refund", "query"]


def test_nobody_is_contacted_by_building_a_gateway(by_certificate: WechatGateway, wechat: WechatGateway) -> None:
    """The SDK downloads in its constructor: no web process would start while WeChat is away."""
    assert not by_certificate._client._core.keys._known.certificates


@pytest.mark.parametrize("kind", ["http_500", "wrong_signature", "garbage", "old_answer", "unsigned"])
def test_certificates_that_nobody_signed_are_not_taken(
    by_certificate: WechatGateway, wechat_simulator: WechatSimulator, kind: str
) -> None:
    wechat_simulator.fault("certificates", kind)
    with pytest.raises(GatewayUnclear):
        by_certificate.query(ref(an_attempt()))
    # Not asked for again and again while WeChat is in trouble.
    with pytest.raises(GatewayUnclear):
        by_certificate.query(ref(an_attempt()))
    assert wechat_simulator.calls().count("certificates") == 1


def test_new_certificate_is_found_and_the_old_ones_survive_trouble(
    by_certificate: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    attempt = an_attempt()
    by_certificate.create(attempt)
    wechat_simulator.command("keys", rotate=True)
    by_certificate._client._core.keys._next_download = 0
    assert by_certificate.query(ref(attempt)).status == TradeStatus.WAITING
    wechat_simulator.fault("certificates", "http_500")
    by_certificate._client._core.keys._next_download = 0
    by_certificate._client._core.keys._fresh_until = 0
    assert by_certificate.query(ref(attempt)).status == TradeStatus.WAITING


def test_certificates_are_renewed_twice_a_day(
    by_certificate: WechatGateway, wechat_simulator: WechatSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_certificate.create(an_attempt())
    now = platform_keys.time.monotonic()
    monkeypatch.setattr(platform_keys.time, "monotonic", lambda: now + 12 * 3600 + 1)
    by_certificate.create(an_attempt())
    assert wechat_simulator.calls().count("certificates") == 2


def test_many_at_once_fetch_certificates_once(by_certificate: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    attempts = [an_attempt(Method.QR) for _ in range(4)]
    threads = [threading.Thread(target=by_certificate.create, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wechat_simulator.trades()) == 4
    assert wechat_simulator.calls().count("certificates") == 1


def test_merchants_without_certificates_need_the_public_key(
    wechat: Gateway, by_certificate: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    wechat_simulator.command("keys", certificates=False)
    assert wechat.create(an_attempt())
    with pytest.raises(GatewayUnclear):
        by_certificate.create(an_attempt())
