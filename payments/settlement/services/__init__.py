"""Writes of settlement: rules published, money earned and taken back, statements drawn up, partners paid."""

from .accounts import ask_account_change, confirm_account_change, stop_account_change
from .earning import Delivered, bring_forward, claw_back, earn, owe
from .fees import FeeDraft, draft_fees, publish_fees, redraft_fees
from .payouts import approve_payout, draft_payout, retry_payout, take_up_payout, withdraw_payout
from .sending import check_due_payouts, check_payout, record_bank_transfer, send_payout
from .statements import close_month, draw_up_statement

__all__ = [
    "Delivered",
    "FeeDraft",
    "approve_payout",
    "ask_account_change",
    "bring_forward",
    "check_due_payouts",
    "check_payout",
    "claw_back",
    "close_month",
    "confirm_account_change",
    "draft_fees",
    "draft_payout",
    "draw_up_statement",
    "earn",
    "owe",
    "publish_fees",
    "record_bank_transfer",
    "redraft_fees",
    "retry_payout",
    "send_payout",
    "stop_account_change",
    "take_up_payout",
    "withdraw_payout",
]
