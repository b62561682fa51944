"""Writes of disputes, one function per use case."""

from payments.disputes.services.answering import answer_dispute
from payments.disputes.services.looking import check_dispute, look_at_dispute

__all__ = ["answer_dispute", "check_dispute", "look_at_dispute"]
