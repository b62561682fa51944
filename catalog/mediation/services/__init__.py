"""Writes of disputes, one function per use case."""

from .appealing import appeal
from .bearing import bear
from .opening import open_case, withdraw_case
from .ruling import confirm_ruling, decide_case, note_mediation
from .stating import state
from .tending import tend_cases

__all__ = [
    "appeal",
    "bear",
    "confirm_ruling",
    "decide_case",
    "note_mediation",
    "open_case",
    "state",
    "tend_cases",
    "withdraw_case",
]
