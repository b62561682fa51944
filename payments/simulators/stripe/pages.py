"""What the payer sees: a card page in a look of its own, where the outcome is chosen."""

from datetime import UTC, datetime, timedelta, timezone
from html import escape

from payments.simulators.stripe.cards import CARDS, Card
from payments.simulators.stripe.disputes import can_be_decided, decide_dispute, dispute_of, open_dispute
from payments.simulators.stripe.errors import CardRefused
from payments.simulators.stripe.house import House
from payments.simulators.stripe.sessions import fail_challenge, use_card
from payments.simulators.stripe.store import Thing

CSS = """
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:#f1eff7;color:#231f33}header{background:#3d3564;color:#fff;padding:14px 20px;font-weight:600}
header small{display:block;font-weight:400;color:#d6d0ea}main{max-width:440px;margin:24px auto;padding:0 16px}
section{background:#fff;border-radius:14px;padding:24px;box-shadow:0 2px 12px rgba(45,36,84,.08)}
h1{font-size:18px;margin:0 0 4px}.sum{font-size:38px;font-weight:700;font-variant-numeric:tabular-nums;margin:4px 0 16px}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0 0 20px;padding-top:16px;border-top:1px solid #e3dfee}
dt{color:#5f587a}dd{margin:0;text-align:right;overflow-wrap:anywhere}form,p.go{margin:0 0 10px}
button,a.b{display:block;width:100%;min-height:48px;padding:8px 14px;border-radius:10px;border:1px solid #bfb8d6;background:#fff;
color:#231f33;font:inherit;text-align:center;text-decoration:none;cursor:pointer;line-height:1.5}
button.first{background:#5b4bc4;border-color:#5b4bc4;color:#fff;font-weight:600}
button small{display:block;color:#5f587a}button.first small{color:#e9e5ff}
:focus-visible{outline:3px solid #f0a53a;outline-offset:2px}
.told{background:#fdf0e3;border-radius:10px;padding:10px 14px;margin:0 0 16px}.note{color:#5f587a;font-size:14px;margin:16px 4px 0}
"""
_SHANGHAI = timezone(timedelta(hours=8))


def page(base: str, title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{base}/card.css">'
        "</head><body><header>模拟银行卡付款<small>Simulated card page · 不会真的扣款 no real money</small></header>"
        f"<main><section>{inner}</section></main></body></html>"
    )


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}"


def _button(base: str, session: Thing, act: str, text: str, english: str, *, first: bool = False) -> str:
    return (
        f'<form method="post" action="{base}/pay/{session["id"]}/{act}"><button class="{"first" if first else ""}">'
        f"{escape(text)}<small>{escape(english)}</small></button></form>"
    )


def card_page(house: House, base: str, session: Thing, told: str = "") -> str:
    """The page on which a card is chosen; or how it ended when nothing can be chosen."""
    if session["status"] != "open":
        return ended_page(house, base, session)
    if session.get("_challenge"):
        return challenge_page(base, session)
    item = session["_item"]
    each = f" / {item['months']} 个月" if item["months"] else ""
    trial = session["_subscription"].get("trial_period_days")
    rows = f"<dt>商品</dt><dd>{escape(item['name'])}</dd><dt>编号</dt><dd>{escape(session['client_reference_id'] or '')}</dd>"
    if trial:
        rows += f"<dt>先试用</dt><dd>{escape(trial)} 天，今天不扣款</dd>"
    until = datetime.fromtimestamp(session["expires_at"], UTC).astimezone(_SHANGHAI)
    rows += f"<dt>这一页开到</dt><dd>{until:%m-%d %H:%M}</dd>"
    buttons = "".join(
        _button(base, session, card.last4, card.label, card.english, first=place == 0)
        for place, card in enumerate(_offered(session))
    )
    leave = _button(base, session, "leave", "放弃，回到商家", "Give up and go back")
    note = f'<p class="told" role="alert">{escape(told)}。没有扣款，可以换一张卡。</p>' if told else ""
    head = f'<h1>用银行卡付款</h1><p class="sum">¥{_yuan(item["amount"])}{each}</p>{note}<dl>{rows}</dl>'
    return page(base, "模拟银行卡付款", f"{head}{buttons}{leave}")


