"""What measures hold about young people: their answers and goals, which are theirs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys

from .instruments import BY_KEY
from .models import Goal, Measurement


def _measurements(subject: Subject) -> "QuerySet[Measurement]":
    if subject.child is None:
        return Measurement.objects.none()
    return Measurement.objects.filter(child=subject.child).select_related("child", "goal__child")


def _read(subject: Subject) -> list[Measurement]:
    rows = list(_measurements(subject))
    prefetch_keys([*rows, *{row.goal for row in rows if row.goal}])
    return rows


def _row(measurement: Measurement) -> dict[str, Any]:
    instrument = BY_KEY.get(measurement.instrument)
    return {
        "id": measurement.public_id,
        "instrument": str(instrument.name) if instrument else measurement.instrument,
        "answered_at": measurement.answered_at,
        "goal": measurement.goal.text if measurement.goal else "",
        "score": measurement.answers["score"],
        "answers": measurement.answers["items"],
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.child is None:
        return []
    columns = {"instrument": _("问卷"), "answered_at": _("时间"), "goal": _("目标"), "score": _("分数")}
    return [Section("measures", _("见面前的回答"), columns, [_row(each) for each in _read(subject)])]


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    if subject.scope is not Scope.FULL or subject.child is None:
        return []
    return [_response(each, subject) for each in _read(subject)]


def _response(measurement: Measurement, subject: Subject) -> dict[str, Any]:
    items = measurement.answers["items"]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(measurement.public_id),
        "questionnaire": f"urn:xinqiao:questionnaire:{measurement.instrument}",
        "status": "completed",
        "subject": {"reference": f"Patient/{subject.child.public_id}" if subject.child else ""},
        "authored": measurement.answered_at.isoformat(),
        "item": [{"linkId": key, "answer": [{"valueInteger": points}]} for key, points in items.items()],
    }


def _removals(subject: Subject) -> list[Removal]:
    if subject.child is None:
        return []
    return [
        goes(_("见面前的回答"), _measurements(subject)),
        goes(_("自己定的目标"), Goal.objects.filter(child=subject.child)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for measures."""
    register(
        SubjectData(
            key="measures",
            title=_("见面前的回答"),
            covers=frozenset({"measures.Measurement", "measures.Goal", "measures.Invitation"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
        )
    )
