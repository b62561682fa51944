"""Reads of families. Only guardianships in force count: active, of somebody who is not of age yet."""

from .family_page import FamilyMember, GuardianRow, families_of, family_of_young
from .people import (
    active_guardianships,
    adults_treated_as_minors,
    booked_for_by,
    child_of,
    children_of,
    guardians_of,
    invitation_of_secret,
    open_invitations,
    profile_ids_of,
    profiles_with_birthday_between,
    waiting_ending_requests,
    young_profile_of,
)
from .young_people import Day, chosen_limits, day_of, self_pay_of, unanswered_asks, usable_recovery_codes

__all__ = [
    "Day",
    "FamilyMember",
    "GuardianRow",
    "active_guardianships",
    "adults_treated_as_minors",
    "booked_for_by",
    "child_of",
    "children_of",
    "chosen_limits",
    "day_of",
    "families_of",
    "family_of_young",
    "guardians_of",
    "invitation_of_secret",
    "open_invitations",
    "profile_ids_of",
    "profiles_with_birthday_between",
    "self_pay_of",
    "unanswered_asks",
    "usable_recovery_codes",
    "waiting_ending_requests",
    "young_profile_of",
]
