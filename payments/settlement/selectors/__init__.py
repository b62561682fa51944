"""Reads of settlement: the rules in force, what a partner is owed, its statements and payouts."""

from .balances import Balance, account_in_force, account_under_change, balance_of, held_fen, payable_now_fen
from .fees import fees_in_force, next_fees, past_fees, published_fees
from .statements import coming_earnings, payouts_of, statement_rows, statements_of

__all__ = [
    "Balance",
    "account_in_force",
    "account_under_change",
    "balance_of",
    "coming_earnings",
    "fees_in_force",
    "held_fen",
    "next_fees",
    "past_fees",
    "payable_now_fen",
    "payouts_of",
    "published_fees",
    "statement_rows",
    "statements_of",
]
