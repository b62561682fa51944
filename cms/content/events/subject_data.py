"""Which talks a person signed up for. Who came without an account holds the secret link, and is nobody to us."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys

from ..models import EventSeat
from .services import give_seats_back


def _seats(subject: Subject) -> "QuerySet[EventSeat]":
    if subject.user is None:
        return EventSeat.objects.none()
    return EventSeat.objects.filter(person=subject.user).order_by("asked_at", "pk")


def _row(seat: EventSeat) -> dict[str, Any]:
    return {
        "id": seat.public_id,
        "title": seat.event.title,
        "asked_at": seat.asked_at,
        "seats": seat.seats,
        "state": seat.get_state_display(),
        "called": seat.called,
        "contact": seat.contact,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "title": _("活动"),
        "asked_at": _("报名的时间"),
        "seats": _("几个人"),
        "state": _("状态"),
        "called": _("称呼"),
        "contact": _("邮箱"),
    }
    rows = list(_seats(subject).select_related("event"))
    prefetch_keys(rows)
    return [Section("event_seats", _("报名的活动"), columns, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("报名的活动"), _seats(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    for seat in _seats(subject):
        give_seats_back(seat)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for sign-ups."""
    register(
        SubjectData(
            key="event_seats",
            title=_("报名的活动"),
            covers=frozenset({"content.EventSeat"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
