"""Who looked at the person's data. It is read out in full, and the law keeps it; staff stand in it by role alone."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.enums import DataItem, Purpose
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.core.labels import shown_label

from ..enums import Scope
from ..registry import ErasureOutcome, Section, Subject, SubjectData, Words
from ..removal import carried_out, foreseen, stays

_ITEMS = dict(DataItem.choices)
_PURPOSES = dict(Purpose.choices)


def _events(subject: Subject) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(subject_id__in=subject.ids).order_by("recorded_at", "pk")


def _who(event: AuditEvent, subject: Subject) -> Words:
    if event.actor_id in subject.ids:
        return _("本人")
    return shown_label(event.actor_label) or _("平台自动处理")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    rows = [
        {
            "at": event.recorded_at,
            "who": _who(event, subject),
            "action": event.get_action_display(),
            "items": [_ITEMS.get(item, item) for item in event.items],
            "purpose": _PURPOSES.get(event.purpose, event.purpose),
            "outcome": event.get_outcome_display(),
            "reason": event.reason,
        }
        for event in _events(subject).iterator(chunk_size=2000)
    ]
    columns = {
        "at": _("时间"),
        "who": _("谁"),
        "action": _("做了什么"),
        "items": _("看了什么"),
        "purpose": _("为了什么"),
        "outcome": _("结果"),
    }
    return [Section("access", _("谁看过我的信息"), columns, rows)]


def _fhir_event(event: AuditEvent, subject: Subject) -> dict[str, Any]:
    about = f"Patient/{subject.child.public_id}" if subject.child else f"Person/{subject.id}"
    return {
        "resourceType": "AuditEvent",
        "id": str(event.public_id),
        "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
        "action": event.action,
        "recorded": event.recorded_at.isoformat(),
        "outcome": "0" if event.outcome == Outcome.ALLOWED else "4",
        "agent": [
            {"who": {"display": str(_who(event, subject))}, "requestor": True},
        ],
        "source": {"observer": {"display": "心桥"}},
        "entity": [{"what": {"reference": about}}],
    }


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    if subject.scope is not Scope.FULL:
        return []
    return [_fhir_event(event, subject) for event in _events(subject).iterator(chunk_size=2000)]


def _kept(subject: Subject) -> ErasureOutcome:
    title = _("谁看过的记录（只有编号、时间和角色）")
    return carried_out([stays(_events(subject), record_class="access_events", dated="recorded_at", title=title)])


def _foresee(subject: Subject) -> ErasureOutcome:
    title = _("谁看过的记录（只有编号、时间和角色）")
    return foreseen([stays(_events(subject), record_class="access_events", dated="recorded_at", title=title)])


DATA = SubjectData(
    key="audit",
    title=_("查看记录"),
    covers=frozenset({"audit.AuditEvent"}),
    export=_export,
    erase=_kept,
    foresee=_foresee,
    fhir=_fhir,
)
