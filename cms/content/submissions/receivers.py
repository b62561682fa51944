"""What the safety desk says of a held submission."""

from typing import Any
from uuid import UUID

from marketplace.safeguarding.concerns.contexts import Context
from marketplace.safeguarding.enums import Source

from ..models import Submission
from .services import release_submission


def let_go(ref: str = "", source: str = "", **kwargs: Any) -> None:
    """A concern was closed: our editors decide about the text now."""
    if source == Source.SUBMISSION and ref:
        release_submission(public_id=UUID(ref))


def read_for_desk(ref: str) -> Context | None:
    """The text behind a concern, as it stands now."""
    submission = Submission.objects.filter(public_id=ref).first()
    if submission is None or not (submission.title or submission.words):
        return None
    text = f"{submission.title}\n{submission.words}"
    return Context(text=text, written_at=submission.sent_at, where=str(Source.SUBMISSION.label))
