"""What messages about bookings hold about people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys

from .models import BookingMessage


def _messages(subject: Subject) -> "QuerySet[BookingMessage]":
    if subject.user is None:
        return BookingMessage.objects.none()
    return BookingMessage.objects.filter(person=subject.user).order_by("sent_at", "pk")


def _row(message: BookingMessage) -> dict[str, Any]:
    return {
        "sent_at": message.sent_at,
        "by": now_translated("我") if message.is_from_family else message.booking.occupancy.provider.partner.name,
        "words": message.words,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    rows = list(_messages(subject).select_related("person", "booking__occupancy__provider__partner"))
    prefetch_keys(rows)
    columns = {"sent_at": _("时间"), "by": _("谁写的"), "words": _("内容")}
    return [Section("booking_messages", _("和机构来往的消息"), columns, [_row(each) for each in rows])]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("和机构来往的消息"), _messages(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for messages about bookings."""
    register(
        SubjectData(
            key="booking_messages",
            title=_("和机构来往的消息"),
            covers=frozenset({"talk.BookingMessage"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
