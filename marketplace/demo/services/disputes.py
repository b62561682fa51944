"""One dispute that both sides have spoken in, so that the family, the seller and our desk have something to look at."""

from datetime import timedelta

from django.utils import timezone

from catalog.fulfilment.enums import TrackingKind
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.tracking import News, note_tracking
from catalog.mediation.enums import Topic
from catalog.mediation.models import Case
from catalog.mediation.services import open_case, state
from marketplace.accounts.models import User

from ..data.disputes import DISPUTE, TRACKED
from ..keys import stable_id


def make_disputes() -> bool:
    """Open it once, about goods of the family's sent parcel. Returns whether it was opened."""
    family = User.objects.get(public_id=stable_id("user", DISPUTE.person))
    seller = User.objects.get(public_id=stable_id("user", DISPUTE.answers))
    sent = Shipment.objects.filter(order__user=family, partner__users=seller, shipped_at__isnull=False)
    shipment = sent.order_by("pk").first()
    if shipment is None or Case.objects.filter(opened_by=family).exists():
        return False
    _follow(shipment)
    line = shipment.lines.order_by("pk")[0]
    case = open_case(line=line, opened_by=family, topic=Topic.GOODS, words=DISPUTE.words)
    state(case=case, given_by=seller, words=DISPUTE.answer)
    return True


def _follow(shipment: Shipment) -> None:
    """Let the courier tell where the parcel was."""
    left_at = shipment.shipped_at or timezone.now()
    for number, (kind, place) in enumerate(TRACKED, start=1):
        news = News(
            event_id=f"demo-{number}",
            tracking_number=shipment.tracking_number,
            kind=TrackingKind(kind),
            happened_at=left_at + timedelta(minutes=number),
            place=place,
        )
        note_tracking(carrier="shili", news=news)
