"""What somebody saved: whoever pressed the heart, and nobody else."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .models import SavedProduct


def _saved(subject: Subject) -> "QuerySet[SavedProduct]":
    rows = SavedProduct.objects.filter(saved_by=subject.user) if subject.user else SavedProduct.objects.none()
    return rows.select_related("product")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {"title": _("内容"), "saved_at": _("收藏的时间")}
    rows = [{"id": row.public_id, "title": row.product.title, "saved_at": row.saved_at} for row in _saved(subject)]
    return [Section("saved", _("收藏"), columns, rows)]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("收藏"), _saved(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for what was saved."""
    register(
        SubjectData(
            key="saved",
            title=_("收藏"),
            covers=frozenset({"browse.SavedProduct"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
