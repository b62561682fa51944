"""Writes of vouchers and rewards, one function per use case."""

from .making import make_voucher, stop_voucher
from .rewarding import compensate_cancelled, reward_feedback, reward_sharing
from .sharing import arrive_by_link, open_share_link
from .spending import give_voucher_back, take_voucher

__all__ = [
    "arrive_by_link",
    "compensate_cancelled",
    "give_voucher_back",
    "make_voucher",
    "open_share_link",
    "reward_feedback",
    "reward_sharing",
    "stop_voucher",
    "take_voucher",
]
