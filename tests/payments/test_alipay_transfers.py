"""Money to partners: certificate mode, once per number, definite failures told apart from unclear ones."""

from dataclasses import replace
from itertools import count

import pytest
from cryptography import x509
from django.core.exceptions import ImproperlyConfigured

from payments.gateways.accounting import PayoutStatus, PayoutView
from payments.gateways.alipay.certificates import app_serial, root_serial
from payments.gateways.alipay.config import read_config
from payments.gateways.alipay.gateway import build_gateway
from payments.gateways.base import Gateway, GatewayRefused, GatewayUnclear
from tests.payments.simulated import Simulator

_numbers = count(1)
SEND = "alipay.fund.trans.uni.transfer"


def a_payout(**changes: object) -> PayoutView:
    """¥1,234.56 to a clinic."""
    view = PayoutView(f"O{next(_numbers):08d}", 123456, "qinghe@example.com", "青禾（示例）", "服务结算")
    return replace(view, **changes)


def sent(simulator: Simulator) -> dict:
    """All transfers by number."""
    return simulator.command("transfers")["transfers"]


def test_sent_once_and_known_afterwards(alipay: Gateway, simulator: Simulator) -> None:
    payout = a_payout()
    assert alipay.query_payout(payout.out_payout_no).status == PayoutStatus.NOT_FOUND
    first = alipay.send_payout(payout)
    assert first.status == PayoutStatus.SUCCEEDED and first.provider_ref
    assert alipay.send_payout(payout) == first == alipay.query_payout(payout.out_payout_no)
    (kept,) = sent(simulator).values()
    assert (kept["fen"], kept["account"], kept["title"]) == (123456, "qinghe@example.com", "服务结算")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"account": "nobody@example.com"}, "PAYEE_NOT_EXIST"), ({"name": "别人"}, "PAYEE_USER_INFO_ERROR")],
)
def test_a_payee_that_does_not_fit_gets_nothing(
    alipay: Gateway, simulator: Simulator, changes: dict, code: str
) -> None:
    simulator.command("payee", account="qinghe@example.com", name="青禾（示例）")
    truth = alipay.send_payout(a_payout(**changes))
    assert (truth.status, truth.reason) == (PayoutStatus.FAILED, code)
    assert sent(simulator) == {}


def test_without_funds_the_same_number_may_be_sent_again(alipay: Gateway, simulator: Simulator) -> None:
    simulator.fault("transfer", "no_funds")
    payout = a_payout()
    assert alipay.send_payout(payout).reason == "PAYER_BALANCE_NOT_ENOUGH"
    assert alipay.send_payout(payout).status == PayoutStatus.SUCCEEDED


@pytest.mark.parametrize(
    ("kind", "at_once", "later", "reason"),
    [
        ("waits", PayoutStatus.PROCESSING, PayoutStatus.SUCCEEDED, ""),
        ("fails_later", PayoutStatus.PROCESSING, PayoutStatus.FAILED, "PAYEE_ACCOUNT_STATUS_ERROR"),
        ("comes_back", PayoutStatus.SUCCEEDED, PayoutStatus.FAILED, "REFUND"),
    ],
)
def test_what_comes_of_it_later(
    alipay: Gateway, simulator: Simulator, kind: str, at_once: PayoutStatus, later: PayoutStatus, reason: str
) -> None:
    simulator.fault("transfer", kind, seconds=60)
    payout = a_payout()
    assert alipay.send_payout(payout).status == at_once
    simulator.command("clock", advance=61)
    truth = alipay.query_payout(payout.out_payout_no)
    assert (truth.status, truth.reason) == (later, reason)


@pytest.mark.parametrize("kind", ["http_500", "system_error", "garbage", "wrong_signature", "lost_answer"])
def test_a_cut_transfer_is_unclear_and_sent_once(alipay: Gateway, simulator: Simulator, kind: str) -> None:
    payout = a_payout()
    simulator.fault(SEND, kind)
    with pytest.raises(GatewayUnclear):
        alipay.send_payout(payout)
    assert alipay.send_payout(payout).status == PayoutStatus.SUCCEEDED
    assert len(sent(simulator)) == 1


def test_the_same_number_with_another_amount_moves_nothing(alipay: Gateway, simulator: Simulator) -> None:
    payout = a_payout()
    alipay.send_payout(payout)
    assert alipay.send_payout(replace(payout, amount_fen=1)).reason == "INVALID_PARAMETER"
    assert sent(simulator)[payout.out_payout_no]["fen"] == 123456


def _settings(settings) -> dict:
    return dict(settings.PAYMENT_GATEWAYS["alipay"])


def test_without_certificates_nobody_is_paid_and_all_else_goes_on(
    alipay: Gateway, simulator: Simulator, settings
) -> None:
    from payments.gateways.base import TradeRef

    plain = build_gateway(_settings(settings) | {"app_certificate": "", "root_certificates": ""})
    with pytest.raises(GatewayRefused, match="NO_CERTIFICATE"):
        plain.send_payout(a_payout())
    with pytest.raises(GatewayRefused, match="NO_CERTIFICATE"):
        plain.query_payout("O1")
    assert plain.query(TradeRef("T_none"))


def test_somebody_elses_certificate_is_refused(alipay: Gateway, simulator: Simulator, settings) -> None:
    config = _settings(settings)
    roots = x509.load_pem_x509_certificates(config["root_certificates"].encode())
    from cryptography.hazmat.primitives.serialization import Encoding

    one = roots[1].public_bytes(Encoding.PEM).decode()
    for changes in ({"app_certificate": one}, {"root_certificates": one}):
        with pytest.raises(GatewayRefused, match="cert-sn"):
            build_gateway(config | changes).send_payout(a_payout())


def test_only_roots_signed_with_rsa_count(alipay: Gateway, settings) -> None:
    roots = _settings(settings)["root_certificates"]
    assert len(x509.load_pem_x509_certificates(roots.encode())) == 3
    serials = root_serial(roots).split("_")
    assert len(set(serials)) == 2 and all(len(each) == 32 for each in serials)
    assert len(app_serial(_settings(settings)["app_certificate"])) == 32


@pytest.mark.parametrize("changes", [{"app_certificate": ""}, {"root_certificates": "x"}, {"app_certificate": "x"}])
def test_half_a_certificate_mode_is_a_mistake_of_the_settings(alipay: Gateway, settings, changes: dict) -> None:
    with pytest.raises(ImproperlyConfigured):
        read_config(_settings(settings) | changes)
