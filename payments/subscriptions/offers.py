"""The payment accounts that can take a plan's debits, by what the payer holds in the hand."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from payments.enums import Client, Method
from payments.gateways.base import Recurring
from payments.gateways.registry import enabled_codes, gateway_for
from payments.offers import Offer

_WECHAT = Offer("wechat", Method.AGREEMENT, "wechat", _("微信支付"), _("去微信的页面确认授权"))
_ALIPAY = Offer("alipay", Method.AGREEMENT, "alipay", _("支付宝"), _("去支付宝的页面确认授权"))
_CARD = Offer("stripe", Method.AGREEMENT, "card", _("银行卡"), _("信用卡或借记卡，由银行验证"))
_NOT_IN_WECHAT = _("在微信里打不开。想用支付宝，请点右上角「…」，选“在浏览器打开”")


def signing_offers(client: Client) -> list[Offer]:
    """What can be signed here and now, the right one first."""
    alipay = replace(_ALIPAY, hint=_NOT_IN_WECHAT, is_blocked=True) if client == Client.WECHAT else _ALIPAY
    shown = [_WECHAT, _CARD, alipay] if client == Client.WECHAT else [_WECHAT, alipay, _CARD]
    return [offer for offer in shown if _takes_agreements(offer.gateway)]


def _takes_agreements(code: str) -> bool:
    return code in enabled_codes() and gateway_for(code).caps.recurring != Recurring.NONE
