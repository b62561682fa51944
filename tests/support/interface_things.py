"""Things that addresses of the interface's pages name: keys, addresses, what was sent to them."""

from uuid import uuid4

from partners.api.enums import DeliveryState, EventKind, Scope
from partners.api.models import ApiKey, WebhookDelivery, WebhookEndpoint

from .door_things import Person, Thing, thing


@thing("own api key")
def _api_key(person: Person) -> Thing:
    key = ApiKey.objects.create(
        partner=person.home,
        made_by=person.user,
        label="排班程序",
        prefix=f"xq_{uuid4().hex[:8]}",
        digest=uuid4().hex,
        scopes=[Scope.ORDERS_READ],
    )
    return Thing({"public_id": key.public_id}, key)


@thing("own webhook")
def _webhook(person: Person) -> Thing:
    endpoint = WebhookEndpoint.objects.create(
        partner=person.home,
        made_by=person.user,
        address="https://example.com/hook",
        secret="whsec_of_nobody",
        events=[EventKind.ORDER_PAID],
    )
    return Thing({"public_id": endpoint.public_id}, endpoint)


@thing("own webhook delivery")
def _delivery(person: Person) -> Thing:
    row = WebhookDelivery.objects.create(
        endpoint=person.thing("own webhook").row,
        kind=EventKind.PING,
        payload={},
        state=DeliveryState.FAILED,
    )
    return Thing({"delivery_id": row.public_id}, row)
