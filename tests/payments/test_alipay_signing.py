"""Signatures checked against code that is not ours, and what must be refused."""

from urllib.parse import urlencode

import pytest
import rsa
from alipay.aop.api.DefaultAlipayClient import THREAD_LOCAL
from alipay.aop.api.util.SignatureUtils import sign_with_rsa, sign_with_rsa2, verify_with_rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.alipay import wire
from payments.gateways.alipay.config import read_config
from payments.gateways.alipay.gateway import AlipayGateway
from payments.gateways.alipay.sdk import AlipayClient
from payments.gateways.alipay.signing import (
    BadKey,
    canonical_forms,
    is_signed,
    read_private_key,
    read_public_key,
    sign,
)
from payments.gateways.base import BadSignature, GatewayUnclear

OURS = rsa.newkeys(1024)
OTHERS = rsa.newkeys(1024)
PKCS1 = OURS[1].save_pkcs1().decode()
PUBLIC = read_private_key(PKCS1).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
MESSAGE = "out_trade_no=T1&subject=健康服务 1 项&total_amount=360.00"


def _key_forms() -> list[str]:
    key = read_private_key(PKCS1)
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    bare = ["".join(pem.splitlines()[1:-1]) for pem in (PKCS1, pkcs8)]
    return [PKCS1, pkcs8, pkcs8.replace("\n", "\r\n"), *bare, f"\n  {bare[1][:40]}\n{bare[1][40:]} \n"]


@pytest.mark.parametrize("text", _key_forms())
def test_every_form_of_a_private_key_signs_alike(text: str) -> None:
    assert sign(read_private_key(text), MESSAGE.encode()) == sign_with_rsa2(PKCS1, MESSAGE, "utf-8")


@pytest.mark.parametrize("text", ["", "no key", PUBLIC, "-----BEGIN X-----\nAAAA\n-----END X-----"])
def test_bad_keys_are_named_without_being_shown(text: str) -> None:
    with pytest.raises(BadKey):
        read_private_key(text)
    with pytest.raises(ImproperlyConfigured) as fault:
        read_config(_config(app_private_key=text or "?"))
    assert "AAAA" not in str(fault.value)


def test_other_code_agrees_with_our_signature() -> None:
    signature = sign(read_private_key(PKCS1), MESSAGE.encode())
    assert verify_with_rsa(PUBLIC, MESSAGE.encode(), signature)


def test_we_agree_with_signatures_of_other_code() -> None:
    signature = sign_with_rsa2(PKCS1, MESSAGE, "utf-8")
    assert is_signed(read_public_key(PUBLIC), MESSAGE.encode(), signature)


def test_sha1_is_refused_though_the_sdk_takes_it() -> None:
    signature = sign_with_rsa(PKCS1, MESSAGE, "utf-8")
    assert verify_with_rsa(PUBLIC, MESSAGE.encode(), signature)
    assert not is_signed(read_public_key(PUBLIC), MESSAGE.encode(), signature)


@pytest.mark.parametrize(
    "signature", ["", "AAAA", "not base64!", "é", sign_with_rsa2(OTHERS[1].save_pkcs1().decode(), MESSAGE, "utf-8")]
)
def test_whatever_is_not_our_signature_is_refused(signature: str) -> None:
    assert not is_signed(read_public_key(PUBLIC), MESSAGE.encode(), signature)


def test_changed_message_is_refused() -> None:
    signature = sign(read_private_key(PKCS1), MESSAGE.encode())
    assert not is_signed(read_public_key(PUBLIC), MESSAGE.replace("360", "001").encode(), signature)


def _config(**changes: str) -> dict[str, str]:
    """Both sides with the same key: these tests play both."""
    return {
        "app_id": "2021",
        "seller_id": "2088",
        "app_private_key": PKCS1,
        "alipay_public_key": PUBLIC,
        "gateway_url": "http://127.0.0.1:9/gateway.do",
    } | changes


def _body(*, form: int = 0, **changes: str) -> bytes:
    """A notification as Alipay sends it, signed over all fields (0) or the filled ones (1)."""
    fields = {
        "notify_id": "n1",
        "notify_type": "trade_status_sync",
        "trade_status": "TRADE_SUCCESS",
        "out_trade_no": "T1",
        "total_amount": "360.00",
        "app_id": "2021",
        "seller_id": "2088",
        "subject": "健康服务 1 项",
        "body": "",
    } | changes
    text = canonical_forms(fields)[form].decode()
    return urlencode(fields | {"sign_type": "RSA2", "sign": sign_with_rsa2(PKCS1, text, "utf-8")}).encode()


@pytest.mark.parametrize("form", [0, 1])
def test_both_forms_of_notification_are_taken(form: int) -> None:
    hint = AlipayGateway(read_config(_config())).parse_webhook({}, _body(form=form))
    assert (hint.event_id, hint.out_trade_no, hint.amount_fen, hint.foreign) == ("n1", "T1", 36000, "")


def test_notification_for_others_is_named() -> None:
    body = _body(app_id="2020", seller_id="2099")
    hint = AlipayGateway(read_config(_config())).parse_webhook({}, body)
    assert hint.foreign == "app_id,seller_id"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"sign=x&sign_type=RSA2",
        _body() + b"&total_amount=0.01",
        _body().replace(b"RSA2", b"RSA"),
        _body().replace(b"360.00", b"0.01"),
        _body().replace(b"sign=", b"sign=A"),
        _body(total_amount="a lot"),
        _body(notify_id="").replace(b"notify_id=&", b""),
    ],
)
def test_malformed_notifications_are_refused(body: bytes) -> None:
    with pytest.raises(BadSignature):
        AlipayGateway(read_config(_config())).parse_webhook({}, body)


@pytest.mark.parametrize(("signer", "is_taken"), [(sign_with_rsa2, True), (sign_with_rsa, False)])
def test_answers_are_taken_with_sha256_alone(monkeypatch, signer, is_taken: bool) -> None:
    """The slash stays escaped as it was sent: the signature covers the raw text."""
    inner = '{"code":"10000","qr_code":"http:\\/\\/x"}'
    answer = f'{{"a_response":{inner},"sign":"{signer(PKCS1, inner, "utf-8")}"}}'.encode()
    client = AlipayClient(read_config(_config()))
    sdk = client._client
    monkeypatch.setattr(THREAD_LOCAL, "logger", None, raising=False)  # what execute() does first
    monkeypatch.setattr(sdk, "execute", lambda _: sdk._DefaultAlipayClient__parse_response(answer))
    if is_taken:
        assert client.answer_of(None)["qr_code"] == "http://x"
    else:
        with pytest.raises(GatewayUnclear):
            client.answer_of(None)


@given(st.integers(min_value=0, max_value=10**10))
def test_money_survives_the_border(fen: int) -> None:
    assert wire.fen_of(wire.yuan_text(fen)) == fen


@pytest.mark.parametrize("text", ["", "1.", ".5", "1.234", "-1.00", "1e3", "１.00", "1,000.00", " 1.00", "1.00\n"])
def test_other_writings_of_money_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        wire.fen_of(text)
