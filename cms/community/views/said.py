"""What is said once after something was sent: kept in the session until the next page, without words and ids."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from ..services.writing import Sent

_KEY = "community_said"


@dataclass(frozen=True)
class Said:
    """The gate's answer, and whether others see it yet. `card` and `reply` are what the crisis card looks at."""

    card: bool
    reply: str
    is_shown: bool
    waiting_for: str


def keep_said(request: HttpRequest, sent: Sent) -> None:
    """Remember what the next page says."""
    said = Said(sent.answer.card, str(sent.answer.reply), sent.is_shown, str(sent.writing.waiting_for))
    request.session[_KEY] = asdict(said)


def take_said(request: HttpRequest) -> Said | None:
    """Return what is to be said, once."""
    kept = request.session.pop(_KEY, None)
    return Said(**kept) if kept else None
