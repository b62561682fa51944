"""Reads of complaints."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Least

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, User

from .codes import is_code, squeezed_number
from .enums import INTERNAL_KINDS, OPEN_STATUSES, ComplaintStatus
from .models import Complaint, Entry

#: Compared with where there is no complaint, so that a wrong number takes as long as a wrong code.
_NOBODY = UUID(int=0)


def complaints_of(user: User) -> "QuerySet[Complaint]":
    """Return what a person complained about while signed in, the newest first."""
    return Complaint.objects.filter(complainant=user, erased_at=None).order_by("-received_at")


def complaint_by_code(*, code: str, number: str = "", public_id: UUID | None = None) -> Complaint | None:
    """Return the complaint that a code opens, found by its number or its public id; None whatever is wrong."""
    wanted = Q(public_id=public_id) if public_id else Q(number=squeezed_number(number))
    found = Complaint.objects.filter(wanted, erased_at=None).first()
    fits = is_code(found.public_id if found else _NOBODY, code, found.code_digest if found else "")
    return found if fits else None


def entries_for_person(complaint: Complaint) -> "QuerySet[Entry]":
    """Return what happened, without what only our staff reads."""
    return complaint.entries.exclude(kind__in=INTERNAL_KINDS)


def entries_for_staff(complaint: Complaint) -> "QuerySet[Entry]":
    """Return everything that happened."""
    return complaint.entries.select_related("written_by")


def open_queue(*, due_by: datetime | None = None) -> "QuerySet[Complaint]":
    """Return open complaints (with a promise due by then), `due_at` their next one: what ends first comes first.

    Least() passes over promises that were kept.
    """
    promises = {
        "acknowledge_by": "acknowledged_at",
        "answer_by": "answered_at",
        "second_answer_by": "second_answered_at",
    }
    unkept = [Case(When(**{kept: None, "then": F(due)})) for due, kept in promises.items()]
    waiting = Complaint.objects.filter(status__in=OPEN_STATUSES).select_related("handler")
    queue = waiting.annotate(due_at=Least(*unkept)).order_by("-is_urgent", "due_at", "pk")
    return queue.filter(due_at__lte=due_by) if due_by else queue


def settled_complaints() -> "QuerySet[Complaint]":
    """Return answered and closed ones, the newest answer first."""
    done = Complaint.objects.exclude(status__in=OPEN_STATUSES).filter(erased_at=None)
    return done.select_related("handler").order_by("-answered_at", "-pk")


def answered_long_ago(before: datetime) -> "QuerySet[Complaint]":
    """Return answered complaints nobody objected to since."""
    return Complaint.objects.filter(status=ComplaintStatus.ANSWERED, answered_at__lt=before)


def privacy_officers() -> "QuerySet[User]":
    """Return everybody of our staff whose duty is personal information."""
    return people_with(Duty.PRIVACY)


def officers_on_duty_or_next(now: datetime) -> list[User]:
    """Return who is on privacy duty now; else whoever is next; else everybody with the duty."""
    officers = privacy_officers()
    shifts = DutyShift.objects.filter(duty=Duty.PRIVACY, user__in=officers, ends_at__gt=now).order_by("begins_at")
    current = shifts.filter(begins_at__lte=now)
    following = shifts.filter(begins_at__gt=now)[:1]
    people: Iterable[int] = list(current.values_list("user", flat=True)) or list(
        following.values_list("user", flat=True)
    )
    return list(officers.filter(pk__in=people) if people else officers)


def figures(since: datetime, until: datetime) -> dict[str, object]:
    """Return counts of the complaints received in a span, as plain values; no persons, no words, no numbers.

    On-time shares are of the promises that were kept or missed by `until`; None where there was none.
    """
    received = Complaint.objects.filter(received_at__gte=since, received_at__lt=until)
    return {
        "received": received.count(),
        "open": received.filter(status__in=OPEN_STATUSES).count(),
        "by_topic": _counts(received, "topic"),
        "by_cause": _counts(received.exclude(cause=""), "cause"),
        "by_side": _counts(received.exclude(side=""), "side"),
        "second_readings": received.filter(objected_at__isnull=False).count(),
        "acknowledged_on_time": _on_time(received, "acknowledge_by", "acknowledged_at", until),
        "answered_on_time": _on_time(received, "answer_by", "answered_at", until),
        "second_answered_on_time": _on_time(received, "second_answer_by", "second_answered_at", until),
    }


def _counts(complaints: "QuerySet[Complaint]", field: str) -> dict[str, int]:
    return dict(complaints.order_by(field).values_list(field).annotate(count=Count("pk")))


def _on_time(complaints: "QuerySet[Complaint]", due: str, kept: str, until: datetime) -> float | None:
    kept_in_time = Q(**{f"{kept}__lte": F(due)})
    decided = Q(**{f"{kept}__isnull": False}) | Q(**{f"{due}__lt": until})
    counted = complaints.filter(**{f"{due}__isnull": False}).aggregate(
        kept=Count("pk", filter=kept_in_time), decided=Count("pk", filter=decided)
    )
    return round(counted["kept"] / counted["decided"], 4) if counted["decided"] else None
