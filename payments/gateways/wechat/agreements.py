"""Recurring debits (委托代扣): signed once, announced before each debit, taken by us.

The SDK has no calls for them. What binds whoever plans debits, by WeChat's rules: an announcement comes two to eight
days before its debit (the payer may end the agreement meanwhile), each one allows one debit of at most its amount, the
first debit within twelve hours of signing needs none (and is held up by one), and both are taken only from 7 to 22
o'clock in Beijing: at night they are unclear, so that whoever asks asks again by day.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from payments.gateways.base import AttemptView, GatewayRefused, GatewayUnclear, Redirect, TradeStatus, Truth
from payments.gateways.recurring import AgreementRef, AgreementStatus, AgreementTruth, AgreementView
from payments.gateways.wechat.config import WechatConfig
from payments.gateways.wechat.sdk import Answer, WechatClient, yes_of
from payments.gateways.wechat.wire import WECHAT_ZONE, clean_text, foreign_fields, time_of

_STATUS = {
    "SIGNED": AgreementStatus.SIGNED,
    "TO_BE_RENEWED": AgreementStatus.SIGNED,
    "TERMINATED": AgreementStatus.ENDED,
    "SIGN_FAILED": AgreementStatus.ENDED,
}
_SHORTEST_NOTICE, _LONGEST_NOTICE = timedelta(days=2), timedelta(days=8)
_FRESH = timedelta(hours=12)
_OPENS, _CLOSES = 7, 22
_NO_CONTRACT = frozenset({"RESOURCE_NOT_EXISTS", "NOT_FOUND", "CONTRACT_NOT_EXIST"})


class Agreements:
    """The part of the gateway that implements payments.gateways.recurring.ChargingGateway."""

    def __init__(self, config: WechatConfig, client: WechatClient) -> None:
        self._config, self._client = config, client
        self._ours = {"mchid": config.mchid, "appid": config.app_id}

    def sign(self, agreement: AgreementView) -> Redirect:
        """Open a session for signing, good for ten minutes; WeChat's page shows a code where there is no WeChat."""
        answer = self._client.asked(
            "/v3/papay/sign/contracts/pre-entrust-sign",
            {
                "sign_scene": "SIGN_SCENE_QRCODE",
                "appid": self._config.app_id,
                "plan_id": self._plan_id(),
                "out_contract_code": agreement.out_agreement_no,
                "contract_display_account": clean_text(agreement.subject)[:32],
                "contract_notify_url": agreement.notify_url,
                "out_user_code": agreement.payer_ref[:64],
                "return_url": agreement.return_url,
                "device_info": _device(agreement),
            },
        )
        content = yes_of(answer)
        try:
            return Redirect(content["redirect_url"], handle=str(content["pre_entrustweb_id"])[:128])
        except KeyError as error:
            raise GatewayUnclear("no page to sign on") from error

    def query(self, agreement: AgreementRef) -> AgreementTruth:
        """The agreement as it is now; WeChat knows only of those that were signed at some time."""
        answer = self._client.asked(self._path(agreement))
        if answer.code in _NO_CONTRACT:
            return AgreementTruth(AgreementStatus.NOT_FOUND)
        content = yes_of(answer)
        if content.get("out_contract_code") != agreement.out_agreement_no:
            raise GatewayUnclear("the answer is about another agreement")
        status = _STATUS.get(str(content.get("contract_state", "")))
        if status is None:
            raise GatewayUnclear(f"unknown contract_state {content.get('contract_state')!r}")
        signed = content.get("contract_signed_time")
        return AgreementTruth(
            status=status,
            provider_ref=str(content.get("contract_id", "")),
            instrument=str(content.get("openid", "")),
            signed_at=time_of(signed) if signed else None,
            foreign=foreign_fields(content, self._ours),
        )

    def end(self, agreement: AgreementRef) -> AgreementTruth:
        """No more debits; an agreement that was never signed has nothing to end."""
        truth = self.query(agreement)
        if truth.status == AgreementStatus.NOT_FOUND:
            return AgreementTruth(AgreementStatus.ENDED)
        if truth.status == AgreementStatus.ENDED:
            return truth
        answer = self._client.asked(
            f"{self._path(agreement)}/terminate", {"contract_termination_remark": "用户取消续费"}
        )
        if answer.code:
            # The payer may have been quicker.
            truth = self.query(agreement)
            if truth.status != AgreementStatus.ENDED:
                yes_of(answer)
            return truth
        return self.query(agreement)

    def announce(self, agreement: AgreementRef, *, amount_fen: int, on: date) -> None:
        """Have WeChat tell the payer; it allows one debit from the third to the ninth day, today being the first."""
        wait = on - timezone.localdate(timezone=WECHAT_ZONE)
        if wait > _LONGEST_NOTICE:
            raise GatewayRefused("TOO_EARLY", "the debit would come after the announcement has lapsed")
        if wait < _SHORTEST_NOTICE and self._is_fresh(agreement):
            return
        answer = self._client.asked(
            f"/v3/papay/contracts/{self._contract_id(agreement)}/notify",
            {
                "mchid": self._config.mchid,
                "appid": self._config.app_id,
                "estimated_amount": {"amount": amount_fen, "currency": "CNY"},
            },
        )
        if answer.code != "ALREADY_EXISTS":
            _by_day(answer)

    def _is_fresh(self, agreement: AgreementRef) -> bool:
        """Whether a debit needs no announcement yet."""
        signed_at = self.query(agreement).signed_at
        return signed_at is not None and timezone.now() - signed_at < _FRESH

    def charge(self, agreement: AgreementRef, attempt: AttemptView) -> Truth:
        """Have the money taken; a yes says that it will be tried, which a query or a message then tells of."""
        answer = self._client.asked(
            "/v3/papay/pay/transactions/apply",
            {
                "appid": self._config.app_id,
                "out_trade_no": attempt.out_trade_no,
                "description": clean_text(attempt.subject),
                "transaction_notify_url": attempt.notify_url,
                "contract_id": self._contract_id(agreement),
                "amount": {"total": attempt.amount_fen, "currency": "CNY"},
            },
        )
        if answer.code in ("ORDERPAID", "ORDER_CLOSED"):
            # Asked for before, and done since.
            raise GatewayUnclear(answer.code)
        _by_day(answer)
        return Truth(TradeStatus.WAITING)

    def _plan_id(self) -> int:
        if not self._config.plan_id:
            raise GatewayRefused("NO_PLAN", "no template for debits is configured")
        return int(self._config.plan_id)

    def _path(self, agreement: AgreementRef) -> str:
        plan = self._plan_id()
        return f"/v3/papay/sign/contracts/plan-id/{plan}/out-contract-code/{agreement.out_agreement_no}"

    def _contract_id(self, agreement: AgreementRef) -> str:
        if not agreement.provider_ref.isalnum():
            raise GatewayRefused("NO_CONTRACT", "the agreement is not signed")
        return agreement.provider_ref


def _by_day(answer: Answer) -> None:
    """Raises GatewayRefused for a definite no, GatewayUnclear for one that may only be about the hour."""
    if answer.code == "RULE_LIMIT" and not _OPENS <= _hour() < _CLOSES:
        raise GatewayUnclear("WeChat takes no debits at night")
    yes_of(answer)


def _hour() -> int:
    return timezone.localtime(timezone=WECHAT_ZONE).hour


def _device(agreement: AgreementView) -> Mapping[str, Any]:
    """WeChat wants to know the payer's device; a website knows next to nothing of it."""
    return {
        "device_type": "DEVICE_TYPE_PHONE" if agreement.is_phone else "DEVICE_TYPE_UNKNOW",
        "device_os": "unknown",
        "device_id": agreement.payer_ref[:64],
        "device_running_as_root": False,
        "device_ip": agreement.payer_ip or "0.0.0.0",  # noqa: S104 - an address that nobody has
        "weixin_installed": agreement.is_phone,
        "weixin_version": "unknown",
        "days_since_first_login": "DAYS_SINCE_FIRST_LOGIN_UNKNOWN",
    }
