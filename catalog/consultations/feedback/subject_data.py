"""What feedback holds about people: the law keeps that a trade was rated, not the words."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays, stripped
from marketplace.core.encryption.keys import prefetch_keys

from .enums import WordsState
from .models import Feedback


def _feedback(subject: Subject) -> "QuerySet[Feedback]":
    if subject.user is None:
        return Feedback.objects.none()
    return Feedback.objects.filter(person=subject.user).order_by("given_at", "pk")


def _row(feedback: Feedback) -> dict[str, Any]:
    return {
        "given_at": feedback.given_at,
        "product": feedback.product.title,
        "rating": feedback.rating,
        "helped": feedback.helped_labels,
        "words": feedback.words,
        "status": feedback.get_words_state_display(),
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "given_at": _("时间"),
        "product": _("服务"),
        "rating": _("星数"),
        "words": _("想说的话"),
        "status": _("状态"),
    }
    rows = list(_feedback(subject).select_related("product", "person"))
    prefetch_keys(rows)
    return [Section("feedback", _("写过的评价"), columns, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    worded = _feedback(subject).filter(~Q(words_state__in=(WordsState.NONE, WordsState.WITHDRAWN)))
    title = _("评价的星数和时间（没有文字）")
    return [
        stripped(_("评价里的文字"), worded, words="", shown_words="", words_state=WordsState.WITHDRAWN),
        stays(_feedback(subject), record_class="reviews", dated="given_at", title=title),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for feedback."""
    register(
        SubjectData(
            key="feedback",
            title=_("写过的评价"),
            covers=frozenset({"feedback.Feedback"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
