"""What a payer sees who is asked to agree to debits, and later their wallet's page of the agreement."""

from html import escape
from urllib.parse import urlencode

from payments.simulators.alipay.agreements import NORMAL, TEMP, Agreement
from payments.simulators.alipay.cashier import page
from payments.simulators.alipay.house import House
from payments.simulators.alipay.rsa2 import message_text
from payments.simulators.amounts import yuan
from payments.simulators.clock import as_text
from payments.simulators.look import button, way_back

_BEFORE = (
    ("sign_a", "同意，用钱包甲", "Agree with wallet A"),
    ("sign_b", "同意，用钱包乙", "Agree with wallet B"),
    ("leave", "不同意，回到商家", "Do not agree"),
)
_AFTER = (
    ("ok", "钱包里有钱", "Wallet has money"),
    ("empty", "钱包里没钱了", "Wallet is empty: debits fail"),
    ("frozen", "账户被冻结", "Account frozen: debits fail"),
    ("unsign", "在钱包里解约", "End the agreement in the wallet"),
)
_WALLET = {"ok": "有钱 has money", "empty": "没钱 empty", "frozen": "冻结 frozen"}


def agreement_page(agreement: Agreement) -> str:
    """Agree or not; once signed, what the payer may do in their wallet."""
    if agreement.status not in (TEMP, NORMAL):
        return page("协议已结束", f"<h1>协议已结束</h1><p>不会再扣款。</p>{way_back(agreement.return_url)}")
    rule = agreement.rule
    every = f"每 {rule.period} 个月" if rule.period_type == "MONTH" else f"每 {rule.period} 天"
    facts = (
        f"<dl><dt>收款方</dt><dd>心桥</dd><dt>多久一次</dt><dd>{every}</dd><dt>最早扣款日</dt><dd>{escape(rule.starts_on)}</dd>"
        f"<dt>协议号</dt><dd>{escape(agreement.external_no)}</dd></dl>"
    )
    signed = agreement.status == NORMAL
    title = "已开通自动续费" if signed else "开通自动续费"
    state = f"<p>{as_text(agreement.signed_at)} 开通 · {_WALLET[agreement.wallet]}</p>" if signed else ""
    buttons = "".join(
        button(f"/agreement/{agreement.token}/{act}", text, english, first=act == "sign_a")
        for act, text, english in (_AFTER if signed else _BEFORE)
    )
    back = way_back(agreement.return_url if signed else "")
    return page(title, f'<h1>{title}</h1><p class="sum">¥{yuan(rule.single_fen)}</p>{state}{facts}{buttons}{back}')


def choose(house: House, agreement: Agreement, act: str) -> str:
    """Carry the choice out; returns the address to go to."""
    here = f"/agreement/{agreement.token}"
    number = agreement.external_no
    if act in ("sign_a", "sign_b"):
        agreement = house.sign(number, act[-1])
        return _signed_return(house, agreement) if agreement.return_url else here
    if act == "leave":
        return agreement.return_url or here
    if act == "unsign":
        house.end_agreement(number)
    elif act in _WALLET:
        house.agreements.set_wallet(number, act)
    return here


def _signed_return(house: House, agreement: Agreement) -> str:
    fields = {
        "app_id": house.merchant.app_id,
        "charset": "utf-8",
        "is_success": "T",
        "agreement_no": agreement.agreement_no,
        "external_agreement_no": agreement.external_no,
        "status": agreement.status,
        "sign_type": "RSA2",
        "version": "1.0",
        "timestamp": as_text(house.clock.now()),
    }
    fields["sign"] = house.keys.signature(message_text(fields))
    joiner = "&" if "?" in agreement.return_url else "?"
    return f"{agreement.return_url}{joiner}{urlencode(fields)}"
