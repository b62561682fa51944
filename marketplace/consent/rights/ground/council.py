"""What a young person said in the council: votes that are not counted yet, and proposals with our answers.

A vote names nobody; it is found again by the same key that made its mark. After the count there is nothing left to find.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.council.models import Proposal
from marketplace.consent.council.selectors import own_votes, proposals_of

from ..enums import Scope
from ..registry import ErasureOutcome, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, goes


def _export(subject: Subject) -> list[Section]:
    """Read it out to the young person alone: a secret vote stays secret at home too."""
    if subject.child is None or subject.scope is not Scope.FULL:
        return []
    if subject.asked_by is None or subject.asked_by.pk != subject.child.account_id:
        return []
    votes = own_votes(subject.child).select_related("question", "option").order_by("question__closes_at")
    sections = [
        Section(
            "council_votes",
            _("少年议事：还没结束的投票"),
            {"question": _("问题"), "choice": _("你选的")},
            [{"question": vote.question.title, "choice": vote.option.text} for vote in votes],
        )
    ]
    columns = {
        "proposed_at": _("提出"),
        "text": _("你想问大家什么"),
        "status": _("状态"),
        "answer": _("回复"),
    }
    rows = [_proposal_row(each) for each in proposals_of(subject.child).order_by("proposed_at")]
    return [*sections, Section("council_proposals", _("少年议事：提议的问题"), columns, rows)]


def _proposal_row(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposed_at": proposal.proposed_at,
        "text": proposal.text,
        "status": proposal.get_status_display(),
        "answer": proposal.answer,
    }


def _removals(subject: Subject) -> list[Removal]:
    if subject.child is None:
        return []
    proposals: QuerySet[Proposal] = proposals_of(subject.child)
    return [
        goes(_("少年议事：还没结束的投票"), own_votes(subject.child)),
        goes(_("少年议事：提议的问题"), proposals),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


DATA = SubjectData(
    key="council",
    title=_("少年议事"),
    covers=frozenset({"council.Vote", "council.Proposal"}),
    export=_export,
    erase=_erase,
    foresee=lambda subject: foreseen(_removals(subject)),
)
