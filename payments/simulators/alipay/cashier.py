"""What the buyer sees: a cashier in a look of its own, where the outcome is chosen."""

from html import escape
from urllib.parse import urlencode

from payments.simulators.alipay.house import House
from payments.simulators.alipay.notifier import yuan
from payments.simulators.alipay.rsa2 import message_text
from payments.simulators.alipay.trades import LATE_SECONDS, SUCCESS, WAITING, Trade
from payments.simulators.clock import as_text

CSS = """
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:#eef1f6;color:#1d2433}header{background:#22304a;color:#fff;padding:14px 20px;font-weight:600}
header small{display:block;font-weight:400;color:#c9d3e6}main{max-width:440px;margin:24px auto;padding:0 16px}
section{background:#fff;border-radius:14px;padding:24px;box-shadow:0 2px 12px rgba(30,45,80,.08)}
h1{font-size:18px;margin:0 0 4px}.sum{font-size:38px;font-weight:700;font-variant-numeric:tabular-nums;margin:4px 0 16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0 0 20px;padding-top:16px;border-top:1px solid #dfe4ee}
dt{color:#56617a}dd{margin:0;text-align:right;overflow-wrap:anywhere}form,p.go{margin:0 0 10px}
button,a.b{display:block;width:100%;min-height:48px;padding:8px 14px;border-radius:10px;border:1px solid #b9c3d6;background:#fff;
color:#1d2433;font:inherit;text-align:center;text-decoration:none;cursor:pointer;line-height:1.5}
button.first{background:#2f5fd0;border-color:#2f5fd0;color:#fff;font-weight:600}
button small{display:block;color:#56617a}button.first small{color:#e2eaff}
:focus-visible{outline:3px solid #f0a53a;outline-offset:2px}.note{color:#56617a;font-size:14px;margin:16px 4px}
"""
_CHOICES = (
    ("pay", "付款成功", "Payment succeeds"),
    ("fail", "付款失败", "Payment fails: insufficient balance"),
    ("leave", "放弃，回到商家", "Give up and go back"),
    ("late", "晚一点再付", "The money arrives after the order has expired"),
)


def page(title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/cashier.css"></head><body>'
        "<header>模拟收银台<small>Simulated cashier · 不会真的扣款 no real money</small></header>"
        f"<main><section>{inner}</section></main></body></html>"
    )


def cashier_page(house: House, trade: Trade) -> str:
    """The page on which the outcome is chosen; or how the trade stands when nothing can be chosen."""
    if trade.status != WAITING:
        return result_page(house, trade)
    if trade.arrives_at:
        return _told(trade, "付款已提交", f"这笔钱会在 {as_text(trade.arrives_at)} 到账，比订单的期限晚。")
    buttons = "".join(
        f'<form method="post" action="/cashier/{trade.token}/{act}"><button class="{"first" if act == "pay" else ""}">'
        f"{text}<small>{english}</small></button></form>"
        for act, text, english in _CHOICES
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
    return page("付款未成功", f"<h1>付款未成功：余额不足</h1><p>没有扣款。</p>{again}{_way_back(trade)}")


def result_page(house: House, trade: Trade) -> str:
    """How a trade ended."""
    if trade.paid_at:
        link = escape(signed_return(house, trade)) if trade.offer.return_url else ""
        back = f'<p class="go"><a class="b" href="{link}">回到商家 Back to the shop</a></p>' if link else ""
        return page("付款成功", f'<h1>付款成功</h1><p class="sum">¥{yuan(trade.offer.total_fen)}</p>{back}')
    return _told(trade, "交易已关闭", "这笔交易已经关闭，不能再付款。")


def error_page(code: str, message: str) -> str:
    """A request or trade that cannot be opened."""
    return page("无法付款", f"<h1>无法付款</h1><p>{escape(message)}</p><p><code>{escape(code)}</code></p>")


def _told(trade: Trade, title: str, sentence: str) -> str:
    return page(title, f"<h1>{title}</h1><p>{sentence}</p>{_way_back(trade)}")


def _way_back(trade: Trade) -> str:
    url = way_back_url(trade)
    return f'<p class="go"><a class="b" href="{escape(url)}">回到商家 Back to the shop</a></p>' if url else ""


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
