"""The silent step to the payer's openid, against the simulated WeChat."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.wechat.gateway import WechatGateway, build_gateway
from tests.payments.simulated import visit
from tests.payments.wechat.simulated import WechatSimulator

BACK = "http://127.0.0.1:9/pay/wechat/"


def a_code(wechat: WechatGateway) -> str:
    """A code as it comes back in the address."""
    status, _, location = visit(wechat.identifying_url(return_url=BACK, state="s1").split("#")[0])
    assert status == 302
    fields = parse_qs(urlsplit(location).query)
    assert fields["state"] == ["s1"]
    return fields["code"][0]


def test_code_is_good_once(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    mother = wechat_simulator.become("mother")
    code = a_code(wechat)
    assert wechat.payer_of(code) == mother
    with pytest.raises(GatewayRefused):
        wechat.payer_of(code)


def test_code_lasts_five_minutes(wechat: WechatGateway, wechat_simulator: WechatSimulator) -> None:
    code = a_code(wechat)
    wechat_simulator.advance(seconds=301)
    with pytest.raises(GatewayRefused):
        wechat.payer_of(code)


def test_address_is_as_wechat_wants_it(wechat: WechatGateway) -> None:
    url = wechat.identifying_url(return_url=BACK, state="s1")
    assert url.endswith("#wechat_redirect")
    assert [pair.split("=")[0] for pair in urlsplit(url).query.split("&")] == [
        "appid", "redirect_uri", "response_type", "scope", "state",
    ]  # fmt: skip


def test_trouble_is_unclear(wechat: WechatGateway, wechat_simulator: WechatSimulator, settings) -> None:
    code = a_code(wechat)
    wechat_simulator.fault("access_token", "system_error")
    with pytest.raises(GatewayUnclear):
        wechat.payer_of(code)
    away = build_gateway(settings.PAYMENT_GATEWAYS["wechat"] | {"open_api_url": "http://127.0.0.1:9"})
    with pytest.raises(GatewayUnclear) as fault:
        away.payer_of(code)
    assert code not in repr(fault.value)


def test_neither_secret_nor_openid_is_logged(
    wechat: WechatGateway, wechat_simulator: WechatSimulator, settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        openid = wechat.payer_of(a_code(wechat))
    assert settings.PAYMENT_GATEWAYS["wechat"]["app_secret"] not in caplog.text
    assert openid not in caplog.text
