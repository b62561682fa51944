"""Which ways to pay stand where, and from where a payer comes."""

import pytest
from django.test import RequestFactory

from payments.clients import client_of, ip_of
from payments.enums import Client
from payments.forms import PayForm
from payments.offers import offers_for

AGENTS = {
    Client.WECHAT: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8.0",
    Client.PHONE: "Mozilla/5.0 (Linux; Android 15; HarmonyOS) Mobile",
    Client.DESKTOP: "Mozilla/5.0 (Windows NT 10.0) Chrome/140",
}
ALL = {
    "wechat": {"mchid": "1", "gateway_url": "https://wechat.example"},
    "alipay": {"app_id": "1", "gateway_url": "https://alipay.example"},
    "stripe": {"secret_key": "1", "gateway_url": "https://card.example"},
}


@pytest.fixture
def every_company(settings) -> None:
    settings.PAYMENT_GATEWAYS = ALL


@pytest.mark.parametrize(("client", "agent"), AGENTS.items())
def test_what_a_payer_holds(client: Client, agent: str) -> None:
    assert client_of(RequestFactory(HTTP_USER_AGENT=agent).get("/")) == client


def test_wechat_on_a_desktop_scans_like_everybody() -> None:
    request = RequestFactory(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) MicroMessenger/8.0").get("/")
    assert client_of(request) == Client.DESKTOP


@pytest.mark.usefixtures("every_company")
@pytest.mark.parametrize(
    ("client", "ways"),
    [
        (Client.WECHAT, ["wechat:jsapi", "stripe:card"]),
        (Client.PHONE, ["wechat:h5", "alipay:wap", "stripe:card"]),
        (Client.DESKTOP, ["wechat:qr", "alipay:qr", "alipay:page", "stripe:card"]),
    ],
)
def test_the_right_way_stands_first(client: Client, ways: list[str]) -> None:
    form = PayForm(offers=offers_for(client))
    assert [way for way, _label in form.fields["way"].choices] == ways
    assert form.marked == ways[0]


@pytest.mark.usefixtures("every_company")
def test_alipay_is_shown_inside_wechat_with_the_reason_and_never_taken() -> None:
    offers = offers_for(Client.WECHAT)
    [blocked] = [offer for offer in offers if offer.is_blocked]
    assert "在微信里打不开" in str(blocked.hint)
    assert not PayForm({"way": blocked.way}, offers=offers).is_valid()


@pytest.mark.usefixtures("every_company")
def test_one_row_for_each_company_and_the_rest_below() -> None:
    form = PayForm(offers=offers_for(Client.DESKTOP), initial={"way": "alipay:page"})
    assert [offer.gateway for offer in form.first_offers] == ["wechat", "alipay", "stripe"]
    assert [offer.way for offer in form.other_offers] == ["alipay:page"]
    assert form.shows_others


def test_only_companies_with_a_contract_are_offered(settings) -> None:
    settings.PAYMENT_GATEWAYS = ALL | {"wechat": {"mchid": "", "gateway_url": "https://wechat.example"}}
    assert {offer.gateway for offer in offers_for(Client.PHONE)} == {"alipay", "stripe"}


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.9"), (1, "203.0.113.7"), (2, "198.51.100.1")])
def test_address_past_our_own_proxies_alone(settings, proxies: int, address: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")
    assert ip_of(request) == address
