"""How the simulators' front page looks, and the misbehaviour it offers."""

from html import escape

#: By name: (company, what suffers it, kind, seconds), and its words.
FAULTS: dict[str, tuple[tuple[str, str, str, float], str, str]] = {
    "alipay_drop": (("alipay", "notify", "drop", 0), "支付宝：下一条通知丢失", "Alipay: the next notification is lost"),
    "alipay_twice": (
        ("alipay", "notify", "duplicate", 0),
        "支付宝：下一条通知发两遍",
        "Alipay: the next notification comes twice",
    ),
    "alipay_late": (
        ("alipay", "notify", "delay", 60),
        "支付宝：下一条通知晚一分钟",
        "Alipay: the next notification comes a minute late",
    ),
    "alipay_sign": (
        ("alipay", "notify", "wrong_signature", 0),
        "支付宝：下一条通知签名不对",
        "Alipay: the next notification is signed wrongly",
    ),
    "alipay_silent": (
        ("alipay", "alipay.trade.query", "http_500", 0),
        "支付宝：下一次查询出错",
        "Alipay: the next query fails",
    ),
    "alipay_amount": (
        ("alipay", "alipay.trade.query", "wrong_amount", 0),
        "支付宝：下一次查询金额不符",
        "Alipay: the next query tells another amount",
    ),
    "alipay_cut": (
        ("alipay", "alipay.trade.refund", "lost_answer", 0),
        "支付宝：下一次退款做了，但没有回答",
        "Alipay: the next refund is done, its answer lost",
    ),
    "alipay_poor": (
        ("alipay", "debit", "no_money", 0),
        "支付宝：下一次自动扣款余额不足",
        "Alipay: the next debit finds no money",
    ),
    "alipay_slow": (
        ("alipay", "debit", "pending", 60),
        "支付宝：下一次自动扣款要等一分钟",
        "Alipay: the next debit takes a minute",
    ),
    "alipay_bill": (
        ("alipay", "bill", "lacks_line", 0),
        "支付宝：下一份账单少一行",
        "Alipay: the next bill lacks a line",
    ),
    "alipay_payout": (
        ("alipay", "transfer", "comes_back", 60),
        "支付宝：下一笔付给机构的款会退回来",
        "Alipay: the next payout comes back",
    ),
    "wechat_drop": (
        ("wechat", "notify", "drop", 0),
        "微信支付：下一条通知丢失",
        "WeChat Pay: the next notification is lost",
    ),
    "wechat_twice": (
        ("wechat", "notify", "duplicate", 0),
        "微信支付：下一条通知发两遍",
        "WeChat Pay: the next notification comes twice",
    ),
    "wechat_key": (
        ("wechat", "notify", "wrong_signature", 0),
        "微信支付：下一条通知签名不对",
        "WeChat Pay: the next notification is signed wrongly",
    ),
    "stripe_drop": (("stripe", "notify", "drop", 0), "银行卡：下一条通知丢失", "Cards: the next notification is lost"),
    "stripe_twice": (
        ("stripe", "notify", "duplicate", 0),
        "银行卡：下一条通知发两遍",
        "Cards: the next notification comes twice",
    ),
    "stripe_old": (
        ("stripe", "notify", "old", 0),
        "银行卡：下一条通知是很久以前的",
        "Cards: the next notification is an old one",
    ),
}
_ADVANCES = (
    ("hour", "一小时", "An hour"),
    ("day", "一天", "A day"),
    ("five", "五天", "Five days"),
    ("month", "一个月", "A month"),
)
_DONE = {
    "clock": "时钟已经拨快。 The clock was pushed forward.",
    "fault": "已安排，下一次会出现。 It will happen next time.",
    "hand_refund": "已在支付宝后台退款；明天的账单里会看到。 Refunded by hand; tomorrow's bill tells of it.",
    "nothing": "没有做成。 That was not possible.",
}
CSS = """
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;background:#f3f4f1;
color:#23302b}header{background:#2c3f3a;color:#fff;padding:18px 20px}header h1{font-size:20px;margin:0}header p{margin:4px 0 0;
color:#cfdcd6}main{max-width:1120px;margin:20px auto;padding:0 16px;display:grid;gap:16px}
section,.tools{background:#fff;border-radius:14px;padding:20px;box-shadow:0 2px 10px rgba(30,50,45,.07);min-width:0}
.companies{display:grid;gap:16px}@media(min-width:900px){.companies{grid-template-columns:repeat(3,1fr)}}
h2{font-size:18px;margin:0 0 8px}h3{font-size:16px;margin:16px 0 4px}small{color:#5a6a64;font-weight:400;font-size:13px}
ul{list-style:none;margin:0;padding:0}li{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline;padding:10px 0;
border-top:1px solid #e4e8e4}li.none{color:#5a6a64}.no{font-family:ui-monospace,monospace;font-size:14px}
li b{margin-left:auto;font-variant-numeric:tabular-nums}.state{flex-basis:100%;color:#44544e;font-size:14px}
a{color:#1c5f4c;display:inline-block;min-height:24px}form{margin:0}
.row{display:flex;flex-wrap:wrap;gap:10px;align-items:end}.row label{flex:1 1 280px}
.time{font-size:28px;font-weight:700;font-variant-numeric:tabular-nums;margin:0 0 8px}
button,select{font:inherit;min-height:44px;border-radius:10px;border:1px solid #b6c4bd;background:#fff;color:inherit;padding:6px 16px}
select{width:100%}button{cursor:pointer}button.first{background:#24705a;border-color:#24705a;color:#fff;font-weight:600}
button small{display:block;line-height:1.3}button.first small{color:#dcefe7}button.small{font-size:14px;padding:4px 12px}
:focus-visible{outline:3px solid #e0963a;outline-offset:2px}.done{background:#e3f0ea;border-radius:10px;padding:10px 16px;margin:0}
"""


def page(clock: str, companies: str, done: str) -> str:
    """The whole page; `companies` is HTML already."""
    told = f'<p class="done" role="status">{_DONE[done]}</p>' if done in _DONE else ""
    buttons = "".join(
        f'<button name="by" value="{by}">+ {text}<small>{english}</small></button>' for by, text, english in _ADVANCES
    )
    options = "".join(
        f'<option value="{name}">{escape(text)} · {escape(english)}</option>'
        for name, (_, text, english) in FAULTS.items()
    )
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>模拟支付公司</title>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/front.css"></head><body>'
        "<header><h1>模拟支付公司 Simulated payment companies</h1>"
        "<p>这里没有真的钱。可以看交易、拨快时钟、安排一次故障。 No real money. See trades, push the clock, order a fault.</p>"
        f'</header><main>{told}<div class="tools"><h2>它们的时钟 <small>Their clock</small></h2><p class="time">{clock}</p>'
        f'<form method="post" action="/front/clock" class="row">{buttons}</form></div>'
        '<div class="tools"><h2>安排一次故障 <small>Order a fault</small></h2>'
        '<form method="post" action="/front/fault" class="row"><label>下一次会发生什么 <small>What happens next</small>'
        f'<select name="fault">{options}</select></label>'
        '<button class="first">安排<small>Order it</small></button></form></div>'
        f'<div class="companies">{companies}</div></main></body></html>'
    )
