"""Addresses of partners that are told what happens: written in the transaction of the fact, sent after it, signed."""

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from .. import locks, outgoing, signing
from ..enums import HEARABLE, DeliveryState, EventKind
from ..errors import AddressEnded, AddressNotPublic, NothingTicked, NotYourKey, NotYourOrganisation, TooManyAddresses
from ..models import WebhookDelivery, WebhookEndpoint
from ..rules import MOST_ADDRESSES, may_manage

logger = logging.getLogger(__name__)

#: How long to wait after the first, second, ... failed attempt; after the last one the news has failed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)


@dataclass(frozen=True, slots=True)
class MadeAddress:
    """A new address and the secret that signs what is sent to it, shown once."""

    endpoint: WebhookEndpoint
    secret: str

    def __repr__(self) -> str:
        return f"MadeAddress({self.endpoint.public_id})"


@transaction.atomic(durable=True)
def add_address(*, partner: Partner, made_by: User, address: str, events: Collection[EventKind | str]) -> MadeAddress:
    """Let an organisation's own address be told of some events.

    Raises: NotYourOrganisation, NothingTicked, AddressNotPublic, TooManyAddresses.
    """
    if not may_manage(made_by, partner):
        raise NotYourOrganisation
    heard = [kind.value for kind in HEARABLE if kind in events]
    if not heard:
        raise NothingTicked
    if not outgoing.is_sendable(address) or not outgoing.is_public_host(address):
        raise AddressNotPublic
    locks.lock_partner(partner.pk)
    if WebhookEndpoint.objects.filter(partner=partner, ended_at=None).count() >= MOST_ADDRESSES:
        raise TooManyAddresses
    secret = signing.new_secret()
    endpoint = WebhookEndpoint.objects.create(
        partner=partner, made_by=made_by, address=address, secret=secret, events=heard
    )
    return MadeAddress(endpoint, secret)


def _own(public_id: UUID, user: User) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.select_related("partner").filter(public_id=public_id).first()
    if endpoint is None or not may_manage(user, endpoint.partner):
        raise NotYourKey
    return endpoint


@transaction.atomic(durable=True)
def end_address(*, public_id: UUID, ended_by: User, now: datetime | None = None) -> WebhookEndpoint:
    """Send nothing more to an address; a second time changes nothing. Raises NotYourKey."""
    endpoint = _own(public_id, ended_by)
    WebhookEndpoint.objects.filter(pk=endpoint.pk, ended_at=None).update(ended_at=now or timezone.now())
    return endpoint


@transaction.atomic(durable=True)
def ping(*, public_id: UUID, asked_by: User, now: datetime | None = None) -> WebhookDelivery:
    """Send a piece of news that says nothing, to see whether it arrives. Raises NotYourKey, AddressEnded."""
    endpoint = _own(public_id, asked_by)
    if endpoint.ended_at is not None:
        raise AddressEnded
    return _written([endpoint], EventKind.PING, {}, now or timezone.now())[0]


@transaction.atomic(durable=True)
def replay(*, delivery_id: UUID, asked_by: User, now: datetime | None = None) -> WebhookDelivery:
    """Send a piece of news again, with the same id, so that the other side knows it again.

    Raises: NotYourKey, AddressEnded.
    """
    found = WebhookDelivery.objects.select_related("endpoint__partner").filter(public_id=delivery_id).first()
    if found is None or not may_manage(asked_by, found.endpoint.partner):
        raise NotYourKey
    if found.endpoint.ended_at is not None:
        raise AddressEnded
    WebhookDelivery.objects.filter(pk=found.pk).update(
        state=DeliveryState.WAITING, attempts=0, next_attempt_at=now or timezone.now(), delivered_at=None
    )
    _send_after_commit()
    found.refresh_from_db()
    return found


def tell(*, partner_id: int, kind: EventKind, about: dict[str, Any], now: datetime | None = None) -> int:
    """Write down what happened for every address of a partner that wants to hear of it; return for how many.

    Joins the caller's transaction: what is rolled back is told to nobody. `about` names rows by their public ids and
    never a person.
    """
    endpoints = list(WebhookEndpoint.objects.filter(partner_id=partner_id, ended_at=None, events__contains=[kind]))
    return len(_written(endpoints, kind, about, now or timezone.now())) if endpoints else 0


def _written(
    endpoints: list[WebhookEndpoint], kind: EventKind, about: dict[str, Any], now: datetime
) -> list[WebhookDelivery]:
    rows = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, kind=kind, payload=about, happened_at=now, next_attempt_at=now)
        for endpoint in endpoints
    )
    _send_after_commit()
    return rows


def _send_after_commit() -> None:
    from ..tasks import deliver_webhooks as delivery

    # Without a broker the news waits for the next beat; it must not fail the request it belongs to.
    transaction.on_commit(lambda: delivery.apply_async(retry=False), robust=True)


def deliver_due(*, limit: int = 50, now: datetime | None = None) -> int:
    """Send what is due, one piece of news at a time, and return how many were taken.

    A row is claimed (its next attempt moved on) before it is sent, and no lock is held while sending: several workers
    share the work, and a worker that dies half-way leaves it to a later attempt.
    """
    taken = 0
    for _ in range(limit):
        delivery = _claim_next(now or timezone.now())
        if delivery is None:
            break
        taken += _deliver(delivery, now or timezone.now())
    return taken


@transaction.atomic
def _claim_next(now: datetime) -> WebhookDelivery | None:
    delivery = locks.due_deliveries(now).select_related("endpoint__partner").first()
    if delivery:
        delivery.next_attempt_at = now + BACK_OFF[min(delivery.attempts, len(BACK_OFF) - 1)]
        delivery.attempts += 1
        delivery.save(update_fields=["attempts", "next_attempt_at"])
    return delivery


def message_of(delivery: WebhookDelivery) -> bytes:
    """Return what is sent: the same bytes at every attempt."""
    message = {
        "id": str(delivery.public_id),
        "type": delivery.kind,
        "happened_at": delivery.happened_at.isoformat(),
        "data": delivery.payload,
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _deliver(delivery: WebhookDelivery, now: datetime) -> bool:
    body, endpoint = message_of(delivery), delivery.endpoint
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "xinqiao-webhook/1",
        "Xinqiao-Event": delivery.kind,
        "Xinqiao-Delivery": str(delivery.public_id),
        signing.HEADER: signing.signature(secret=endpoint.secret, body=body, at=now),
    }
    try:
        sent = outgoing.send(endpoint.address, body=body, headers=headers)
    except outgoing.NotSent as error:
        return _note(delivery, now, None, str(error))
    return _note(delivery, now, sent.status_code, "" if sent.is_taken else "refused")


def _note(delivery: WebhookDelivery, now: datetime, status_code: int | None, trouble: str) -> bool:
    delivery.status_code, delivery.trouble = status_code, trouble
    if not trouble:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, now
    else:
        # By its id alone: an address may carry somebody's secret.
        logger.warning("news %s not delivered, attempt %s: %s", delivery.public_id, delivery.attempts, trouble)
        if delivery.attempts >= len(BACK_OFF):
            delivery.state = DeliveryState.FAILED
    delivery.save(update_fields=["status_code", "trouble", "state", "delivered_at"])
    return not trouble
