"""What people sent in for the library. Who leaves takes it back: with their account it goes, and the page with it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.encryption.services import destroy_data_key

from ..models import Submission
from .services import take_page_away


def _sent_in(subject: Subject) -> "QuerySet[Submission]":
    """Works of the young person, and what a grown-up tells of themselves."""
    own = Q(pk__in=[])
    if subject.child is not None:
        own |= Q(child=subject.child)
    if subject.user is not None:
        own |= Q(sent_by=subject.user, child=None) | Q(sent_by=subject.user, child__account=subject.user)
    return Submission.objects.filter(own).order_by("sent_at", "pk")


def _row(submission: Submission) -> dict[str, Any]:
    return {
        "id": submission.public_id,
        "sent_at": submission.sent_at,
        "about": submission.get_about_display(),
        "title": submission.title,
        "words": submission.words,
        "alias": submission.alias,
        "licence": submission.get_licence_display(),
        "state": submission.get_state_display(),
        "file": submission.file,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {
        "sent_at": _("时间"),
        "about": _("这是什么"),
        "title": _("标题"),
        "words": _("内容"),
        "alias": _("化名"),
        "licence": _("授权"),
        "state": _("状态"),
    }
    rows = list(_sent_in(subject))
    prefetch_keys(rows)
    return [Section("submissions", _("给知识库的投稿"), columns, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("给知识库的投稿，连同发布的页面"), _sent_in(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    for submission in _sent_in(subject):
        take_page_away(submission)
        destroy_data_key(subject_id=submission.public_id, reason="erasure", destroyed_by=None)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for submissions."""
    register(
        SubjectData(
            key="submissions",
            title=_("给知识库的投稿"),
            covers=frozenset({"content.Submission"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
