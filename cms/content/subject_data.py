"""What the library holds about readers: what they saved, the courses they took, their certificates."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .models import CourseCertificate, ItemSave, LessonProgress


def _saved(subject: Subject) -> Section:
    rows = [
        {"id": row.public_id, "title": row.item.title, "saved_at": row.saved_at}
        for row in ItemSave.objects.filter(user=subject.user).select_related("item")
    ]
    return Section("saved_items", _("知识库里收藏的"), {"title": _("内容"), "saved_at": _("收藏的时间")}, rows)


def _lessons(subject: Subject) -> Section:
    rows = [
        {
            "id": row.public_id,
            "title": row.item.title,
            "lesson": row.lesson,
            "state": row.get_state_display(),
            "changed_at": row.changed_at,
        }
        for row in LessonProgress.objects.filter(user=subject.user).select_related("item")
    ]
    columns = {"title": _("课程"), "lesson": _("第几课"), "state": _("状态"), "changed_at": _("时间")}
    return Section("library_lessons", _("学过的课"), columns, rows)


def _certificates(subject: Subject) -> Section:
    rows = [
        {
            "id": row.public_id,
            "number": row.number,
            "title": row.course_title,
            "name": row.holder_name,
            "issued_at": row.issued_at,
        }
        for row in CourseCertificate.objects.filter(user=subject.user)
    ]
    columns = {"number": _("编号"), "title": _("课程"), "name": _("姓名"), "issued_at": _("时间")}
    return Section("course_certificates", _("学完课程的证书"), columns, rows)


def _sections(subject: Subject) -> Iterator[Section]:
    if subject.scope is Scope.FULL and subject.user is not None:
        yield from (_saved(subject), _lessons(subject), _certificates(subject))


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    return [
        goes(_("知识库里收藏的"), ItemSave.objects.filter(user=subject.user)),
        goes(_("学过的课"), LessonProgress.objects.filter(user=subject.user)),
        goes(_("学完课程的证书"), CourseCertificate.objects.filter(user=subject.user)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for readers."""
    register(
        SubjectData(
            key="library",
            title=_("知识库"),
            covers=frozenset({"content.ItemSave", "content.LessonProgress", "content.CourseCertificate"}),
            export=lambda subject: list(_sections(subject)),
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
