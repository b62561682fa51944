"""Money from the merchant's account to somebody else's."""

import secrets
import threading
from dataclasses import asdict, dataclass

from payments.simulators.alipay.trades import TradeError
from payments.simulators.clock import Clock
from payments.simulators.faults import Fault
from payments.simulators.journal import Journal

#: In an account's name: there is no such account.
NOBODY = "nobody"
_DEFAULT_WAIT = 5.0


@dataclass
class Transfer:
    """A transfer; from `turns_at` on it stands as `turns_to`."""

    out_biz_no: str
    order_id: str
    fen: int
    account: str
    name: str
    title: str
    at: float
    status: str = "SUCCESS"
    turns_to: str = ""
    turns_at: float = 0.0


class TransferBook:
    """All transfers, and the names behind accounts."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal
        self._lock = threading.Lock()
        self.payees: dict[str, str] = {}
        self.transfers = {each.out_biz_no: each for each in journal.read(lambda row: Transfer(**row))}

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self.transfers.clear()
            self.payees.clear()
            self._journal.clear()

    def send(self, wish: Transfer, fault: Fault | None) -> Transfer:
        """Carry it out once per number. Raises TradeError when nothing was sent."""
        with self._lock:
            done = self.transfers.get(wish.out_biz_no)
            if done is not None:
                if (done.fen, done.account, done.name) != (wish.fen, wish.account, wish.name):
                    raise TradeError("INVALID_PARAMETER", "同一商户单号的参数不一致")
                return self.as_of_now(done)
            self._check_payee(wish)
            kind = fault.kind if fault else ""
            if kind == "no_funds":
                raise TradeError("PAYER_BALANCE_NOT_ENOUGH", "付款方余额不足")
            wish.order_id = f"20261122110070001502{secrets.randbelow(10**12):012d}"
            if fault and kind in ("fails_later", "waits", "comes_back"):
                wish.status = "SUCCESS" if kind == "comes_back" else "DEALING"
                wish.turns_to = {"fails_later": "FAIL", "waits": "SUCCESS", "comes_back": "REFUND"}[kind]
                wish.turns_at = self._clock.now() + (fault.seconds or _DEFAULT_WAIT)
            self.transfers[wish.out_biz_no] = wish
            self._journal.add(asdict(wish))
            return wish

    def _check_payee(self, wish: Transfer) -> None:
        if NOBODY in wish.account:
            raise TradeError("PAYEE_NOT_EXIST", "收款用户不存在")
        if self.payees.get(wish.account, wish.name) != wish.name:
            raise TradeError("PAYEE_USER_INFO_ERROR", "支付宝账号和姓名不匹配")

    def find(self, out_biz_no: str) -> Transfer:
        """The transfer as time has left it. Raises TradeError."""
        found = self.transfers.get(out_biz_no)
        if found is None:
            raise TradeError("ORDER_NOT_EXIST", "转账订单不存在")
        return self.as_of_now(found)

    def as_of_now(self, transfer: Transfer) -> Transfer:
        """Let what waited come about."""
        if transfer.turns_to and self._clock.now() >= transfer.turns_at:
            transfer.status, transfer.turns_to = transfer.turns_to, ""
            self._journal.add(asdict(transfer))
        return transfer
