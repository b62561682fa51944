"""What the books hold about people: which of our staff proposed and decided. Buyers stand in them by numbers alone."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, stays

from .models import Decision, IncidentCase


def _export(subject: Subject) -> list[Section]:
    if subject.user is None or subject.scope is not Scope.FULL:
        return []
    columns = {"at": _("时间"), "what": _("处理办法"), "state": _("状态")}
    mine = Decision.objects.filter(Q(proposed_by=subject.user) | Q(decided_by=subject.user)).order_by("pk")
    rows = [
        {"at": each.proposed_at, "what": each.get_resolution_display(), "state": each.get_state_display()}
        for each in mine
    ]
    return [Section("payment_decisions_made", _("参与的对账处理"), columns, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    user = subject.user
    return [
        stays(
            Decision.objects.filter(Q(proposed_by=user) | Q(decided_by=user)),
            record_class="payments",
            dated="proposed_at",
            title=_("参与的对账处理"),
        ),
        stays(
            IncidentCase.objects.filter(Q(taken_by=user) | Q(closed_by=user)),
            record_class="payments",
            dated="taken_at",
            title=_("经手的付款异常"),
        ),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for the books."""
    register(
        SubjectData(
            key="books",
            title=_("对账"),
            covers=frozenset(
                {
                    "books.BookedBill",
                    "books.BookedLine",
                    "books.Difference",
                    "books.Decision",
                    "books.IncidentCase",
                    "books.SuspenseReturn",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
