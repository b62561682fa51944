"""Writes about who may offer what."""

from .applying import apply_standing
from .blacklist import apply_blacklists, blacklist, end_entry, import_blacklist, say_who_is_meant
from .expiring import warn_of_ending_licences
from .licences import record_licence, withdraw_licence
from .publishing import explain_product, find_words, hindrances, publish_product, refuse_words
from .withholding import answer_appeal, appeal, lift, withhold

__all__ = [
    "answer_appeal",
    "appeal",
    "apply_blacklists",
    "apply_standing",
    "blacklist",
    "end_entry",
    "explain_product",
    "find_words",
    "hindrances",
    "import_blacklist",
    "lift",
    "publish_product",
    "record_licence",
    "refuse_words",
    "say_who_is_meant",
    "warn_of_ending_licences",
    "withdraw_licence",
    "withhold",
]
