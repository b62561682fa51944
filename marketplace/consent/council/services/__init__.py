"""What young people and our staff do in the council: one function per use case."""

from .answering import answer_question, review_proposal
from .asking import draft_question, edit_question, publish_question
from .closing import close_due_questions, close_question
from .proposing import propose_question, withdraw_proposal
from .voting import cast_vote

__all__ = [
    "answer_question",
    "cast_vote",
    "close_due_questions",
    "close_question",
    "draft_question",
    "edit_question",
    "propose_question",
    "publish_question",
    "review_proposal",
    "withdraw_proposal",
]
