"""Agreements to be debited every period, and what the company lets a merchant take by them."""

import secrets
import threading
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from payments.simulators.alipay.trades import TradeError
from payments.simulators.clock import BEIJING, Clock
from payments.simulators.journal import Journal

TEMP, NORMAL, UNSIGN = "TEMP", "NORMAL", "UNSIGN"
#: The wallets a person may choose on the page, and what may be the matter with one.
WALLETS = {"a": "2088000000001001", "b": "2088000000001002"}
WALLET_STATES = ("ok", "empty", "frozen")


@dataclass
class Rule:
    """What may be taken: at most `single_fen`, once per period, from `starts_on` (yyyy-mm-dd) on."""

    period_type: str
    period: int
    starts_on: str
    single_fen: int


@dataclass
class Agreement:
    """An agreement as the company keeps it; times are seconds since the epoch."""

    external_no: str
    agreement_no: str
    token: str
    rule: Rule
    notify_url: str
    return_url: str
    status: str = TEMP
    user_id: str = ""
    signed_at: float = 0.0
    ended_at: float = 0.0
    wallet: str = "ok"
    #: Periods in which money was taken, by number from 0, with the merchant's number of the trade.
    taken: dict[str, str] = field(default_factory=dict)


def _agreement_from(row: dict[str, Any]) -> Agreement:
    return Agreement(**{**row, "rule": Rule(**row["rule"])})


class AgreementBook:
    """All agreements. Every method is one step."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal
        self._lock = threading.RLock()
        self.agreements: dict[str, Agreement] = {}
        for found in journal.read(_agreement_from):
            self.agreements[found.external_no] = found

    def _keep(self, agreement: Agreement) -> None:
        self.agreements[agreement.external_no] = agreement
        self._journal.add(asdict(agreement))

    def reset(self) -> None:
        """Forget everything."""
        with self._lock:
            self.agreements.clear()
            self._journal.clear()

    def open(self, external_no: str, rule: Rule, notify_url: str, return_url: str) -> Agreement:
        """The payer opens the page; the same number again opens the same agreement."""
        with self._lock:
            found = self.agreements.get(external_no)
            if found is None:
                number = f"2026{secrets.randbelow(10**16):016d}"
                found = Agreement(external_no, number, secrets.token_urlsafe(12), rule, notify_url, return_url)
                self._keep(found)
            elif found.rule != rule:
                raise TradeError("AGREEMENT_INCONSISTENT", "协议内容不一致")
            return found

    def by_token(self, token: str) -> Agreement | None:
        """The agreement of a page."""
        return next((each for each in self.agreements.values() if each.token == token), None)

    def get(self, external_no: str) -> Agreement:
        """An agreement that somebody opened and nobody ended. Raises TradeError."""
        found = self.agreements.get(external_no)
        if found is None or found.status == UNSIGN:
            raise TradeError("USER_AGREEMENT_NOT_EXIST", "用户协议不存在")
        return found

    def sign(self, external_no: str, wallet: str) -> Agreement:
        """The payer agrees with one of their wallets; twice is once."""
        with self._lock:
            found = self.get(external_no)
            if found.status == TEMP:
                found.status, found.user_id, found.signed_at = NORMAL, WALLETS[wallet], self._clock.now()
                self._keep(found)
            return found

    def end(self, external_no: str) -> Agreement:
        """Payer or merchant ends it."""
        with self._lock:
            found = self.get(external_no)
            found.status, found.ended_at = UNSIGN, self._clock.now()
            self._keep(found)
            return found

    def set_wallet(self, external_no: str, state: str) -> Agreement:
        """What is the matter with the payer's wallet from now on."""
        if state not in WALLET_STATES:
            raise ValueError(state)
        with self._lock:
            found = self.get(external_no)
            found.wallet = state
            self._keep(found)
            return found

    def admit(self, agreement_no: str, fen: int) -> tuple[Agreement, str]:
        """The agreement and the period that a debit falls into. Raises TradeError for one that is not allowed."""
        found = next((each for each in self.agreements.values() if each.agreement_no == agreement_no), None)
        if found is None or found.status != NORMAL:
            raise TradeError("ACQ.AGREEMENT_NOT_EXIST", "用户协议不存在")
        period = self._period(found.rule)
        if period is None or period in found.taken:
            raise TradeError("ACQ.CYCLE_PAY_DATE_NOT_MATCH", "扣款日期不在签约时的允许范围之内")
        if fen > found.rule.single_fen:
            raise TradeError("ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED", "商家扣款的单笔金额超出签约时的限制")
        if found.wallet == "empty":
            raise TradeError("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足")
        if found.wallet == "frozen":
            raise TradeError("ACQ.BUYER_ENABLE_STATUS_FORBID", "买家状态非法，无法继续交易")
        return found, period

    def note_taken(self, agreement: Agreement, period: str, out_trade_no: str) -> None:
        """Money of a period was taken."""
        with self._lock:
            agreement.taken[period] = out_trade_no
            self._keep(agreement)

    def _period(self, rule: Rule) -> str | None:
        today = datetime.fromtimestamp(self._clock.now(), BEIJING).date()
        starts = date.fromisoformat(rule.starts_on)
        if today < starts:
            return None
        if rule.period_type == "DAY":
            return str((today - starts).days // rule.period)
        months = (today.year - starts.year) * 12 + today.month - starts.month - (today.day < starts.day)
        return str(months // rule.period)
