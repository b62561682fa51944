"""What carriers tell us about parcels: signed messages, each heard once, in whatever order they come.

A carrier has a code, a name that sellers write down, and a key both sides know. It signs its time and the body; what is
older than a few minutes, unsigned or about no parcel of ours changes nothing.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.order.locks import locked_order

from . import locks
from .earning import earn_shipment
from .enums import ShipmentStatus, TrackingKind
from .errors import UnknownCarrier, UnsignedMessage
from .models import Shipment, TrackingEvent

#: A signature is good for so long.
FRESH_FOR = timedelta(minutes=5)
PLACE_LENGTH = 40


@dataclass(frozen=True)
class News:
    """One thing a carrier says: where a parcel was, and when."""

    event_id: str
    tracking_number: str
    kind: TrackingKind
    happened_at: datetime
    place: str


def sign(key: str, *, sent_at: int, raw: bytes) -> str:
    """Return the signature of a body sent at a second since the epoch."""
    return hmac.new(key.encode(), f"{sent_at}.".encode() + raw, hashlib.sha256).hexdigest()


def hear(*, carrier: str, sent_at: str, signature: str, raw: bytes, now: datetime | None = None) -> bool:
    """Take a carrier's message; return whether it was about a parcel of ours that we had not heard of.

    Raises: UnknownCarrier, UnsignedMessage (wrong, too old, or nothing that can be read).
    """
    now = now or timezone.now()
    known = settings.CARRIERS.get(carrier)
    if not known:
        raise UnknownCarrier
    if not sent_at.isdecimal() or abs(now.timestamp() - int(sent_at)) > FRESH_FOR.total_seconds():
        raise UnsignedMessage
    if not hmac.compare_digest(sign(known["key"], sent_at=int(sent_at), raw=raw).encode(), signature.encode()):
        raise UnsignedMessage
    return note_tracking(carrier=carrier, news=_read(raw, now), now=now)


@transaction.atomic(durable=True)
def note_tracking(*, carrier: str, news: News, now: datetime | None = None) -> bool:
    """Note where a parcel was; the same again does nothing. A parcel that arrived counts as received from then on."""
    name = settings.CARRIERS[carrier]["name"]
    found = Shipment.objects.filter(carrier=name, tracking_number=news.tracking_number, shipped_at__isnull=False)
    unlocked = found.order_by("-shipped_at").first()
    if unlocked is None:
        return False
    locked_order(unlocked.order_id)
    shipment = locks.locked_shipment(unlocked.pk)
    _event, is_new = TrackingEvent.objects.get_or_create(
        carrier=carrier,
        event_id=news.event_id,
        defaults={
            "shipment": shipment,
            "kind": news.kind,
            "place": news.place,
            "happened_at": news.happened_at,
            "heard_at": now or timezone.now(),
        },
    )
    if is_new and news.kind == TrackingKind.DELIVERED and shipment.status == ShipmentStatus.SHIPPED:
        shipment.status = ShipmentStatus.DELIVERED
        shipment.delivered_at = max(news.happened_at, shipment.shipped_at or news.happened_at)
        shipment.save(update_fields=["status", "delivered_at"])
        earn_shipment(shipment)
    return is_new


def _read(raw: bytes, now: datetime) -> News:
    """Read a message; nothing of it may say that something happens only later."""
    try:
        told: dict[str, Any] = json.loads(raw)
        news = News(
            event_id=str(told["event_id"])[:64],
            tracking_number=str(told["tracking_number"])[:40],
            kind=TrackingKind(told["kind"]),
            happened_at=min(datetime.fromisoformat(told["happened_at"]), now),
            place=str(told.get("place", ""))[:PLACE_LENGTH],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnsignedMessage from error
    if not news.event_id or not news.tracking_number:
        raise UnsignedMessage
    return news
