"""What of WeChat's settings is refused, and how keys may be written."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from payments.gateways.wechat.config import read_config


@pytest.fixture
def ours(settings) -> dict[str, str]:
    return dict(settings.PAYMENT_GATEWAYS["wechat"])


@pytest.mark.parametrize(
    "change",
    [
        {"mchid": ""},
        {"app_secret": ""},
        {"api_v3_key": "short"},
        {"private_key": "no key"},
        {"public_key": "no key"},
        {"public_key": ""},
        {"public_key_id": ""},
        {"plan_id": "monthly"},
        {"gateway_url": "nowhere"},
        {"gateway_url": "ftp://api.mch.weixin.qq.com"},
        {"open_api_url": "http://127.0.0.1/?to=elsewhere"},
    ],
)
def test_what_is_refused_without_showing_a_key(ours: dict[str, str], change: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured) as fault:
        read_config(ours | change)
    assert not [value for value in ours.values() if len(value) > 30 and value in str(fault.value)]


@pytest.mark.parametrize("name", ["gateway_url", "open_url", "open_api_url"])
def test_only_the_demo_speaks_without_tls(ours: dict[str, str], settings, name: str) -> None:
    assert read_config(ours)
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="https"):
        read_config(ours)
    addresses = {
        "gateway_url": "https://a.example",
        "open_url": "https://a.example",
        "open_api_url": "https://a.example",
    }
    assert read_config(ours | addresses)
    with pytest.raises(ImproperlyConfigured, match=name):
        read_config(ours | addresses | {name: "http://127.0.0.1:8001"})


def test_key_as_the_console_hands_it_out(ours: dict[str, str]) -> None:
    bare = "".join(ours["private_key"].strip().splitlines()[1:-1])
    forms = [ours["private_key"], bare, f"\n {ours['private_key']} \n", ours["private_key"].replace("\n", "\r\n")]
    numbers = {read_config(ours | {"private_key": form}).private_key.private_numbers().d for form in forms}
    assert len(numbers) == 1
