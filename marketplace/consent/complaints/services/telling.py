"""Messages about complaints: that something happened, never what."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.notifications.services import notify

from ..enums import Clock, ClockState
from ..models import Complaint, Entry


def tell_person(complaint: Complaint, entry: Entry) -> None:
    """Tell a person who complained while signed in; others follow by number and code."""
    if complaint.complainant is None:
        return
    notify(
        key=f"complaint:{complaint.public_id}:{entry.public_id}",
        recipient=complaint.complainant,
        subject=_("您反映的问题有新进展"),
        body=_("编号 %(number)s 有新的进展，登录后可以查看。") % {"number": complaint.number},
        url=reverse("complaints:status", args=[complaint.public_id]),
    )


def tell_officers(officers: Iterable[User], complaint: Complaint, key: str, body: str) -> None:
    """Tell our staff, once per key."""
    for officer in officers:
        notify(
            key=f"complaint:{complaint.public_id}:{key}:{officer.pk}",
            recipient=officer,
            subject=_("投诉处理"),
            body=body,
            url=reverse("complaints:case", args=[complaint.public_id]),
        )


def alarm_text(complaint: Complaint, clock: Clock, state: ClockState, due: str) -> str:
    """Return what staff are told about a promise."""
    words = {"number": complaint.number, "clock": clock.label, "due": due}
    if state is ClockState.MISSED:
        return _("投诉 %(number)s 的“%(clock)s”已经超时，原定 %(due)s。") % words
    return _("投诉 %(number)s 的“%(clock)s”快到时间了：%(due)s。") % words


def add_entry(
    complaint: Complaint, kind: str, *, text: str = "", written_by: User | None = None, at: datetime
) -> Entry:
    """Write one thing down."""
    return Entry.objects.create(
        complaint=complaint, kind=kind, text=without_identity_numbers(text), written_by=written_by, written_at=at
    )
