"""The look that the simulated companies' pages share: one sheet, in each company's own colours, and one frame."""

from html import escape

_SHEET = """
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:var(--ground);color:var(--ink)}header{background:var(--band);color:#fff;padding:14px 20px;font-weight:600}
header small{display:block;font-weight:400;color:var(--on-band)}main{max-width:440px;margin:24px auto;padding:0 16px}
section{background:#fff;border-radius:14px;padding:24px;box-shadow:0 2px 12px var(--shadow)}
h1{font-size:18px;margin:0 0 4px}.sum{font-size:38px;font-weight:700;font-variant-numeric:tabular-nums;margin:4px 0 16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0 0 20px;padding-top:16px;border-top:1px solid var(--line)}
dt{color:var(--quiet)}dd{margin:0;text-align:right;overflow-wrap:anywhere}form,p.go{margin:0 0 10px}
button,a.b{display:block;width:100%;min-height:48px;padding:8px 14px;border-radius:10px;border:1px solid var(--edge);
background:#fff;color:var(--ink);font:inherit;text-align:center;text-decoration:none;cursor:pointer;line-height:1.5}
button.first{background:var(--first);border-color:var(--first);color:#fff;font-weight:600}
button small{display:block;color:var(--quiet)}button.first small{color:var(--on-first)}
:focus-visible{outline:3px solid #f0a53a;outline-offset:2px}.note{color:var(--quiet);font-size:14px;margin:16px 4px}
.told{background:#fdf0e3;border-radius:10px;padding:10px 14px;margin:0 0 16px}
"""


def sheet(**colours: str) -> str:
    """The style of a company's pages: `ground ink band on_band shadow line quiet edge first on_first`."""
    names = "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in colours.items())
    return f":root{{{names}}}{_SHEET}"


def page(style_url: str, company: str, english: str, title: str, inner: str) -> str:
    """A whole page of a company around `inner`, which is HTML already."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{escape(style_url)}"></head><body>'
        f"<header>{company}<small>{english} · 不会真的扣款 no real money</small></header>"
        f"<main><section>{inner}</section></main></body></html>"
    )


def button(action: str, text: str, english: str, *, first: bool = False) -> str:
    """A form of one button."""
    return (
        f'<form method="post" action="{escape(action)}"><button class="{"first" if first else ""}">'
        f"{escape(text)}<small>{escape(english)}</small></button></form>"
    )


def way_back(url: str) -> str:
    """A link back to the shop, where there is a way."""
    return f'<p class="go"><a class="b" href="{escape(url)}">回到商家 Back to the shop</a></p>' if url else ""
