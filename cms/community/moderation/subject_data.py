"""What the desk holds about people: what authors were told, found from them alone.

Who reported something is not kept, so that nobody, they included, can find it. Erasing somebody's words erases what was
said about them (`services.receiving.forget`).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.core.encryption.keys import prefetch_keys

from ..models import Decision
from ..selectors.own import own_threads
from .selectors import decisions_about


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "day": decision.decided_at.date(),
        "outcome": decision.get_outcome_display(),
        "words": decision.words,
        "asked_again": hasattr(decision, "appeal"),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    own = own_threads(subject.user)
    writings = [each.thread for each in own if each.is_author] + [reply for each in own for reply in each.replies]
    decisions = list(decisions_about(writings).values())
    prefetch_keys(decisions)
    columns = {"day": _("日期"), "outcome": _("决定"), "words": _("写给你的话"), "asked_again": _("请求过复核")}
    rows = [_row(decision) for decision in decisions]
    return [Section("community_decisions", _("看护的同事写给你的话"), columns, rows)] if rows else []


def _nothing_of_its_own(subject: Subject) -> ErasureOutcome:
    return ErasureOutcome()


def register_subject_data() -> None:
    """Answer for the desk."""
    register(
        SubjectData(
            key="community_moderation",
            title=_("看护的同事写给你的话"),
            covers=frozenset(
                {
                    "community.Case",
                    "community.Decision",
                    "community.Appeal",
                    "community.Report",
                    "community.HoldEntry",
                }
            ),
            export=_export,
            erase=_nothing_of_its_own,
            foresee=_nothing_of_its_own,
        )
    )
