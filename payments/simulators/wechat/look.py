"""The simulated WeChat's look: one sheet, one frame for every page."""

from html import escape

CSS = """
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:#eef3f0;color:#1c2a23}header{background:#1f4d38;color:#fff;padding:14px 20px;font-weight:600}
header small{display:block;font-weight:400;color:#cfe6da}main{max-width:440px;margin:24px auto;padding:0 16px}
section{background:#fff;border-radius:14px;padding:24px;box-shadow:0 2px 12px rgba(20,60,40,.08)}
h1{font-size:18px;margin:0 0 4px}.sum{font-size:38px;font-weight:700;font-variant-numeric:tabular-nums;margin:4px 0 16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0 0 20px;padding-top:16px;border-top:1px solid #dbe5df}
dt{color:#4f6258}dd{margin:0;text-align:right;overflow-wrap:anywhere}form,p.go{margin:0 0 10px}
button,a.b{display:block;width:100%;min-height:48px;padding:8px 14px;border-radius:10px;border:1px solid #afc4b8;background:#fff;
color:#1c2a23;font:inherit;text-align:center;text-decoration:none;cursor:pointer;line-height:1.5}
button.first{background:#14764a;border-color:#14764a;color:#fff;font-weight:600}
button small{display:block;color:#4f6258}button.first small{color:#def3e8}
:focus-visible{outline:3px solid #f0a53a;outline-offset:2px}.note{color:#4f6258;font-size:14px;margin:16px 4px}
"""


def page(base_url: str, title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{escape(base_url)}/cashier.css"></head><body>'
        "<header>模拟微信支付<small>Simulated WeChat Pay · 不会真的扣款 no real money</small></header>"
        f"<main><section>{inner}</section></main></body></html>"
    )


def button(action: str, text: str, english: str, *, first: bool = False) -> str:
    """A form of one button."""
    mark = "first" if first else ""
    return f'<form method="post" action="{escape(action)}"><button class="{mark}">{text}<small>{english}</small></button></form>'


def way_back(url: str) -> str:
    """A link back to the shop, where there is a way."""
    return f'<p class="go"><a class="b" href="{escape(url)}">回到商家 Back to the shop</a></p>' if url else ""


def told(base_url: str, title: str, sentence: str, back: str = "") -> str:
    """A page that says one thing."""
    return page(base_url, title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>{way_back(back)}")


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"
