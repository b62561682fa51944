"""Contracts for debits (委托代扣): signed once, announced before each debit, one debit per announcement."""

import secrets
import threading
from datetime import datetime

from payments.simulators.clock import BEIJING, Clock
from payments.simulators.journal import Journal
from payments.simulators.wechat.records import SIGNED, TERMINATED, WAITING, Contract, WechatError, line_of

_SESSION_SECONDS = 600
#: So soon after signing, the first debit needs no announcement.
_FRESH_SECONDS = 12 * 3600
#: A debit may come on the third to ninth day, the day of the announcement being the first.
_FIRST_DAY, _LAST_DAY = 2, 8
_OPENS, _CLOSES = 7, 22


class ContractBook:
    """All contracts. `keeps_hours`: announcements and debits only from 7 to 22 o'clock, Beijing time."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal
        self.lock = threading.RLock()
        self.contracts: dict[str, Contract] = {}
        self.keeps_hours = False

    def keep(self, contract: Contract) -> None:
        """Remember a contract as it is now."""
        with self.lock:
            self.contracts[contract.out_contract_code] = contract
            self._journal.add(line_of(contract))

    def prepare(self, wanted: Contract) -> Contract:
        """Open a session for signing; the same again leads to the same. Raises WechatError."""
        with self.lock:
            existing = self.contracts.get(wanted.out_contract_code)
            if existing is None:
                self.keep(wanted)
                return wanted
            if existing.state != WAITING:
                raise WechatError(400, "INVALID_REQUEST", "商户签约协议号已使用")
            if (existing.plan_id, existing.out_user_code) != (wanted.plan_id, wanted.out_user_code):
                raise WechatError(400, "PARAM_ERROR", "签约信息与之前请求不一致")
            existing.created_at = wanted.created_at
            self.keep(existing)
            return existing

    def get(self, out_contract_code: str) -> Contract:
        """A contract that was signed at some time. Raises WechatError."""
        contract = self.contracts.get(out_contract_code)
        if contract is None or contract.state == WAITING:
            raise WechatError(404, "RESOURCE_NOT_EXISTS", "协议不存在")
        return contract

    def by(self, name: str, value: str) -> Contract | None:
        """The contract whose token or contract_id is `value`."""
        found = [c for c in list(self.contracts.values()) if getattr(c, name) == value]
        return found[0] if value and found else None

    def running(self, contract_id: str) -> Contract:
        """A contract that allows debits. Raises WechatError."""
        contract = self.by("contract_id", contract_id)
        if contract is None:
            raise WechatError(404, "RESOURCE_NOT_EXISTS", "协议不存在")
        if contract.state != SIGNED:
            raise WechatError(400, "CONTRACT_TERMINATED", "协议已解约")
        return contract

    def sign(self, contract: Contract, openid: str) -> Contract:
        """The payer agrees, within ten minutes. Raises WechatError."""
        with self.lock:
            if contract.state != WAITING or self._clock.now() - contract.created_at > _SESSION_SECONDS:
                raise WechatError(400, "INVALID_REQUEST", "签约会话已过期")
            contract.state, contract.openid, contract.signed_at = SIGNED, openid, self._clock.now()
            contract.contract_id = f"2026{secrets.randbelow(10**14):014d}"
            self.keep(contract)
            return contract

    def terminate(self, contract: Contract, by: str) -> bool:
        """No more debits; says whether this ended it. Raises WechatError when nothing was signed."""
        with self.lock:
            if contract.state == TERMINATED:
                return False
            contract.state, contract.terminated_at, contract.terminated_by = TERMINATED, self._clock.now(), by
            self.keep(contract)
            return True

    def announce(self, contract: Contract, fen: int) -> None:
        """Tell the payer of a debit to come. Raises WechatError."""
        with self.lock:
            self._check_hour()
            if contract.notice_at and self._day_since_notice(contract) <= _LAST_DAY:
                raise WechatError(400, "ALREADY_EXISTS", "本周期已发送过预扣费通知")
            contract.notice_at, contract.notice_fen = self._clock.now(), fen
            self.keep(contract)

    def check_debit(self, contract: Contract, fen: int) -> None:
        """Whether a debit may be taken in now. Raises WechatError."""
        self._check_hour()
        if contract.funds == "short_at_once":
            raise WechatError(403, "NOT_ENOUGH", "用户余额不足")
        is_first = not contract.notice_at and not contract.debits
        if is_first and self._clock.now() - contract.signed_at <= _FRESH_SECONDS:
            return
        if not contract.notice_at or not _FIRST_DAY <= self._day_since_notice(contract) <= _LAST_DAY:
            raise WechatError(400, "RULE_LIMIT", "不在可扣费期，请先发送预扣费通知")
        if fen > contract.notice_fen:
            raise WechatError(400, "PARAM_ERROR", "扣费金额大于预计扣费金额")

    def end_cycle(self, contract_id: str) -> None:
        """A debit succeeded: the next one needs another announcement."""
        contract = self.by("contract_id", contract_id)
        if contract is not None:
            contract.notice_at, contract.notice_fen, contract.debits = 0.0, 0, contract.debits + 1
            self.keep(contract)

    def _day_since_notice(self, contract: Contract) -> int:
        return (_day(self._clock.now()) - _day(contract.notice_at)).days

    def _check_hour(self) -> None:
        hour = datetime.fromtimestamp(self._clock.now(), BEIJING).hour
        if self.keeps_hours and not _OPENS <= hour < _CLOSES:
            raise WechatError(400, "RULE_LIMIT", "只能在7:00至22:00之间调用")


def _day(at: float) -> datetime:
    return datetime.fromtimestamp(at, BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
