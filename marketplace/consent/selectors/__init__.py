"""Reads of consent; `disclosures` is the one door every page with somebody's data asks."""

from .disclosing import disclosures
from .ledger import (
    consent_for,
    consents_of,
    consents_shown_to,
    grantees_of,
    overdue_reviews,
    overrides_to_work_on,
    overrides_told_to,
    people_decided_for,
)

__all__ = [
    "consent_for",
    "consents_of",
    "consents_shown_to",
    "disclosures",
    "grantees_of",
    "overdue_reviews",
    "overrides_to_work_on",
    "overrides_told_to",
    "people_decided_for",
]
