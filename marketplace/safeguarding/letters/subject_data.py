"""What letters hold about people: whoever wrote them gets them back; of our staff only that they answered."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.encryption.services import destroy_data_key

from .models import Letter, LetterThread


def _threads(subject: Subject) -> "QuerySet[LetterThread]":
    mine = Q(pk__in=[])
    if subject.user:
        mine |= Q(writer=subject.user)
    if subject.child:
        mine |= Q(child=subject.child)
    return LetterThread.objects.filter(mine)


def _export(subject: Subject) -> list[Section]:
    """Hand them to the writer alone: a guardian does not read a child's letters."""
    if subject.scope is not Scope.FULL or subject.user is None or subject.asked_by != subject.user:
        return []
    columns = {"sent_at": _("时间"), "is_answer": _("是回信"), "text": _("信")}
    letters = list(
        Letter.objects.filter(thread__writer=subject.user).select_related("thread").order_by("sent_at", "pk")
    )
    prefetch_keys(letters)
    return [Section("letters", _("心语信箱"), columns, [_row(letter) for letter in letters])]


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "thread": letter.thread.public_id,
        "sent_at": letter.sent_at,
        "is_answer": letter.is_answer,
        "text": letter.text,
    }


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("心语信箱的信"), _threads(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    """Each thread is sealed by a key of its own, which goes with it."""
    for public_id in _threads(subject).values_list("public_id", flat=True):
        destroy_data_key(subject_id=public_id, reason="erasure", destroyed_by=None)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for letters."""
    names = ("LetterThread", "Letter", "ThreadEvent", "ReminderSent")
    register(
        SubjectData(
            key="letters",
            title=_("心语信箱"),
            covers=frozenset(f"letters.{name}" for name in names),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
