"""What reports hold about people: what somebody told under their name is theirs to read; whom it is about, nobody knows."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays, stripped
from marketplace.core.encryption.services import destroy_data_key

from .models import Report
from .services import mark_of_reporter


def _told_by(subject: Subject) -> "QuerySet[Report]":
    if subject.user is None:
        return Report.objects.none()
    mark = mark_of_reporter(subject.user)
    return Report.objects.filter(reporter_mark=mark, erased_at=None).order_by("written_at", "pk")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {"written_at": _("时间"), "words": _("你写的"), "name": _("你的称呼"), "contact": _("怎么联系你")}
    rows = [{name: getattr(each, name) for name in columns} for each in _told_by(subject)]
    return [Section("worried_reports", _("对一个人的担心"), columns, rows)] if rows else []


def _removals(subject: Subject) -> list[Removal]:
    title = _("你报告的担心（内容留作安全记录，和你断开）")
    return [
        stays(_told_by(subject), record_class="crisis_cases", dated="written_at", title=title),
        stripped(_("报告与账号的联系"), _told_by(subject), reporter_mark=""),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    """The words stay as the record of a danger; the name and the way to reach the reporter go with their key."""
    for report in _told_by(subject):
        destroy_data_key(subject_id=report.reporter_id, reason="erasure", destroyed_by=None)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for reports."""
    register(
        SubjectData(
            key="worried_reports",
            title=_("对一个人的担心"),
            covers=frozenset({"reports.Report", "reports.ReportEntry"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
