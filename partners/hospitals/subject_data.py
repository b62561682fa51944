"""What referral letters hold about a young person: their words, the hospital's answer, and when."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .fhir import service_request
from .models import ReferralLetter


def _letters(subject: Subject) -> "QuerySet[ReferralLetter]":
    found = ReferralLetter.objects.select_related("child", "provider__partner", "hospital")
    return found.filter(child=subject.child).order_by("sent_at", "pk") if subject.child else found.none()


def _is_whole(subject: Subject) -> bool:
    return subject.scope is Scope.FULL


def _export(subject: Subject) -> list[Section]:
    if not _is_whole(subject):
        return []
    rows: list[dict[str, Any]] = [
        {
            "sent_at": each.sent_at,
            "from": f"{each.provider.name} · {each.provider.partner.name}",
            "to": each.hospital.name,
            "words": each.words,
            "state": each.get_state_display(),
            "answer": each.answer,
        }
        for each in _letters(subject)
    ]
    columns = {
        "sent_at": _("发出时间"),
        "from": _("谁写的"),
        "to": _("写给哪家医院"),
        "words": _("转介信"),
        "state": _("结果"),
        "answer": _("医院的回复"),
    }
    return [Section("referral_letters", _("转介信"), columns, rows)]


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    return [service_request(each, with_words=True) for each in _letters(subject)] if _is_whole(subject) else []


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("转介信"), _letters(subject))]


def register_subject_data() -> None:
    """Register what referral letters hold."""
    register(
        SubjectData(
            key="referral_letters",
            title=_("转介信"),
            covers=frozenset({"hospitals.ReferralLetter"}),
            export=_export,
            erase=lambda subject: carried_out(_removals(subject)),
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
        )
    )
