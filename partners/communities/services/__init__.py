"""Writes of communities: plans, who comes, proposals, money asked for, invitations."""

from .attending import answer_activity, cancel_sign_up, check_in, sign_up
from .grants import ask_grant, open_grant, use_fund
from .inviting import CampaignWords, choose_invitations, note_seen, send_campaign
from .planning import ActivityPlan, cancel_activity, publish_activity, save_activity
from .proposing import EditedLine, ProposalEdit, accept_proposal, draft_proposal, edit_proposal

__all__ = [
    "ActivityPlan",
    "CampaignWords",
    "EditedLine",
    "ProposalEdit",
    "accept_proposal",
    "answer_activity",
    "ask_grant",
    "cancel_activity",
    "cancel_sign_up",
    "check_in",
    "choose_invitations",
    "draft_proposal",
    "edit_proposal",
    "note_seen",
    "open_grant",
    "publish_activity",
    "save_activity",
    "send_campaign",
    "sign_up",
    "use_fund",
]
