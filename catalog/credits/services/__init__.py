"""Writes of sessions paid for ahead, one function per use case."""

from .ending import end_due_grants, end_grant, remind_of_ending
from .granting import grant_credits, grant_packages
from .refunding import refund_unused
from .spending import CreditCover, give_back_uses, spend_again, spend_credit

__all__ = [
    "CreditCover",
    "end_due_grants",
    "end_grant",
    "give_back_uses",
    "grant_credits",
    "grant_packages",
    "refund_unused",
    "remind_of_ending",
    "spend_again",
    "spend_credit",
]
