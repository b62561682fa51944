"""Reads of settlement: the rules in force, what a partner is owed, its statements and payouts."""

from .balances import (
    Balance,
    account_in_force,
    account_under_change,
    accounts_in_force,
    accounts_under_change,
    balance_of,
    balances_of,
    payable_now_fen,
)
from .fees import fee_names, fees_in_force, next_fees, past_fees, published_fees
from .statements import coming_earnings, payouts_of, statement_rows, statements_of

__all__ = [
    "Balance",
    "account_in_force",
    "account_under_change",
    "accounts_in_force",
    "accounts_under_change",
    "balance_of",
    "balances_of",
    "coming_earnings",
    "fee_names",
    "fees_in_force",
    "next_fees",
    "past_fees",
    "payable_now_fen",
    "payouts_of",
    "published_fees",
    "statement_rows",
    "statements_of",
]
