"""The front page of the simulated companies: what they hold, their clock, and the misbehaviour one can order.

It asks each company by its own commands, as a visitor with a terminal would, and keeps nothing itself.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs

from payments.simulators.amounts import yuan
from payments.simulators.clock import BEIJING
from payments.simulators.commands import Application, commanded
from payments.simulators.front_look import CSS, FAULTS, page

_COMPANIES = {
    "alipay": ("支付宝", "Alipay", ""),
    "wechat": ("微信支付", "WeChat Pay", "/wechat"),
    "stripe": ("银行卡", "Cards", "/stripe"),
}
#: The steps below which a company shows a trade and an agreement.
_PAGES = {"alipay": ("cashier", "agreement"), "wechat": ("scan", "contract"), "stripe": ("", "")}
_ADVANCES = {"hour": 3600, "day": 86_400, "five": 5 * 86_400, "month": 31 * 86_400}
_SHOWN = 6
_MAX_BODY = 10_000


class Front:
    """The page at "/" and its forms below "/front/", over the application that serves all companies."""

    def __init__(self, companies: Application) -> None:
        self._companies = companies

    def serves(self, path: str) -> bool:
        """Whether a path is the front page's own."""
        return path in ("/", "") or path.startswith("/front")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the page, its style, or carry a form out and lead back."""
        path = environ["PATH_INFO"]
        if path == "/front.css":
            return _answer(start_response, "200 OK", CSS, "text/css; charset=utf-8")
        if environ["REQUEST_METHOD"] == "POST":
            size = min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY)
            form = {name: found[0] for name, found in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
            done = self._carry_out(path.removeprefix("/front/"), form)
            start_response("303 See Other", [("Location", f"/?done={done}"), ("Content-Length", "0")])
            return [b""]
        done = parse_qs(environ.get("QUERY_STRING", "")).get("done", [""])[0]
        return _answer(start_response, "200 OK", self._page(done), "text/html; charset=utf-8")

    def _carry_out(self, action: str, form: dict[str, str]) -> str:
        """Do what a form asks; returns the name of what is said about it."""
        told: list[dict[str, Any]] = []
        if action == "clock" and form.get("by") in _ADVANCES:
            told = [self._command(code, "clock", {"advance": _ADVANCES[form["by"]]}) for code in _COMPANIES]
        elif action == "fault" and form.get("fault") in FAULTS:
            company, on, kind, seconds = FAULTS[form["fault"]][0]
            told = [self._command(company, "faults", {"on": on, "kind": kind, "times": 1, "seconds": seconds})]
        elif action == "hand_refund" and form.get("fen", "").isdigit():
            about = {"out_trade_no": form.get("number", ""), "fen": int(form["fen"])}
            told = [self._command("alipay", action, about)]
        return action if told and any(told) else "nothing"

    def _command(self, company: str, action: str, about: dict[str, Any] | None = None) -> dict[str, Any]:
        """A company's answer to one of its commands; empty when it does not understand."""
        return commanded(self._companies, f"{_COMPANIES[company][2]}/__control/{action}", about or {})

    def _page(self, done: str) -> str:
        now = self._command("alipay", "clock", {"advance": 0}).get("now")
        clock = datetime.fromtimestamp(now, BEIJING).strftime("%Y-%m-%d %H:%M") if now else "—"
        companies = "".join(self._company(code) for code in _COMPANIES)
        return page(clock, companies, done)

    def _company(self, code: str) -> str:
        name, english, base = _COMPANIES[code]
        trades = list(self._command(code, "trades").get("trades", {}).items())[-_SHOWN:][::-1]
        rows = "".join(_trade(code, base, number, trade) for number, trade in trades)
        rows = rows or '<li class="none">还没有交易 <small>No trades yet</small></li>'
        agreements = "".join(_agreement(code, base, *pair) for pair in self._agreements(code))
        signed = f"<h3>自动续费协议 <small>Agreements</small></h3><ul>{agreements}</ul>" if agreements else ""
        return f"<section><h2>{name} <small>{english}</small></h2><ul>{rows}</ul>{signed}</section>"

    def _agreements(self, code: str) -> list[tuple[str, dict[str, Any]]]:
        if code == "alipay":
            return list(self._command(code, "agreements").get("agreements", {}).items())[-_SHOWN:][::-1]
        if code == "wechat":
            return list(self._command(code, "contracts").get("contracts", {}).items())[-_SHOWN:][::-1]
        found = self._command(code, "objects", {"object": "subscription"}).get("objects", [])
        return [(each.get("id", ""), each) for each in found][-_SHOWN:][::-1]


def _answer(start_response: Callable[..., Any], status: str, text: str, kind: str) -> list[bytes]:
    raw = text.encode()
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(raw))), ("Cache-Control", "no-store")])
    return [raw]


def _trade(code: str, base: str, number: str, trade: dict[str, Any]) -> str:
    """One trade, in whatever words its company keeps it."""
    fen = trade.get("total_fen") or trade.get("amount") or trade.get("offer", {}).get("total_fen") or 0
    state = trade.get("trade_state") or trade.get("payment_status") or trade.get("status") or ""
    back = trade.get("refunded_fen") or 0
    given = f" <small>已退 back ¥{yuan(back)}</small>" if back else ""
    link = f"{base}/{_PAGES[code][0]}/{trade['token']}" if trade.get("token") else trade.get("url") or ""
    name = f'<a href="{escape(link)}">{escape(number[-12:])}</a>' if link else escape(number[-12:])
    more = ""
    if code == "alipay" and state == "TRADE_SUCCESS" and fen - back >= 100:
        more = (
            f'<form method="post" action="/front/hand_refund"><input type="hidden" name="number" value="{escape(number)}">'
            '<input type="hidden" name="fen" value="100"><button class="small">后台手工退 ¥1 <small>Refund ¥1 by hand</small>'
            "</button></form>"
        )
    return f'<li><span class="no">{name}</span><b>¥{yuan(fen)}</b><span class="state">{escape(str(state))}{given}</span>{more}</li>'


def _agreement(code: str, base: str, number: str, agreement: dict[str, Any]) -> str:
    state = agreement.get("status") or agreement.get("state") or ""
    name, token = escape(number[-12:]), agreement.get("token")
    if token:
        name = f'<a href="{base}/{_PAGES[code][1]}/{escape(token)}">{name}</a>'
    return f'<li><span class="no">{name}</span><span class="state">{escape(str(state))}</span></li>'
