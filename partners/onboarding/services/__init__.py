"""Writes of onboarding: filling in, handing in, reviewing, opening."""

from .agreements import agreement_text, end_agreements, sign_agreement
from .clocks import tend_applications
from .drafting import (
    add_paper,
    begin_application,
    remove_paper,
    remove_person,
    save_organisation,
    save_person,
    save_signer,
    withdraw_application,
)
from .reviewing import ask_organisation, confirm_proposal, note_checks, propose_decision, send_back, take_application
from .submitting import answer_question, submit_application

__all__ = [
    "add_paper",
    "agreement_text",
    "answer_question",
    "ask_organisation",
    "begin_application",
    "confirm_proposal",
    "end_agreements",
    "note_checks",
    "propose_decision",
    "remove_paper",
    "remove_person",
    "save_organisation",
    "save_person",
    "save_signer",
    "send_back",
    "sign_agreement",
    "submit_application",
    "take_application",
    "tend_applications",
    "withdraw_application",
]