def _offered(session: Thing) -> list[Card]:
    """A card that only fails later is of no use for one payment, one that is slow of none for a plan."""
    is_plan = session["mode"] == "subscription"
    return [card for card in CARDS.values() if not (card.slow if is_plan else card.later)]


def challenge_page(base: str, session: Thing) -> str:
    """The bank's own check."""
    buttons = (
        _button(base, session, "verify-pass", "验证通过", "Pass", first=True)
        + _button(base, session, "verify-fail", "验证不通过", "Fail")
        + _button(base, session, "verify-leave", "关掉验证，回到商家", "Close the check and go back")
    )
    text = "<h1>银行验证</h1><p>发卡银行要确认是你本人。（3-D Secure，模拟）</p>"
    return page(base, "银行验证", text + buttons)


def ended_page(house: House, base: str, session: Thing) -> str:
    """How a page ended; where it was paid, what the payer's bank may do afterwards."""
    back = f'<p class="go"><a class="b" href="{escape(session["success_url"])}">回到商家 Back to the shop</a></p>'
    title = "已经付好了" if session["status"] == "complete" else "这一页已经关闭"
    text = "" if session["status"] == "complete" else "<p>不能再付款，没有扣款。</p>"
    return page(base, title, f"<h1>{title}</h1>{text}{back}{_bank(house, base, session)}")


def _bank(house: House, base: str, session: Thing) -> str:
    if session["payment_status"] != "paid" or session["mode"] != "payment":
        return ""
    dispute = dispute_of(house, session["payment_intent"])
    if dispute is None:
        return _button(base, session, "dispute", "让付款人的银行提出争议", "Let the payer's bank dispute it")
    if not can_be_decided(dispute):
        return f'<p class="note">银行卡争议：{escape(dispute["status"])}</p>'
    return _button(base, session, "dispute-won", "争议判给商家", "The bank decides for the shop") + _button(
        base, session, "dispute-lost", "争议判给付款人", "The bank decides for the payer"
    )


def error_page(base: str, sentence: str) -> str:
    """Nothing to see here."""
    return page(base, "无法付款", f"<h1>无法付款</h1><p>{escape(sentence)}</p>")


def choose(house: House, base: str, session: Thing, act: str) -> tuple[str, str]:
    """Carry the payer's choice out; returns (address to go to, page to show), one of them empty."""
    if act.startswith("dispute"):
        _act_as_bank(house, session, act)
    if session["status"] != "open":
        return "", ended_page(house, base, session)
    if act in ("leave", "verify-leave"):
        return session["cancel_url"] or session["success_url"], ""
    try:
        became = _became(house, session, act)
    except CardRefused as refusal:
        return "", card_page(house, base, session, refusal.sentence)
    if became == "complete":
        return session["success_url"], ""
    return "", card_page(house, base, session)


def _act_as_bank(house: House, session: Thing, act: str) -> None:
    intent = house.store.find(session["payment_intent"] or "")
    charge = house.store.find(intent["latest_charge"] or "") if intent else None
    if intent is None or charge is None or session["payment_status"] != "paid":
        return
    dispute = dispute_of(house, intent["id"])
    if dispute is None:
        open_dispute(house, charge, amount=0, reason="unrecognized", inquiry=False)
    elif act in ("dispute-won", "dispute-lost") and can_be_decided(dispute):
        decide_dispute(house, dispute, act.removeprefix("dispute-"))


def _became(house: House, session: Thing, act: str) -> str:
    if act == "verify-fail":
        raise fail_challenge(house, session)
    if act == "verify-pass":
        return use_card(house, session, CARDS[session.get("_challenge") or "4242"], verified=True)
    return use_card(house, session, CARDS[act]) if act in CARDS else ""
