"""The page on which a payer agrees to debits, and later ends them."""

from html import escape

from payments.simulators.look import button
from payments.simulators.wechat.house import House
from payments.simulators.wechat.look import page, told
from payments.simulators.wechat.records import SIGNED, WAITING, Contract

_CHOICES = (
    ("sign", "同意并开通", "Agree to the debits"),
    ("sign_short", "同意，但之后余额不足", "Agree, and lack money when debited"),
    ("leave", "放弃，回到商家", "Give up and go back"),
)


def contract_page(base_url: str, contract: Contract) -> str:
    """The page of a contract, whatever its state."""
    at = f"{base_url}/contract/{contract.token}"
    facts = (
        f"<dl><dt>服务</dt><dd>{escape(contract.display_account)}</dd>"
        f"<dt>协议号</dt><dd>{escape(contract.out_contract_code)}</dd></dl>"
    )
    if contract.state == WAITING:
        buttons = "".join(button(f"{at}/{act}", text, english, first=act == "sign") for act, text, english in _CHOICES)
        note = '<p class="note">开通后，每次扣费前会先通知；可以随时关闭。</p>'
        return page(base_url, "开通自动扣费", f"<h1>开通自动扣费</h1>{facts}{buttons}{note}")
    if contract.state == SIGNED:
        end = button(f"{at}/end", "关闭扣费服务", "End the agreement")
        return page(base_url, "自动扣费已开通", f"<h1>自动扣费已开通</h1>{facts}{end}")
    return told(base_url, "自动扣费已关闭", "不会再扣费。", contract.return_url)


def decide(house: House, base_url: str, contract: Contract, act: str) -> tuple[str, str]:
    """Carry the payer's choice out; returns (address to go to, page to show), one of them empty."""
    if act in ("sign", "sign_short"):
        contract.funds = "short" if act == "sign_short" else "enough"
        house.sign(contract)
    elif act == "end":
        house.terminate(contract, "USER")
        return "", contract_page(base_url, contract)
    if contract.return_url:
        return contract.return_url, ""
    return "", told(base_url, "可以回去了", "可以关掉这个页面，回到商家。")
