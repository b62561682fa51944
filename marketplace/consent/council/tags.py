"""The mark a vote carries instead of a name."""

from marketplace.core.pseudonyms import pseudonym
from marketplace.families.models import Child

from .models import Question


def voter_tag(profile: Child, question: Question) -> str:
    """Return the young person's mark for one question: keyed, and unrelated to the mark for any other question."""
    return pseudonym(profile.public_id, f"council:{question.public_id}")
