from .activities import Activity, ActivityVersion, Answer, NeededResource, SignUp
from .invitations import Campaign, Invitation, InvitationChoice
from .proposals import Proposal, ProposalLine

__all__ = [
    "Activity",
    "ActivityVersion",
    "Answer",
    "Campaign",
    "Invitation",
    "InvitationChoice",
    "NeededResource",
    "Proposal",
    "ProposalLine",
    "SignUp",
]
