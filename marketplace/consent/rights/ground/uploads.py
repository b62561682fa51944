"""The files a person handed in. What a file is for, and how long it stays, the app that asked for it knows."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core.uploads.models import StoredFile

from ..enums import Scope
from ..registry import Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, stripped


def _files(subject: Subject) -> QuerySet[StoredFile]:
    if subject.user is None:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(uploaded_by=subject.user)


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {"at": _("时间"), "name": _("文件名"), "kind": _("类型"), "size": _("大小（字节）")}
    rows = [
        {"at": file.created_at, "name": str(file.name), "kind": file.get_kind_display(), "size": file.size}
        for file in _files(subject).order_by("created_at", "pk")
    ]
    return [Section("uploads", _("你上传的文件"), columns, rows)] if rows else []


def _removals(subject: Subject) -> list[Removal]:
    """The file belongs to what it was handed in for; that this person did it is forgotten."""
    return [stripped(_("上传文件时的署名"), _files(subject), uploaded_by=None)]


DATA = SubjectData(
    key="uploads",
    title=_("上传的文件"),
    covers=frozenset({"uploads.StoredFile"}),
    export=_export,
    erase=lambda subject: carried_out(_removals(subject)),
    foresee=lambda subject: foreseen(_removals(subject)),
)
