"""Reads of somebody's own runs, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from marketplace.core.age_bands import AgeBand
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.needs import Need

from ..games import Game
from ..models import PracticeRun
from ..practices import BY_SLUG, PRACTICES, Practice
from ..practices.wording import Change, change_of

#: How many of one's runs stand on a practice's page, and on the page of all.
RECENT, ALL = 5, 60


@dataclass(frozen=True)
class RunRow:
    """A run as its owner reads it."""

    run: PracticeRun
    practice: Practice
    change: Change
    words: list[tuple[Any, str]]


def runs_of(user: Any, *, practice: Practice | None = None, limit: int = RECENT) -> list[RunRow]:
    """Return somebody's own runs, the newest first, opened; two queries. Runs of a practice that is gone stay out."""
    if not user.is_authenticated:
        return []
    rows: QuerySet[PracticeRun] = PracticeRun.objects.filter(owner=user).select_related("owner")
    found = list((rows.filter(practice=practice.slug) if practice else rows)[:limit])
    prefetch_keys(found)
    return [_row(run) for run in found if run.practice in BY_SLUG]


def _row(run: PracticeRun) -> RunRow:
    practice = BY_SLUG[run.practice]
    words = run.words if isinstance(run.words, dict) else {}
    steps = run.felt.get("steps", {}) if isinstance(run.felt, dict) else {}
    written = []
    for blank in practice.blanks:
        said = [words.get(blank.key, "")]
        if blank.key in steps:
            said.append(change_of(steps[blank.key]).text)
        if any(said):
            written.append((blank.label, "\n".join(filter(None, said))))
    return RunRow(run, practice, change_of(run.felt), written)


def practices_for(
    *, need: Need | None = None, band: AgeBand | None = None, minutes: int | None = None
) -> list[Practice]:
    """Return the practices shown for a need, an age and the time there is; grown-ups may do them all."""
    return [
        practice
        for practice in PRACTICES
        if is_shown(practice)
        and (need is None or need in practice.needs)
        and (band is None or band in (AgeBand.ADULT, AgeBand.TEACHER) or band in practice.bands)
        and (minutes is None or practice.minutes <= minutes)
    ]


def is_shown(skill: Practice | Game) -> bool:
    """Return whether a skill may be shown: a named professional has read it, or this is a demo that says nobody has."""
    return bool(skill.reviewed_by) or settings.LIBRARY_SHOWS_UNREVIEWED
