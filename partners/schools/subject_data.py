"""What schools' lists hold about people with an account: that they brought one. Whoever stands in a list asks the school."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stripped

from .models import SchoolList


def _brought(subject: Subject) -> "QuerySet[SchoolList]":
    found = SchoolList.objects.defer("content").order_by("uploaded_at", "pk")
    return found.filter(uploaded_by=subject.user) if subject.user else found.none()


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    rows: list[dict[str, Any]] = [
        {"school": each.partner.name, "list": each.get_kind_display(), "uploaded_at": each.uploaded_at}
        for each in _brought(subject).select_related("partner")
    ]
    columns = {"school": _("学校"), "list": _("名单"), "uploaded_at": _("上传时间")}
    return [Section("school_lists", _("为学校上传过的名单"), columns, rows)]


def _removals(subject: Subject) -> list[Removal]:
    return [stripped(_("谁上传了学校的名单"), _brought(subject), uploaded_by=None)]


def register_subject_data() -> None:
    """Register what schools' lists hold."""
    register(
        SubjectData(
            key="schools",
            title=_("学校的名单"),
            covers=frozenset({"schools.SchoolList"}),
            export=_export,
            erase=lambda subject: carried_out(_removals(subject)),
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
