"""The ways to pay that a person is offered, by what they hold in the hand."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.enums import Client, Method
from payments.gateways.registry import enabled_codes


@dataclass(frozen=True)
class Offer:
    """One way to pay. `way` is what the form posts."""

    gateway: str
    method: Method
    label: str | Promise
    hint: str | Promise

    @property
    def way(self) -> str:
        """Gateway and method in one word."""
        return f"{self.gateway}:{self.method}"


_ALIPAY_PHONE = Offer("alipay", Method.WAP, _("支付宝"), _("打开支付宝付款"))
_ALIPAY_DESKTOP = (
    Offer("alipay", Method.QR, _("支付宝扫码"), _("用手机上的支付宝扫一扫")),
    Offer("alipay", Method.PAGE, _("支付宝网页"), _("去支付宝的网页登录付款")),
)


def offers_for(client: Client) -> list[Offer]:
    """What can be paid with here and now; a phone opens the app, it cannot scan itself."""
    if "alipay" not in enabled_codes():
        return []
    return [_ALIPAY_PHONE] if client == Client.PHONE else list(_ALIPAY_DESKTOP)
