"""Who may stand before a door, whose data is behind it, and what a door is."""

from dataclasses import dataclass
from enum import StrEnum


class Visitor(StrEnum):
    """Who stands before a door. Staff on duty are told apart by duty; a superuser without a shift is not on duty."""

    ANONYMOUS = "anonymous"
    FAMILY = "family"
    TEEN = "teen"
    PRACTITIONER = "practitioner"
    PARTNER_STAFF = "partner_staff"
    STAFF = "staff"  # our staff, not on duty now
    SUPPORT = "support"
    SAFETY = "safety"
    REVIEW = "review"
    PRIVACY = "privacy"
    FINANCE = "finance"
    COUNSELLING = "counselling"
    MODERATION = "moderation"
    CONTENT = "content"
    SUPERUSER = "superuser"


class Whose(StrEnum):
    """Whose data a page shows."""

    NONE = "none"  # nobody's: public, or only what the visitor types
    OWN = "own"
    OWN_CHILD = "own child's"
    OWN_ORGANISATION = "own organisation's"
    STAFF_QUEUE = "staff queue"
    DEMO = "everybody's, in the demo only"
    SECRET = "whoever holds the secret link or code"  # noqa: S105


Who = frozenset[Visitor]

EVERYONE: Who = frozenset(Visitor)
NOBODY: Who = frozenset()
SIGNED_IN: Who = EVERYONE - {Visitor.ANONYMOUS}
TEENS: Who = frozenset({Visitor.TEEN})
GROWN_UPS: Who = SIGNED_IN - TEENS
FAMILIES: Who = frozenset({Visitor.FAMILY, Visitor.TEEN})
FAMILY_ALONE: Who = frozenset({Visitor.FAMILY})
FAMILY_AND_PRACTITIONERS: Who = frozenset({Visitor.FAMILY, Visitor.PRACTITIONER})
CARERS: Who = frozenset({Visitor.PRACTITIONER, Visitor.PARTNER_STAFF})
MANAGERS: Who = frozenset({Visitor.PARTNER_STAFF})
PRACTITIONERS: Who = frozenset({Visitor.PRACTITIONER})
SUPPORT_ON_DUTY: Who = frozenset({Visitor.SUPPORT})
SAFETY_ON_DUTY: Who = frozenset({Visitor.SAFETY})
REVIEW_ON_DUTY: Who = frozenset({Visitor.REVIEW})
PRIVACY_ON_DUTY: Who = frozenset({Visitor.PRIVACY})
FINANCE_ON_DUTY: Who = frozenset({Visitor.FINANCE})
MODERATION_ON_DUTY: Who = frozenset({Visitor.MODERATION})
CONTENT_ON_DUTY: Who = frozenset({Visitor.CONTENT})
COUNSELLING_ON_DUTY: Who = frozenset({Visitor.COUNSELLING})
ON_DUTY: Who = (
    SUPPORT_ON_DUTY
    | SAFETY_ON_DUTY
    | REVIEW_ON_DUTY
    | PRIVACY_ON_DUTY
    | FINANCE_ON_DUTY
    | MODERATION_ON_DUTY
    | CONTENT_ON_DUTY
    | COUNSELLING_ON_DUTY
)
STAFF: Who = ON_DUTY | {Visitor.STAFF, Visitor.SUPERUSER}
SUPERUSERS: Who = frozenset({Visitor.SUPERUSER})


@dataclass(frozen=True)
class Door:
    """One address.

    `of`: the thing its parameters name ("order", "booking", ...). `posts`: it only takes what is sent to it (GET is 405).
    `passes`: it may lead on to another page, because nothing is to be done here now.
    """

    who: Who
    whose: Whose = Whose.NONE
    of: str = ""
    posts: bool = False
    passes: bool = False
