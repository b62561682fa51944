"""What the desk holds about people: that there was a worry, what came of it, and what our staff has learned.

A worry may be about whoever else asks, so that only the young person (or the adult it is about) reads theirs. Nothing
is erased before its time: it is kept as the record of a danger.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import Concern, TrainingRecord
from .people import marks_of

_COLUMNS = {"opened_at": _("出现"), "kind": _("哪一类"), "closed_at": _("结束"), "outcome": _("结果")}
_TRAINING_COLUMNS = {"training": _("培训"), "done_on": _("完成"), "valid_until": _("有效到")}


def _about(subject: Subject) -> "QuerySet[Concern]":
    found = Concern.objects.filter(mark__in=marks_of(subject.ids), is_drill=False, erased_at=None)
    return found.order_by("opened_at", "pk")


def _is_own(subject: Subject) -> bool:
    """Whether the person themselves asks: a guardian never reads a worry about their child here."""
    if subject.user is None:
        return False
    return subject.child is None or subject.child.account_id == subject.user.pk


def _trainings(subject: Subject) -> "QuerySet[TrainingRecord]":
    if subject.user is None:
        return TrainingRecord.objects.none()
    return TrainingRecord.objects.filter(user=subject.user).order_by("done_on", "pk")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    sections = []
    if _is_own(subject):
        rows = [_row(each) for each in _about(subject)]
        sections.append(Section("concerns", _("安全方面的担心"), _COLUMNS, rows))
    rows = [
        {"training": str(each.get_training_display()), "done_on": each.done_on, "valid_until": each.valid_until}
        for each in _trainings(subject)
    ]
    sections.append(Section("safety_trainings", _("值守培训"), _TRAINING_COLUMNS, rows))
    return [section for section in sections if section.rows]


def _row(concern: Concern) -> dict[str, Any]:
    return {
        "opened_at": concern.opened_at,
        "kind": str(concern.get_kind_display()),
        "closed_at": concern.closed_at,
        "outcome": str(concern.get_outcome_display()) if concern.outcome else "",
    }


def _fhir(subject: Subject) -> list[dict[str, Any]] | None:
    if subject.scope is not Scope.FULL or not _is_own(subject):
        return None
    person = f"Patient/{subject.id}"
    return [
        {
            "resourceType": "Flag",
            "id": str(each.public_id),
            "status": "active" if each.is_open else "inactive",
            "category": [{"text": "safety"}],
            "code": {"text": str(each.get_kind_display())},
            "subject": {"reference": person},
            "period": {"start": each.opened_at.isoformat()}
            | ({"end": each.closed_at.isoformat()} if each.closed_at else {}),
        }
        for each in _about(subject)
    ]


def _removals(subject: Subject) -> list[Removal]:
    return [
        stays(_about(subject), record_class="crisis_cases", dated="opened_at", title=_("安全事件的处理记录")),
        stays(
            _trainings(subject),
            record_class="crisis_cases",
            dated="valid_until",
            title=_("值守培训的记录"),
        ),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


_MODELS = ("Concern", "ConcernEvent", "Escalation", "Call", "StepMark", "Unsealing", "TrainingRecord")


def register_subject_data() -> None:
    """Answer for the desk."""
    register(
        SubjectData(
            key="concerns",
            title=_("安全值守"),
            covers=frozenset(f"concerns.{name}" for name in _MODELS),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
        )
    )
