"""What the company keeps: orders with their refunds, and contracts. Times are seconds since the epoch."""

from dataclasses import asdict, dataclass, field
from typing import Any

NOTPAY, SUCCESS, REFUND, CLOSED, PAYERROR, ACCEPT = "NOTPAY", "SUCCESS", "REFUND", "CLOSED", "PAYERROR", "ACCEPT"
PROCESSING, ABNORMAL = "PROCESSING", "ABNORMAL"
WAITING, SIGNED, TERMINATED, SIGN_FAILED = "WAITING", "SIGNED", "TERMINATED", "SIGN_FAILED"


class WechatError(Exception):
    """A refusal with WeChat's HTTP status, code and sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


@dataclass
class Refund:
    """One refund; `becomes` is what it turns into at `due_at`."""

    out_refund_no: str
    refund_id: str
    fen: int
    notify_url: str
    created_at: float
    due_at: float
    becomes: str
    status: str = PROCESSING
    done_at: float = 0.0


@dataclass
class Order:
    """One order. `trade_type`: NATIVE, MWEB, JSAPI, or PAP for a debit by contract."""

    out_trade_no: str
    trade_type: str
    total_fen: int
    description: str
    notify_url: str
    expires_at: float
    created_at: float
    token: str
    prepay_id: str
    openid: str = ""
    contract_id: str = ""
    splits: bool = False
    payer_ip: str = ""
    status: str = NOTPAY
    transaction_id: str = ""
    paid_at: float = 0.0
    arrives_at: float = 0.0
    """Money begun in time that is still on its way; for a debit, when it is carried out."""
    lacks_funds: bool = False
    closed_at: float = 0.0
    refunds: dict[str, Refund] = field(default_factory=dict)

    @property
    def refunded_fen(self) -> int:
        """The total of all refunds that did not fail."""
        return sum(r.fen for r in self.refunds.values() if r.status in (PROCESSING, SUCCESS))

    @property
    def trade_state(self) -> str:
        """What a query says: REFUND hides SUCCESS from the first refund on."""
        return REFUND if self.status == SUCCESS and self.refunds else self.status


@dataclass
class Contract:
    """One agreement to debits. `funds`: what happens to its next debits: enough, short or short_at_once."""

    out_contract_code: str
    plan_id: int
    display_account: str
    out_user_code: str
    notify_url: str
    return_url: str
    token: str
    created_at: float
    state: str = WAITING
    contract_id: str = ""
    openid: str = ""
    signed_at: float = 0.0
    terminated_at: float = 0.0
    terminated_by: str = ""
    notice_at: float = 0.0
    notice_fen: int = 0
    debits: int = 0
    funds: str = "enough"


def dump(record: Order | Contract) -> dict[str, Any]:
    """A record as JSON, with what follows from it."""
    row = asdict(record)
    if isinstance(record, Order):
        row |= {"refunded_fen": record.refunded_fen, "trade_state": record.trade_state}
    return row


def line_of(record: Order | Contract) -> list[Any]:
    """What the journal keeps of a record: its kind and its fields."""
    return ["order" if isinstance(record, Order) else "contract", asdict(record)]


def record_from(line: list[Any]) -> Order | Contract:
    """The record of a line of the journal."""
    kind, row = line
    if kind == "contract":
        return Contract(**row)
    return Order(**{**row, "refunds": {no: Refund(**refund) for no, refund in row["refunds"].items()}})
