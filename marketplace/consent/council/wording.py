"""A question as a page shows it: what may be seen of it now, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from . import rules
from .clocks import answer_state
from .enums import AnswerState
from .models import Option, Question


@dataclass(frozen=True, slots=True)
class Bar:
    """One option with its share of the votes in whole percent; both None where nothing is shown."""

    option: Option
    votes: int | None
    percent: int | None
    is_most: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One question for one reader. `chosen` is the pk of the reader's own option, while it is open."""

    question: Question
    is_open: bool
    state: AnswerState | None
    bars: list[Bar]
    chosen: int | None = None


def shown(question: Question, now: datetime, chosen: int | None = None) -> Shown:
    """Return a question with its options; the counts only where it is counted and enough voted."""
    return Shown(question, rules.is_open(question, now), answer_state(question, now), _bars(question), chosen)


def _bars(question: Question) -> list[Bar]:
    options = list(question.options.all())
    if not question.votes_counted:
        return [Bar(option, None, None, False) for option in options]
    most = max(option.votes or 0 for option in options)
    return [
        Bar(option, option.votes, round(100 * (option.votes or 0) / question.votes_counted), option.votes == most)
        for option in options
    ]
