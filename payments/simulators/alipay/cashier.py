"""What the buyer sees: a cashier in a look of its own, where the outcome is chosen."""

from html import escape
from urllib.parse import urlencode

from payments.simulators import look
from payments.simulators.alipay.house import House
from payments.simulators.alipay.rsa2 import message_text
from payments.simulators.alipay.trades import LATE_SECONDS, SUCCESS, WAITING, Trade
from payments.simulators.amounts import yuan
from payments.simulators.clock import as_text
from payments.simulators.look import button, way_back

CSS = look.sheet(
    ground="#eef1f6",
    ink="#1d2433",
    band="#22304a",
    on_band="#c9d3e6",
    shadow="rgba(30,45,80,.08)",
    line="#dfe4ee",
    quiet="#56617a",
    edge="#b9c3d6",
    first="#2f5fd0",
    on_first="#e2eaff",
)
_CHOICES = (
    ("pay", "付款成功", "Payment succeeds"),
    ("fail", "付款失败", "Payment fails: insufficient balance"),
    ("leave", "放弃，回到商家", "Give up and go back"),
    ("late", "晚一点再付", "The money arrives after the order has expired"),
)


def page(title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return look.page("/cashier.css", "模拟收银台", "Simulated cashier", title, inner)


def cashier_page(house: House, trade: Trade) -> str:
    """The page on which the outcome is chosen; or how the trade stands when nothing can be chosen."""
    if trade.status != WAITING:
        return result_page(house, trade)
    if trade.arrives_at:
        return _told(trade, "付款已提交", f"这笔钱会在 {as_text(trade.arrives_at)} 到账，比订单的期限晚。")
    buttons = "".join(
        button(f"/cashier/{trade.token}/{act}", text, english, first=act == "pay") for act, text, english in _CHOICES
    )
    facts = (
        f"<dl><dt>商品</dt><dd>{escape(trade.offer.subject)}</dd><dt>订单号</dt><dd>{escape(trade.offer.out_trade_no)}</dd>"
        f"<dt>请在此前付款</dt><dd>{as_text(trade.offer.expires_at)[5:16]}</dd></dl>"
    )
    note = f'<p class="note">“晚一点再付”：钱在订单期限过后约 {LATE_SECONDS} 秒到账，可以看到过期付款怎样处理。</p>'
    return page(
        "模拟收银台", f'<h1>确认付款</h1><p class="sum">¥{yuan(trade.offer.total_fen)}</p>{facts}{buttons}{note}'
    )


def failed_page(house: House, trade: Trade) -> str:
    """The bank said no; the trade stays payable."""
    again = f'<p class="go"><a class="b" href="/cashier/{trade.token}">换一种方式再试 Try again</a></p>'
    return page("付款未成功", f"<h1>付款未成功：余额不足</h1><p>没有扣款。</p>{again}{way_back(way_back_url(trade))}")


def result_page(house: House, trade: Trade) -> str:
    """How a trade ended."""
    if trade.paid_at:
        back = way_back(signed_return(house, trade) if trade.offer.return_url else "")
        return page("付款成功", f'<h1>付款成功</h1><p class="sum">¥{yuan(trade.offer.total_fen)}</p>{back}')
    return _told(trade, "交易已关闭", "这笔交易已经关闭，不能再付款。")


def error_page(code: str, message: str) -> str:
    """A request or trade that cannot be opened."""
    return page("无法付款", f"<h1>无法付款</h1><p>{escape(message)}</p><p><code>{escape(code)}</code></p>")


def _told(trade: Trade, title: str, sentence: str) -> str:
    return page(title, f"<h1>{title}</h1><p>{sentence}</p>{way_back(way_back_url(trade))}")


def way_back_url(trade: Trade) -> str:
    """Where a buyer goes who did not pay: unsigned, because nothing happened."""
    return trade.offer.quit_url or trade.offer.return_url


def signed_return(house: House, trade: Trade) -> str:
    """The merchant's return address with the company's signed fields."""
    fields = {
        "app_id": house.merchant.app_id,
        "charset": "utf-8",
        "method": f"alipay.trade.{trade.offer.product}.pay.return",
        "out_trade_no": trade.offer.out_trade_no,
        "seller_id": house.merchant.seller_id,
        "sign_type": "RSA2",
        "timestamp": as_text(house.clock.now()),
        "total_amount": yuan(trade.offer.total_fen),
        "trade_no": trade.trade_no,
        "version": "1.0",
    }
    fields["sign"] = house.keys.signature(message_text(fields))
    joiner = "&" if "?" in trade.offer.return_url else "?"
    return f"{trade.offer.return_url}{joiner}{urlencode(fields)}"


def choose(house: House, trade: Trade, act: str) -> tuple[str, str]:
    """Carry the buyer's choice out; returns (address to go to, page to show), one of them empty."""
    number = trade.offer.out_trade_no
    if act == "pay":
        trade = house.pay(number)
    elif act == "late":
        trade = house.pay_late(number)
        return "", cashier_page(house, trade)
    elif act == "fail":
        return "", failed_page(house, trade)
    elif act == "leave":
        url = way_back_url(trade)
        return url, "" if url else _told(trade, "没有付款", "可以关掉这个页面。")
    if trade.status == SUCCESS and trade.offer.return_url:
        return signed_return(house, trade), ""
    return "", result_page(house, trade)
