"""The cards that the pay page offers, named by their last four digits, and what happens to each."""

from dataclasses import dataclass

from payments.simulators.stripe.errors import CardRefused


@dataclass(frozen=True)
class Card:
    """`asks`: 3-D Secure first. `slow`: the bank takes half an hour. `refusal`: why it says no. `later`: only to debits."""

    last4: str
    brand: str
    label: str
    english: str
    asks: bool = False
    slow: bool = False
    refusal: tuple[str, str, str] | None = None
    later: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for the same card, whoever uses it."""
        return f"fp{self.brand}{self.last4}"

    def require_money(self, *, debit: bool) -> None:
        """Raises CardRefused when the bank says no; `debit`: nobody sits at the page."""
        if self.refusal and (debit or not self.later):
            raise CardRefused(*self.refusal)


_DECLINED = ("card_declined", "generic_decline", "银行拒绝了这张卡")
_NO_MONEY = ("card_declined", "insufficient_funds", "卡里的余额不够")
CARDS = {
    card.last4: card
    for card in (
        Card("4242", "visa", "付款成功", "Visa 4242: succeeds"),
        Card("4444", "mastercard", "另一张卡，付款成功", "Mastercard 4444: succeeds"),
        Card("0002", "visa", "银行拒绝", "Visa 0002: declined", refusal=_DECLINED),
        Card("9995", "visa", "余额不足", "Visa 9995: insufficient funds", refusal=_NO_MONEY),
        Card("3220", "visa", "要银行验证（3D）", "Visa 3220: asks for 3-D Secure", asks=True),
        Card("0341", "visa", "以后扣款会失败", "Visa 0341: later debits fail", refusal=_NO_MONEY, later=True),
        Card("9010", "visa", "银行半小时后才付", "Visa 9010: the money arrives in half an hour", slow=True),
    )
}
