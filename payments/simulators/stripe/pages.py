"""What the payer sees: a card page in a look of its own, where the outcome is chosen."""

from datetime import datetime
from html import escape

from payments.simulators import look
from payments.simulators.amounts import yuan
from payments.simulators.clock import BEIJING
from payments.simulators.stripe.cards import CARDS, Card
from payments.simulators.stripe.disputes import can_be_decided, decide_dispute, dispute_of, open_dispute
from payments.simulators.stripe.errors import CardRefused
from payments.simulators.stripe.house import House
from payments.simulators.stripe.sessions import fail_challenge, use_card
from payments.simulators.stripe.store import Thing

CSS = look.sheet(
    ground="#f1eff7",
    ink="#231f33",
    band="#3d3564",
    on_band="#d6d0ea",
    shadow="rgba(45,36,84,.08)",
    line="#e3dfee",
    quiet="#5f587a",
    edge="#bfb8d6",
    first="#5b4bc4",
    on_first="#e9e5ff",
)


def page(base: str, title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return look.page(f"{base}/card.css", "模拟银行卡付款", "Simulated card page", title, inner)


def _button(base: str, session: Thing, act: str, text: str, english: str, *, first: bool = False) -> str:
    return look.button(f"{base}/pay/{session['id']}/{act}", text, english, first=first)


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
    until = datetime.fromtimestamp(session["expires_at"], BEIJING)
    rows += f"<dt>这一页开到</dt><dd>{until:%m-%d %H:%M}</dd>"
    buttons = "".join(
        _button(base, session, card.last4, card.label, card.english, first=place == 0)
        for place, card in enumerate(_offered(session))
    )
    leave = _button(base, session, "leave", "放弃，回到商家", "Give up and go back")
    note = f'<p class="told" role="alert">{escape(told)}。没有扣款，可以换一张卡。</p>' if told else ""
    head = f'<h1>用银行卡付款</h1><p class="sum">¥{yuan(item["amount"])}{each}</p>{note}<dl>{rows}</dl>'
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
    back = look.way_back(session["success_url"])
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
