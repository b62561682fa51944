"""What the payer sees: a code on the phone, a phone's browser or a page inside WeChat; the outcome is chosen there."""

from html import escape
from urllib.parse import quote

from payments.simulators.amounts import yuan
from payments.simulators.look import button, way_back
from payments.simulators.wechat.house import House
from payments.simulators.wechat.keys import APP_ID
from payments.simulators.wechat.look import page, told
from payments.simulators.wechat.orders import LATE_SECONDS
from payments.simulators.wechat.records import NOTPAY, Order, WechatError
from payments.simulators.wechat.times import rfc3339

_CHOICES = (
    ("pay", "付款成功", "Payment succeeds"),
    ("fail", "付款失败", "Payment fails: insufficient balance"),
    ("leave", "放弃，回到商家", "Give up and go back"),
    ("late", "晚一点再付", "The money arrives after the order has expired"),
)
_TITLES = {"NATIVE": "手机扫到了付款码", "MWEB": "手机浏览器里的微信支付", "JSAPI": "微信里的付款确认"}
_BRIDGE_FIELDS = frozenset("appId timeStamp nonceStr package signType paySign".split())


def order_page(house: House, base_url: str, order: Order, back: str) -> str:
    """The page on which the outcome is chosen; or how the order stands when nothing can be chosen."""
    if order.paid_at:
        inner = f'<h1>付款成功</h1><p class="sum">¥{yuan(order.total_fen)}</p>{way_back(back)}'
        return page(base_url, "付款成功", inner + ("" if back else "<p>可以回到电脑上的页面了。</p>"))
    if order.arrives_at:
        return told(base_url, "付款已提交", f"这笔钱会在 {_moment(order.arrives_at)} 到账，比订单的期限晚。", back)
    if order.status != NOTPAY or house.clock.now() >= order.expires_at:
        return told(base_url, "订单已关闭", "这笔订单已经关闭或过期，不能再付款。", back)
    tail = f"?back={quote(back, safe='')}" if back else ""
    buttons = "".join(
        button(f"{base_url}/pay/{order.token}/{act}{tail}", text, english, first=act == "pay")
        for act, text, english in _CHOICES
    )
    title = _TITLES[order.trade_type]
    facts = (
        f"<dl><dt>商品</dt><dd>{escape(order.description)}</dd><dt>订单号</dt><dd>{escape(order.out_trade_no)}</dd>"
        f"<dt>请在此前付款</dt><dd>{_moment(order.expires_at)}</dd></dl>"
    )
    note = f'<p class="note">“晚一点再付”：钱在订单期限过后约 {LATE_SECONDS} 秒到账，可以看到过期付款怎样处理。</p>'
    return page(base_url, title, f'<h1>{title}</h1><p class="sum">¥{yuan(order.total_fen)}</p>{facts}{buttons}{note}')


def _moment(at: float) -> str:
    return rfc3339(at)[5:16].replace("T", " ")


def choose(house: House, base_url: str, order: Order, act: str, back: str) -> tuple[str, str]:
    """Carry the payer's choice out; returns (address to go to, page to show), one of them empty."""
    if act == "pay":
        order = house.pay(order.out_trade_no)
    elif act == "late":
        order = house.pay_late(order.out_trade_no)
        return "", order_page(house, base_url, order, back)
    elif act == "fail":
        return "", told(base_url, "付款未成功：余额不足", "没有扣款。可以回到商家，再试一次。", back)
    if back:
        return back, ""
    return "", order_page(house, base_url, order, back) if act == "pay" else told(
        base_url, "没有付款", "可以关掉这个页面。"
    )


def order_of_bridge(house: House, arguments: dict[str, str]) -> Order:
    """The order that a page asks the app to pay, when it asks rightly. Raises WechatError."""
    if set(arguments) < _BRIDGE_FIELDS or arguments["signType"] != "RSA" or arguments["appId"] != APP_ID:
        raise WechatError(400, "PARAM_ERROR", "调起支付的参数不完整")
    text = "".join(f"{arguments[name]}\n" for name in ("appId", "timeStamp", "nonceStr", "package"))
    if not house.seals.is_from_merchant(text, arguments["paySign"]):
        raise WechatError(400, "SIGN_ERROR", "支付验证签名失败")
    order = house.orders.by("prepay_id", arguments["package"].removeprefix("prepay_id="))
    if order is None:
        raise WechatError(404, "ORDER_NOT_EXIST", "prepay_id不存在")
    return order
