"""What notes hold about people: the organisation keeps them; the platform can neither read nor hand out their words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays
from marketplace.core.encryption.services import destroy_data_key

from .models import SessionNote


def _notes(subject: Subject) -> "QuerySet[SessionNote]":
    if subject.child is None:
        return SessionNote.objects.none()
    found = SessionNote.objects.filter(child=subject.child).select_related("provider__partner")
    return found.defer("body").order_by("held_at", "pk")


def _row(note: SessionNote) -> dict[str, Any]:
    return {
        "held_at": note.held_at,
        "provider": note.provider.name,
        "organisation": note.provider.partner.name,
        "signed_at": note.signed_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.child is None:
        return []
    columns = {
        "held_at": _("见面的时间"),
        "provider": _("咨询师"),
        "organisation": _("由谁保存"),
        "signed_at": _("签名的时间"),
    }
    rows = [_row(note) for note in _notes(subject).filter(signed_at__isnull=False)]
    note = _("内容由机构保存，平台只代为加密存放，自己读不到。要查看或复制内容，请向机构提出。")
    return [Section("session_notes", _("咨询记录"), columns, rows, note=note)]


def _removals(subject: Subject) -> list[Removal]:
    notes = _notes(subject)
    title = _("咨询记录（由机构保存，平台读不到）")
    return [
        goes(_("没有签名的咨询记录草稿"), notes.filter(signed_at__isnull=True)),
        stays(notes.filter(signed_at__isnull=False), record_class="session_notes", dated="held_at", title=title),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    """Each draft is sealed by a key of its own, which goes with it."""
    for public_id in _notes(subject).filter(signed_at__isnull=True).values_list("public_id", flat=True):
        destroy_data_key(subject_id=public_id, reason="erasure", destroyed_by=None)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for notes."""
    register(
        SubjectData(
            key="session_notes",
            title=_("咨询记录"),
            covers=frozenset({"notes.SessionNote", "notes.NoteAddendum"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
