"""Writes about who may offer what."""

from .applying import apply_standing
from .blacklist import apply_blacklists, blacklist, end_entry, import_blacklist, say_who_is_meant
from .expiring import warn_of_ending_licences
from .judging import (
    draft_standards,
    note_attendance,
    note_training,
    publish_standards,
    say_about_standards,
    sign_assessment,
)
from .licences import record_licence, withdraw_licence
from .publishing import explain_product, find_words, hindrances, publish_product, refuse_words
from .withholding import answer_appeal, appeal, lift, withhold

__all__ = [
    "answer_appeal",
    "appeal",
    "apply_blacklists",
    "apply_standing",
    "blacklist",
    "draft_standards",
    "end_entry",
    "explain_product",
    "find_words",
    "hindrances",
    "import_blacklist",
    "lift",
    "note_attendance",
    "note_training",
    "publish_product",
    "publish_standards",
    "record_licence",
    "refuse_words",
    "say_about_standards",
    "say_who_is_meant",
    "sign_assessment",
    "warn_of_ending_licences",
    "withdraw_licence",
    "withhold",
]
