"""Messages of WeChat: which are taken, and how little a stranger's message can make us do."""

from dataclasses import dataclass

import pytest

from payments.enums import EventAbout
from payments.gateways.base import BadSignature, Gateway, WebhookHint
from payments.gateways.wechat import signing
from payments.gateways.wechat.gateway import WechatGateway
from tests.payments.wechat.attempts import a_paid, a_refund, agreement_ref, an_agreement
from tests.payments.wechat.simulated import WechatSimulator


@dataclass
class Message:
    """One message as it was made."""

    headers: dict[str, str]
    body: bytes

    def read_by(self, gateway: Gateway) -> WebhookHint:
        """Hand it to our gateway."""
        return gateway.parse_webhook(self.headers, self.body)


def last(simulator: WechatSimulator) -> Message:
    """The newest message."""
    made = simulator.messages()[-1]
    return Message(dict(made["headers"]), made["body"].encode())


@pytest.fixture
def paid(wechat: Gateway, wechat_simulator: WechatSimulator) -> Message:
    """The message of a payment."""
    a_paid(wechat, wechat_simulator)
    return last(wechat_simulator)


def test_payment(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    attempt = a_paid(wechat, wechat_simulator)
    hint = last(wechat_simulator).read_by(wechat)
    assert (hint.kind, hint.about, hint.out_trade_no) == ("TRANSACTION.SUCCESS", EventAbout.TRADE, attempt.out_trade_no)
    assert (hint.amount_fen, hint.foreign, hint.event_id[:3]) == (36000, "", "EV-")


@pytest.mark.parametrize("outcome", ["SUCCESS", "ABNORMAL", "CLOSED"])
def test_refund(wechat: Gateway, wechat_simulator: WechatSimulator, outcome: str) -> None:
    from tests.support.waiting import eventually

    attempt = a_paid(wechat, wechat_simulator)
    wechat_simulator.command("refunds", outcome=outcome)
    wechat.refund(a_refund(attempt, 100, "R7"))
    eventually(lambda: len(wechat_simulator.messages()) == 2)
    hint = last(wechat_simulator).read_by(wechat)
    assert (hint.kind, hint.about, hint.ref) == (f"REFUND.{outcome}", EventAbout.REFUND, "R7")
    assert (hint.out_trade_no, hint.amount_fen) == (attempt.out_trade_no, 36000)


def test_agreement_signed_and_ended(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    agreement = an_agreement()
    wechat_simulator.buy(wechat.sign_agreement(agreement).url, "sign")
    hint = last(wechat_simulator).read_by(wechat)
    assert (hint.kind, hint.about, hint.ref) == ("ENTRUST.SIGN", EventAbout.AGREEMENT, agreement.out_agreement_no)
    assert (hint.out_trade_no, hint.amount_fen) == ("", None)
    wechat.end_agreement(agreement_ref(agreement))
    assert last(wechat_simulator).read_by(wechat).kind == "ENTRUST.TERMINATE"


@pytest.mark.parametrize(
    "kind", ["wrong_signature", "wrong_key", "stale", "probe"], ids=["signature", "cipher", "a day old", "SIGNTEST"]
)
def test_what_must_be_refused(wechat: Gateway, wechat_simulator: WechatSimulator, kind: str) -> None:
    wechat_simulator.fault("notify", kind)
    a_paid(wechat, wechat_simulator)
    with pytest.raises(BadSignature):
        last(wechat_simulator).read_by(wechat)


@pytest.mark.parametrize(("seconds", "is_taken"), [(-299, True), (299, True), (-301, False), (301, False)])
def test_message_is_of_now(
    wechat: Gateway, paid: Message, monkeypatch: pytest.MonkeyPatch, seconds: int, is_taken: bool
) -> None:
    """The SDK takes a message of any age."""
    made = int(paid.headers["Wechatpay-Timestamp"])
    monkeypatch.setattr(signing.time, "time", lambda: made + seconds)
    if is_taken:
        assert paid.read_by(wechat)
    else:
        with pytest.raises(BadSignature):
            paid.read_by(wechat)


NAMES = ("Timestamp", "Nonce", "Signature", "Serial", "Signature-Type")


@pytest.mark.parametrize("name", [f"Wechatpay-{name}" for name in NAMES[:4]])
def test_message_without_a_header(wechat: Gateway, paid: Message, name: str) -> None:
    """The SDK raises a bare exception, which would be answered with 500 and sent again for a day."""
    del paid.headers[name]
    with pytest.raises(BadSignature):
        paid.read_by(wechat)


@pytest.mark.parametrize(
    "change",
    [
        {"Timestamp": "now"},
        {"Timestamp": "-5"},
        {"Timestamp": "١٢٣"},
        {"Nonce": "other"},
        {"Signature": "AAAA"},
        {"Signature": "not base64!"},
        {"Signature": "é"},
        {"Serial": "PUB_KEY_ID_OF_ANOTHER"},
        {"Serial": "DEADBEEF"},
        {"Serial": "0x"},
        {"Signature-Type": "WECHATPAY2-SM2-WITH-SM3"},
    ],
)
def test_headers_that_were_changed(wechat: Gateway, paid: Message, change: dict[str, str]) -> None:
    paid.headers |= {f"Wechatpay-{name}": value for name, value in change.items()}
    with pytest.raises(BadSignature):
        paid.read_by(wechat)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{}", b"[]", b'{"resource": 1}', b'{"resource": {"nonce": ""}}'])
def test_other_bodies(wechat: Gateway, paid: Message, body: bytes) -> None:
    paid.body = body
    with pytest.raises(BadSignature):
        paid.read_by(wechat)


def test_changed_body(wechat: Gateway, paid: Message) -> None:
    paid.body = paid.body.replace(b"SUCCESS", b"SUCCESs")
    with pytest.raises(BadSignature):
        paid.read_by(wechat)


def test_header_names_in_any_case(wechat: Gateway, paid: Message) -> None:
    paid.headers = {name.lower(): value for name, value in paid.headers.items()}
    assert paid.read_by(wechat)


@pytest.mark.parametrize(("kind", "name"), [("foreign_mch", "mchid"), ("foreign_app", "appid")])
def test_message_for_others_is_named(wechat: Gateway, wechat_simulator: WechatSimulator, kind: str, name: str) -> None:
    wechat_simulator.fault("notify", kind)
    a_paid(wechat, wechat_simulator)
    assert last(wechat_simulator).read_by(wechat).foreign == name


def test_both_keys_while_changing_over(
    wechat: Gateway, by_certificate: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    """With the public key configured, messages are taken that certificates still sign; not the other way round."""
    wechat_simulator.command("keys", notify="certificate")
    a_paid(wechat, wechat_simulator)
    old = last(wechat_simulator)
    assert old.read_by(wechat)
    assert old.read_by(by_certificate)
    wechat_simulator.command("keys", notify="public_key")
    a_paid(wechat, wechat_simulator)
    new = last(wechat_simulator)
    assert new.read_by(wechat)
    with pytest.raises(BadSignature):
        new.read_by(by_certificate)


def test_strangers_make_us_ask_wechat_once(
    wechat: Gateway, by_certificate: WechatGateway, wechat_simulator: WechatSimulator
) -> None:
    """An unknown serial makes the SDK download inside every request."""
    a_paid(wechat, wechat_simulator)
    message = last(wechat_simulator)
    for gateway in (wechat, by_certificate):
        before = wechat_simulator.calls().count("certificates")
        for number in range(5):
            message.headers["Wechatpay-Serial"] = f"{number:040X}"
            with pytest.raises(BadSignature):
                message.read_by(gateway)
        assert wechat_simulator.calls().count("certificates") == before + 1


def test_strangers_wait_for_nobody(by_certificate: WechatGateway, paid: Message) -> None:
    """While one request downloads, another with an unknown serial is refused at once."""
    with by_certificate._client._core.keys._lock:
        paid.headers["Wechatpay-Serial"] = "ABCD"
        with pytest.raises(BadSignature):
            paid.read_by(by_certificate)


def test_answers_that_wechat_understands(wechat: Gateway) -> None:
    assert wechat.acknowledgement(kept=True) == (204, "")
    status, body = wechat.acknowledgement(kept=False)
    assert (status, '"FAIL"' in body) == (401, True)
