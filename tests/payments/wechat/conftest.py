"""The simulated WeChat, our gateway to it in each mode, and a till at which everybody pays by WeChat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.payments.wechat.simulated import WechatSimulator

if TYPE_CHECKING:
    from payments.gateways.wechat.gateway import WechatGateway
    from tests.payments.till import Till


@pytest.fixture
def wechat_simulator(simulator_server: str) -> Iterator[WechatSimulator]:
    """The running simulator, forgetting everything before each test."""
    simulator = WechatSimulator(f"{simulator_server}/wechat")
    simulator.command("reset")
    simulator.command("scale", scale=0.0005)
    simulator.command("refunds", seconds=0)
    yield simulator
    simulator.command("reset")


@pytest.fixture
def wechat(wechat_simulator: WechatSimulator, settings) -> WechatGateway:
    """Our gateway as the settings have it: in public-key mode."""
    from payments.gateways.wechat.gateway import build_gateway

    assert settings.PAYMENT_GATEWAYS["wechat"]["gateway_url"] == wechat_simulator.url
    return build_gateway(settings.PAYMENT_GATEWAYS["wechat"])


@pytest.fixture
def by_certificate(wechat_simulator: WechatSimulator, settings) -> WechatGateway:
    """The same merchant before it had WeChat's public key."""
    from payments.gateways.wechat.gateway import build_gateway

    return build_gateway(settings.PAYMENT_GATEWAYS["wechat"] | {"public_key": "", "public_key_id": ""})


@pytest.fixture
def wechat_till(till: Till, wechat_simulator: WechatSimulator) -> Till:
    """The till, whose payments go to WeChat when a test says so."""
    till.companies["wechat"] = wechat_simulator
    return till


@pytest.fixture(scope="session")
def other_key() -> str:
    """Somebody else's private key; made once, because that takes a while."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
