"""What runs by itself: claims that ran out, and moments that need not be exact any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ...models import Case, Claim, Decision, Report, Sight
from ...slots import slot_of

#: As long as a moment may matter (taking back, rests, a day's figures), it is exact; then it is a part of a day.
EXACT_FOR = timedelta(hours=24)
#: Claims and sights serve rests and the surge rule; afterwards they are nobody's business.
CLAIMS_FOR = timedelta(days=2)
SIGHTS_FOR = timedelta(days=35)


@transaction.atomic(durable=True)
def tend_desk(*, now: datetime | None = None) -> int:
    """Free what was in hand too long, make old moments coarse, forget old claims and sights; return how many moments.

    Two texts of one person must not be brought together by the seconds at which somebody looked at them.
    """
    now = now or timezone.now()
    for claim in Claim.objects.filter(ended_at=None, expires_at__lte=now):
        Claim.objects.filter(pk=claim.pk, ended_at=None).update(ended_at=claim.expires_at)
    Claim.objects.filter(ended_at__lt=now - CLAIMS_FOR).delete()
    Sight.objects.filter(seen_at__lt=now - SIGHTS_FOR).delete()
    return _coarsen(now - EXACT_FOR)


def _coarsen(before: datetime) -> int:
    """Let moments of settled things be the beginning of their part of a day; the waits are kept as whole seconds."""
    recent = Case.objects.filter(settled_at__lt=before, settled_at__gt=before - CLAIMS_FOR)
    return sum(_coarse(case) for case in recent.only("pk", "post_id", "reply_id", "opened_at", "settled_at"))


def _coarse(case: Case) -> int:
    slot = slot_of(case.settled_at) if case.settled_at else None
    if case.settled_at == slot:
        return 0
    Case.objects.filter(pk=case.pk).update(opened_at=slot_of(case.opened_at), settled_at=slot)
    for decision in Decision.objects.filter(case=case).only("pk", "decided_at"):
        Decision.objects.filter(pk=decision.pk).update(decided_at=slot_of(decision.decided_at))
    for report in Report.objects.filter(post=case.post_id, reply=case.reply_id).only("pk", "reported_at"):
        Report.objects.filter(pk=report.pk).update(reported_at=slot_of(report.reported_at))
    return 1
