"""What the waiting list holds about people: for whom they wait, for what, and what was offered."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.services import release_bookings
from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .enums import OfferState
from .models import OfferedPlace, WaitlistEntry


def _entries(subject: Subject) -> "QuerySet[WaitlistEntry]":
    """Of a child those that are for it; of an adult those they joined."""
    theirs = Q(pk__in=[])
    if subject.child:
        through = WaitlistEntry.children.through.objects.filter(child=subject.child)
        theirs |= Q(pk__in=through.values("waitlistentry_id"))
    if subject.user:
        theirs |= Q(joined_by=subject.user)
    return WaitlistEntry.objects.filter(theirs).order_by("joined_at", "pk")


def _row(entry: WaitlistEntry) -> dict[str, Any]:
    return {
        "id": entry.public_id,
        "title": entry.service.product.title,
        "provider": entry.provider.name if entry.provider else "",
        "children": [child.nickname for child in entry.children.all()],
        "joined_at": entry.joined_at,
        "status": entry.get_state_display(),
        "ended_at": entry.ended_at,
        "needed_by": entry.needed_by,
        "offers": [
            {"starts_at": each.starts_at, "offered_at": each.offered_at, "status": each.get_state_display()}
            for each in entry.offers.all()
        ],
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    columns = {
        "title": _("候补的是什么"),
        "provider": _("咨询师"),
        "children": _("为谁"),
        "joined_at": _("加入"),
        "status": _("状态"),
    }
    found = _entries(subject).select_related("service__product", "provider").prefetch_related("children", "offers")
    return [Section("waitlist", _("候补"), columns, [_row(each) for each in found])]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("候补和留给你的时间"), _entries(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    """What is kept and not answered goes to the next who waits; then the entries go."""
    kept = OfferedPlace.objects.filter(offer__entry__in=_entries(subject), offer__state=OfferState.OPEN)
    release_bookings(booking_ids=list(kept.values_list("booking_id", flat=True)), cancelled_by=CancelledBy.FAMILY)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for the waiting list."""
    register(
        SubjectData(
            key="waitlist",
            title=_("候补"),
            covers=frozenset({"waitlist.WaitlistEntry", "waitlist.WaitlistOffer"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
