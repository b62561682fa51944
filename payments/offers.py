"""The ways to pay that a person is offered, by what they hold in the hand."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.enums import Client, Method
from payments.gateways.registry import enabled_codes

Icon = Literal["wechat", "alipay", "card"]


@dataclass(frozen=True)
class Offer:
    """One way to pay.

    `way` is what the form posts. `is_second`: the same company has a better way here, so this one stands below
    其他方式. `is_blocked`: shown with the reason in `hint`, and never accepted.
    """

    gateway: str
    method: Method
    icon: Icon
    label: str | Promise
    hint: str | Promise = ""
    is_second: bool = False
    is_blocked: bool = False

    @property
    def way(self) -> str:
        """Gateway and method in one word."""
        return f"{self.gateway}:{self.method}"


_CARD = Offer("stripe", Method.CARD, "card", _("银行卡"), _("信用卡或借记卡，由银行验证"))

#: In the order of the page; the first one that is switched on is chosen already.
_OFFERS: dict[Client, tuple[Offer, ...]] = {
    Client.WECHAT: (
        Offer("wechat", Method.JSAPI, "wechat", _("微信支付"), _("就在微信里付")),
        _CARD,
        Offer(
            "alipay",
            Method.WAP,
            "alipay",
            _("支付宝"),
            _("在微信里打不开。想用支付宝，请点右上角「…」，选“在浏览器打开”"),
            is_blocked=True,
        ),
    ),
    Client.PHONE: (
        Offer("wechat", Method.H5, "wechat", _("微信支付"), _("打开微信付款")),
        Offer("alipay", Method.WAP, "alipay", _("支付宝"), _("打开支付宝付款")),
        _CARD,
    ),
    Client.DESKTOP: (
        Offer("wechat", Method.QR, "wechat", _("微信支付"), _("用手机上的微信扫一扫")),
        Offer("alipay", Method.QR, "alipay", _("支付宝"), _("用手机上的支付宝扫一扫")),
        Offer("alipay", Method.PAGE, "alipay", _("支付宝网页"), _("去支付宝的网页登录付款"), is_second=True),
        _CARD,
    ),
}


def offers_for(client: Client) -> list[Offer]:
    """What is shown here and now, of the companies that are switched on, the right one first."""
    enabled = enabled_codes()
    return [offer for offer in _OFFERS[client] if offer.gateway in enabled]
