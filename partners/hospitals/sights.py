"""What may be seen of referral letters: asked of consent's door, once for a page, and written down."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from marketplace.accounts.models import User
from marketplace.consent.decisions import Decision
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.families.models import Child

from .models import ReferralLetter
from .selectors import NEEDED


@dataclass(frozen=True)
class Sight:
    """A letter with whether one may know whom it is about, and what it says."""

    letter: ReferralLetter
    who: Decision
    what: Decision


def look_as_hospital(viewer: User, letters: Collection[ReferralLetter]) -> list[Sight]:
    """A hospital's look: only as far as the family agrees at this moment; two queries for any number."""
    records = _records(letters)
    seen = look(viewer=viewer, children=records.keys(), items=NEEDED, purpose=Purpose.REFERRAL, records=records)
    return [
        Sight(
            letter,
            seen.may_see(letter.child, DataItem.PROFILE),
            seen.may_see(letter.child, DataItem.REPORT, letter.public_id),
        )
        for letter in letters
    ]


def look_as_writer(viewer: User, letters: Collection[ReferralLetter]) -> list[Sight]:
    """The look of who wrote: their own words are theirs to read, whose they are about as long as they care for them."""
    records = _records(letters)
    seen = look(viewer=viewer, children=records.keys(), items=(DataItem.PROFILE,), purpose=Purpose.CARE)
    decisions = [(letter, seen.may_see(letter.child, DataItem.PROFILE)) for letter in letters]
    return [Sight(letter, who, who) for letter, who in decisions]


def _records(letters: Collection[ReferralLetter]) -> dict[Child, list[UUID]]:
    records: dict[Child, list[UUID]] = {}
    for letter in letters:
        records.setdefault(letter.child, []).append(letter.public_id)
    return records
