"""What a person asked of us about their data: these requests themselves, and complaints.

A legal hold is not read out: whoever set it may have to keep it to themselves, and while it lasts nothing is erased.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.complaints.enums import INTERNAL_KINDS
from marketplace.consent.complaints.models import Complaint

from ..enums import OPEN_STATES, RequestKind, RequestState, Scope
from ..models import Correction, DataRequest, ExportFile
from ..registry import ErasureOutcome, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, goes, stays, stripped


def _requests(subject: Subject) -> QuerySet[DataRequest]:
    asked = Q(asked_by=subject.user) if subject.user else Q()
    return DataRequest.objects.filter(Q(subject_id__in=subject.ids) | asked).order_by("asked_at", "pk")


def _request_row(request: DataRequest) -> dict[str, Any]:
    correction = getattr(request, "correction", None)
    return {
        "kind": request.get_kind_display(),
        "state": request.get_state_display(),
        "asked_at": request.asked_at,
        "finished_at": request.finished_at,
        "fact": correction.get_fact_display() if correction else None,
        "proposal": correction.proposal if correction else None,
        "answer": correction.answer if correction else None,
    }


def _complaint_row(complaint: Complaint) -> dict[str, Any]:
    return {
        "number": complaint.number,
        "topic": complaint.get_topic_display(),
        "received_at": complaint.received_at,
        "status": complaint.get_status_display(),
        "what_happened": complaint.what_happened,
        "contact": complaint.contact,
        "entries": [
            {"at": entry.written_at, "kind": entry.get_kind_display(), "text": entry.text}
            for entry in complaint.entries.all()
            if entry.kind not in INTERNAL_KINDS
        ],
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {
        "kind": _("申请"),
        "state": _("状态"),
        "asked_at": _("提出"),
        "finished_at": _("办结"),
        "fact": _("哪一项"),
        "proposal": _("应该是什么"),
        "answer": _("回复"),
    }
    rows = [_request_row(each) for each in _requests(subject).select_related("correction")]
    sections = [Section("requests", _("数据权利的申请"), columns, rows)]
    if subject.user:
        complaints = Complaint.objects.filter(complainant=subject.user).prefetch_related("entries")
        columns = {
            "number": _("编号"),
            "topic": _("类别"),
            "received_at": _("收到"),
            "status": _("状态"),
            "what_happened": _("发生了什么"),
            "entries": _("往来"),
        }
        rows = [_complaint_row(each) for each in complaints.order_by("received_at")]
        sections.append(Section("complaints", _("投诉"), columns, rows))
    return sections


def _removals(subject: Subject) -> list[Removal]:
    others = _requests(subject).exclude(kind=RequestKind.ERASE)
    removals = [
        goes(_("导出的文件"), ExportFile.objects.filter(request__in=_requests(subject))),
        goes(_("更正申请的文字"), Correction.objects.filter(request__subject_id__in=subject.ids)),
        stripped(
            _("还没办完的申请（撤回）"),
            others.filter(state__in=OPEN_STATES),
            state=RequestState.WITHDRAWN,
            finished_at=timezone.now(),
            next_run_at=None,
            claim=None,
        ),
        stays(
            _requests(subject),
            record_class="data_requests",
            dated="asked_at",
            title=_("申请的种类和时间（没有内容）"),
        ),
    ]
    if subject.user:
        complaints = Complaint.objects.filter(complainant=subject.user)
        removals += [
            stays(
                complaints,
                record_class="complaints",
                dated="received_at",
                title=_("投诉（与账号断开，文字用单独的密钥加密；凭编号和查询码仍可跟进）"),
            ),
            stripped(_("投诉与账号的联系"), complaints, complainant=None),
        ]
    return removals


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


DATA = SubjectData(
    key="requests",
    title=_("申请和投诉"),
    covers=frozenset(
        {
            "data_rights.DataRequest",
            "data_rights.Correction",
            "data_rights.RequestEvent",
            "data_rights.ErasureStep",
            "data_rights.ExportFile",
            "data_rights.ErasureCertificate",
            "complaints.Complaint",
            "complaints.Entry",
            "complaints.ClockAlarm",
            "retention.LegalHold",
        }
    ),
    export=_export,
    erase=_erase,
    foresee=lambda subject: foreseen(_removals(subject)),
)
